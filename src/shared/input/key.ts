/** Keys: the path that names a resource, such as `/bob/` or `/luke/a-nice-mix/`. */
import { describe, throwTypeError } from '../base/argument.ts';
import { MixcloudError, type MixcloudErrorInit } from '../protocol/errors.ts';

const EXAMPLES = "'bob' or 'luke/a-nice-mix'";
// A key without anything to decode, to encode or to refuse. Most keys are. The whole way takes forty times as long.
const PLAIN_KEY = /^\/?([\w-]+(?:\/[\w-]+)*)\/?$/;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: this expression searches for control characters
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Parses a key in the forms that people copy: with or without slashes at its ends, percent-encoded or not, or as the URL
 * of a page. Returns it percent-encoded, without slashes at its ends. No key can leave its root.
 *
 * @throws `TypeError` when it is not a key: empty, with `.` or `..`, an empty segment or a control character.
 */
export function parseKey(argument: string, value: unknown, mixcloudRoot: string): string {
  const [, plain] = (typeof value === 'string' && PLAIN_KEY.exec(value)) || [];
  if (plain !== undefined) return plain;
  if (typeof value !== 'string') throwTypeError(argument, value, `a key such as ${EXAMPLES}${getKeyHint(value)}`);
  const path = ABSOLUTE.test(value) ? getPagePath(argument, value, mixcloudRoot) : value;
  const bare = trimSlashes(path);
  if (bare.trim() === '') throwTypeError(argument, value, `a key such as ${EXAMPLES}`);
  return bare
    .split('/')
    .map((segment) => parseSegment(argument, value, segment))
    .join('/');
}

/**
 * Parses a key that the API sent.
 *
 * @throws {@link MixcloudError} with `message` when it is not a key: that is the API's fault, not the caller's.
 */
export function parseApiKey(message: string, value: unknown, mixcloudRoot: string, init?: MixcloudErrorInit): string {
  try {
    return parseKey('key', value, mixcloudRoot);
  } catch (cause) {
    throw new MixcloudError(message, { ...init, cause });
  }
}

// Callers pass the resource itself.
function getKeyHint(value: unknown): string {
  try {
    return typeof (value as { key?: unknown }).key === 'string' ? ' (give the key of the object: object.key)' : '';
  } catch {
    return '';
  }
}

/** Returns a key in one form, so that two spellings of a key can be compared. */
export function canonicalKey(key: string): string {
  return trimSlashes(key).split('/').map(decodeSegment).join('/');
}

/** Returns `key` without slashes at its ends. A loop, because a regular expression would take quadratic time. */
export function trimSlashes(key: string): string {
  let start = 0;
  let end = key.length;
  while (start < end && key[start] === '/') start += 1;
  while (end > start && key[end - 1] === '/') end -= 1;
  return key.slice(start, end);
}

/** Returns a text as one segment of a path. */
export function encodeSegment(segment: string): string {
  // RFC 3986 allows these characters in a path. They keep places such as `city:athens` readable.
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

/** Decodes a segment. The API sends keys encoded and people write them plain. A text that is not valid encoding is plain. */
function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function withoutWww({ host }: URL): string {
  return host.replace(/^www\./, '');
}

function getPagePath(argument: string, value: string, mixcloudRoot: string): string {
  const root = new URL(mixcloudRoot);
  const page = URL.canParse(value) ? new URL(value) : undefined;
  const prefix = `${trimSlashes(root.pathname)}/`.replace(/^\/$/, '');
  // The scheme may differ, because old links use http. The query and the fragment are not part of the key.
  const path =
    page && /^https?:$/.test(page.protocol) && withoutWww(page) === withoutWww(root) && trimSlashes(page.pathname);
  if (typeof path !== 'string' || !path.startsWith(prefix)) {
    throw new TypeError(
      `${argument}: ${describe(value)} is not a page under ${root.href}; use get(url, { relative: false }) for another URL`,
    );
  }
  // `new URL` resolves dots and removes line breaks, which would hide a path that leaves the root.
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(value) || CONTROL.test(value))
    throw new TypeError(`${argument}: ${describe(value)} is not a key`);
  return path.slice(prefix.length);
}
