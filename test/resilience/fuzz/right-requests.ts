/** Which requests a call may make. */
import type { RequestLogEntry } from '../../emulator/start.ts';

/** `METHOD path`, the path without its query and checked to be one that leads nowhere else. */
export function lineOf({ method, url }: RequestLogEntry): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!/^\/(?:[^/?#\\\s]+\/)*[^/?#\\\s]*$/.test(path)) throw new Error(`a path that is none: ${url}`);
  for (const segment of path.split('/')) {
    const plain = decodeURIComponent(segment);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find
    if (/^\.{1,2}$|[/\u0000-\u001f\u007f]/.test(plain)) throw new Error(`a path that leads elsewhere: ${url}`);
  }
  return `${method} ${path}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The plain segments of a key, as people write it. */
export function segmentsOf(key: unknown): string[] {
  const path = String(key).replace(/^https:\/\/www\.mixcloud\.com\//, '');
  let [start, end] = [0, path.length];
  while (path[start] === '/') start += 1;
  while (path[end - 1] === '/' && end > start) end -= 1;
  return path.slice(start, end).split('/').map(decoded);
}

/** Whether a path is that of a key, with something before and after it. */
export function isPlaceOf(line: string, start: string, key: unknown, end = ''): boolean {
  if (!line.startsWith(start) || !line.endsWith(`${end}/`)) return false;
  const middle = line.slice(start.length, line.length - end.length - 1);
  const segments = middle.replace(/\/$/, '').split('/').map(decodeURIComponent);
  const wanted = segmentsOf(key);
  return segments.length === wanted.length && segments.every((segment, index) => segment === wanted[index]);
}
