/** `2024-06-01T12:00:00Z`, as in objects. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** `2024-06-01 12:00:00`, as in links. */
export function linkTime(seconds: number): string {
  return isoTime(seconds).replace('T', ' ').replace('Z', '');
}

/** UNIX seconds from the two spellings that `since` and `until` have, or `undefined`. */
export function readTime(text: string): number | undefined {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const seconds = Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;
  // A 30th of February is carried over into March by the parser: writing it again shows that.
  return Number.isFinite(seconds) && linkTime(seconds) === text ? seconds : undefined;
}
