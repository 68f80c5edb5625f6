/** Slugs of tags, as the API makes them out of what people write. */
import { describe, validateText } from '../base/argument.ts';
import { encodeSegment } from './key.ts';

// `city:athens`, alone or behind a `+`, as in `funk+city:athens`.
const PLACE = /^[a-z]+:./i;

// What the page of a tag may be called; the names have changed, and objects from the API still carry the old ones.
const TAG_KEY = /^\/(?:genres|discover|tag)\/([^/]+)\/?$/;

/**
 * The path segment of a tag, out of its name (`Drum & Bass`), its slug, its key or a place (`funk+city:athens`).
 *
 * @throws `TypeError` when no letter or digit is left.
 */
export function toTagSegment(argument: string, value: unknown): string {
  const input = validateText(argument, value);
  const tag = getTagFromKey(input);
  const parts = tag.split('+');
  // A plus is only a sign of the language of places; in a name such as `Rock + Roll` it is punctuation.
  const slugs = parts.some((part) => PLACE.test(part)) ? parts.map(slugifyPart) : [slugify(tag)];
  if (slugs.some((slug) => slug === '')) {
    throw new TypeError(`${argument}: ${describe(input)} has no letter or digit to make a tag of`);
  }
  try {
    return encodeSegment(slugs.join('+'));
  } catch {
    throw new TypeError(`${argument}: ${describe(input)} has half of a surrogate pair`);
  }
}

/** Lower case, punctuation dropped, blanks to hyphens; letters of any script stay. */
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
