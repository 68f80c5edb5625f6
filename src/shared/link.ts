/** Absolute URLs that the server or a caller names. */
import { describe } from './argument.ts';

/** A URL split into what can be shown and what can not. */
export interface Link {
  readonly url: URL;
  /** Whether it has the API's origin, so that it may be sent the access token. */
  readonly ours: boolean;
}

/**
 * Reads a link of the server, or an absolute URL of the caller's. An access token in it is taken out: the API repeats
 * the token of the request in its links, and it is for the API's origin only.
 *
 * @throws `TypeError` when it is not an http or https URL.
 */
export function readLink(argument: string, value: unknown, apiRoot: string): Link {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    // Not shown when it may hold a password.
    const shown = url?.password ? 'a URL with a password' : describe(value);
    throw new TypeError(`${argument}: expected an absolute http or https URL, but got ${shown}`);
  }
  const root = new URL(apiRoot);
  // The API's links have had the scheme of another request; a token must not follow them in plain text.
  if (root.protocol === 'https:' && url.protocol === 'http:' && url.host === root.host) url.protocol = 'https:';
  url.searchParams.delete('access_token');
  url.hash = '';
  return { url, ours: url.origin === root.origin };
}
