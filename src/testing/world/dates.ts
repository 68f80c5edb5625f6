/** `2024-06-01T12:00:00Z`, as in objects. */
export function formatIsoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** `2024-06-01 12:00:00`, as in paging links. */
export function formatLinkTime(seconds: number): string {
  return formatIsoTime(seconds).replace('T', ' ').replace('Z', '');
}

/** UNIX seconds from the two spellings that `since` and `until` have, or `undefined`. */
export function parseTime(text: string): number | undefined {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const seconds = Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;
  // The parser carries a 30th of February over into March: formatting it again shows that.
  return Number.isFinite(seconds) && formatLinkTime(seconds) === text ? seconds : undefined;
}
