/** Absolute URLs from the API or the caller. */
import { describe } from '../base/argument.ts';
import { MixcloudError } from '../protocol/errors.ts';

/** An absolute URL without secrets and without a fragment. */
export interface Link {
  /** As `URL.href` writes it. */
  readonly url: string;
  /** Whether it has the origin of `apiRoot`. Only then is the access token sent. */
  readonly sameOrigin: boolean;
}

/**
 * Parses an absolute URL from the caller.
 *
 * @throws `TypeError` if it is not an http or https URL.
 */
export function parseLink(argument: string, value: unknown, apiRoot: string): Link {
  const link = toLink(value, apiRoot);
  if (!link) throw new TypeError(`${argument}: expected an absolute http or https URL, but got ${describe(value)}`);
  return link;
}

/**
 * Parses a link from a response.
 *
 * @throws {@link MixcloudError} if it is not an http or https URL. That is a fault of the API, not of the caller.
 */
export function parseApiLink(what: string, value: unknown, apiRoot: string): Link {
  const link = toLink(value, apiRoot);
  if (!link) {
    const message = `The API sent a ${what} that is no absolute http or https URL, but ${describe(value)}`;
    throw new MixcloudError(message, { code: 'ERR_MIXCLOUD_LINK' });
  }
  return link;
}

/** Removes an access token from the link: the API repeats the token of the request, and it must not reach another origin. */
function toLink(value: unknown, apiRoot: string): Link | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  const root = new URL(apiRoot);
  // The API has sent http links in https responses. A token must not be sent in plain text.
  if (root.protocol === 'https:' && url.protocol === 'http:' && url.host === root.host) url.protocol = 'https:';
  url.searchParams.delete('access_token');
  url.hash = '';
  return { url: url.href, sameOrigin: url.origin === root.origin };
}
