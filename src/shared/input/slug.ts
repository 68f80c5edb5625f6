/** Slugs of tags, in the form that the API creates from names. */
import { describe, validateText } from '../base/argument.ts';
import { encodeSegment } from './key.ts';

// `city:athens`, alone or behind a `+`, as in `funk+city:athens`.
const PLACE = /^[a-z]+:./i;

// The paths of tags have changed. Responses of the API still contain the old ones.
const TAG_KEY = /^\/(?:genres|discover|tag)\/([^/]+)\/?$/;

/**
 * Returns the path segment of a tag, from its name (`Drum & Bass`), slug, key or place (`funk+city:athens`).
 *
 * @throws `TypeError` if no letter or digit is left.
 */
export function toTagSegment(argument: string, value: unknown): string {
  const input = validateText(argument, value);
  const tag = getTagFromKey(input);
  const parts = tag.split('+');
  // A plus joins parts only where there is a place. In a name such as `Rock + Roll` it is punctuation.
  const slugs = parts.some((part) => PLACE.test(part)) ? parts.map(slugifyPart) : [slugify(tag)];
  if (slugs.some((slug) => slug === '')) {
    throw new TypeError(`${argument}: ${describe(input)} has no letter or digit to make a tag of`);
  }
  return encodeSegment(slugs.join('+'));
}

/** Converts to lower case, removes punctuation and replaces blanks by hyphens. Keeps letters of every script. */
export function slugify(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/[\s-]+/g, '-')
    .replace(/^-|-$/g, '');
}

function slugifyPart(part: string): string {
  const [, kind, place] = /^([a-z]+):(.*)$/i.exec(part) ?? [];
  if (kind === undefined || place === undefined) return slugify(part);
  const slug = slugify(place);
  return slug && `${kind.toLowerCase()}:${slug}`;
}

function getTagFromKey(input: string): string {
  const [, encoded] = TAG_KEY.exec(input) ?? [];
  if (encoded === undefined) return input;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
