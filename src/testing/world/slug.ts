/** Lower case, punctuation dropped, spaces to dashes, letters of any script kept. */
export function slugify(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/[\s-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** A segment of a key, percent-encoded as the API encodes it. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(/%3A/g, ':').replace(/%2B/g, '+');
}
