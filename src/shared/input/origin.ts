import { describe, throwTypeError } from '../base/argument.ts';
import { isUrl } from '../base/kind.ts';

/** Parses a base URL: http or https, without user, query or fragment. Returns it without slashes at its end. */
export function parseRoot(argument: string, value: unknown): string {
  if (typeof value !== 'string' && !isUrl(value)) throwTypeError(argument, value, 'an http or https URL');
  const text = String(value);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    // What stands before an @ may be a password, wherever it is in a text that is no URL.
    if (text.includes('@')) throw new TypeError(`${argument}: expected an http or https URL without a user`);
    throwTypeError(argument, value, 'an http or https URL');
  }
  if (url.search || url.hash || url.username || url.password) {
    throw new TypeError(
      `${argument}: ${describe(url.origin + url.pathname)} must not have a user, a query or a fragment`,
    );
  }
  return trimEndSlashes(url.href);
}

// A loop, because a regular expression takes quadratic time for many slashes that are not at the end.
function trimEndSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}
