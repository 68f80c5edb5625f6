/** Keys: the path that names a resource, such as `/bob/` or `/luke/a-nice-mix/`. */
import { describe, throwTypeError } from '../base/argument.ts';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Reads a key as people write and copy it: with or without slashes at its ends, percent-encoded or not, or as the URL
 * of a page. Gives its segments encoded, so that no key can leave its root.
 *
 * @throws `TypeError` when it is not a key: empty, with `.` or `..`, an empty segment or a control character.
 */
export function parseKey(argument: string, value: unknown, mixcloudRoot: string): string {
  if (typeof value !== 'string') throwTypeError(argument, value, "a key such as 'bob' or 'luke/a-nice-mix'");
  const path = ABSOLUTE.test(value) ? getPagePath(argument, value, mixcloudRoot) : value;
  const bare = trimSlashes(path);
  if (bare.trim() === '') throwTypeError(argument, value, "a key such as 'bob' or 'luke/a-nice-mix'");
  return bare
    .split('/')
    .map((segment) => parseSegment(argument, value, segment))
    .join('/');
}

/** Whether two keys name the same resource, as far as their spelling tells. */
export function canonicalKey(key: string): string {
  return trimSlashes(key).split('/').map(decodeSegment).join('/');
}

/** `key` without slashes at its ends. A loop, since a regular expression takes quadratic time on a long run of them. */
export function trimSlashes(key: string): string {
  let start = 0;
  let end = key.length;
  while (start < end && key[start] === '/') start += 1;
  while (end > start && key[end - 1] === '/') end -= 1;
  return key.slice(start, end);
}

/** A word as one segment of a path. */
export function encodeSegment(segment: string): string {
  // RFC 3986 allows these in a path as they are, and a place such as `city:athens` is only legible so.
  return encodeURIComponent(segment).replace(/%(?:3A|40|26|3D|2B|24|2C|3B)/g, decodeURIComponent);
}

function parseSegment(argument: string, key: string, segment: string): string {
  const plain = decodeSegment(segment);
  const bad = (why: string): never => {
    throw new TypeError(`${argument}: ${describe(key)} is not a key: ${why}`);
  };
  if (plain === '') bad('it has an empty part between slashes');
  if (plain === '.' || plain === '..') bad(`'${plain}' would leave its place`);
  if (plain.includes('/')) bad('it has an encoded slash');
  if (CONTROL.test(plain)) bad('it has a control character');
  try {
    return encodeSegment(plain);
  } catch {
    return bad('it has half of a surrogate pair');
  }
}

/** A key comes encoded from the API and plain from people; what is no valid encoding was meant as it stands. */
function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function getPagePath(argument: string, value: string, mixcloudRoot: string): string {
  const root = new URL(mixcloudRoot);
  const page = URL.canParse(value) ? new URL(value) : undefined;
  const prefix = `${trimSlashes(root.pathname)}/`.replace(/^\/$/, '');
  // The scheme may differ: old links are plain http. What a browser adds after the path is not part of the key.
  const path = page && /^https?:$/.test(page.protocol) && page.host === root.host && trimSlashes(page.pathname);
  if (typeof path !== 'string' || !path.startsWith(prefix)) {
    throw new TypeError(
      `${argument}: ${describe(value)} is not a page under ${root.href}; use get(url, { relative: false }) for another URL`,
    );
  }
  // A URL resolves dots and drops line breaks while it is parsed, which would hide a path that leaves its place.
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(value) || CONTROL.test(value))
    throw new TypeError(`${argument}: ${describe(value)} is not a key`);
  return path.slice(prefix.length);
}
