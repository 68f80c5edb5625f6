/** Absolute URLs that the server or a caller names. */
import { describe } from '../base/argument.ts';
import { MixcloudError } from '../protocol/errors.ts';

/** A URL split into what can be shown and what can not. */
export interface Link {
  readonly url: URL;
  /** Whether it has the API's origin, so that it may be sent the access token. */
  readonly sameOrigin: boolean;
}

/**
 * Reads an absolute URL of the caller's.
 *
 * @throws `TypeError` when it is not an http or https URL.
 */
export function parseLink(argument: string, value: unknown, apiRoot: string): Link {
  const link = toLink(value, apiRoot);
  if (!link) throw new TypeError(`${argument}: expected an absolute http or https URL, but got ${describeLink(value)}`);
  return link;
}

/**
 * Reads a link that the API sent.
 *
 * @throws {@link MixcloudError} when it is not an http or https URL: no fault of the caller's, and nothing to follow.
 */
export function parseApiLink(what: string, value: unknown, apiRoot: string): Link {
  const link = toLink(value, apiRoot);
  if (!link) {
    const message = `The API sent a ${what} that is no absolute http or https URL, but ${describeLink(value)}`;
    throw new MixcloudError(message, { code: 'ERR_MIXCLOUD_LINK' });
  }
  return link;
}

/** An access token in a link is taken out: the API repeats that of the request, and it is for the API's origin only. */
function toLink(value: unknown, apiRoot: string): Link | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  const root = new URL(apiRoot);
  // The API's links have had the scheme of another request; a token must not follow them in plain text.
  if (root.protocol === 'https:' && url.protocol === 'http:' && url.host === root.host) url.protocol = 'https:';
  url.searchParams.delete('access_token');
  url.hash = '';
  return { url, sameOrigin: url.origin === root.origin };
}

// A password is not for a log.
function describeLink(value: unknown): string {
  const password = typeof value === 'string' && URL.canParse(value) && new URL(value).password;
  return password ? 'a URL with a password' : describe(value);
}
