/** Builds requests. This is the only place that adds `metadata=1` and the access token. */
import { isConfidential } from '../base/loopback.ts';
import type { Link } from '../input/link.ts';
import type { ApiRequest, Part } from '../protocol/messages.ts';
import type { ClientContext } from './client-context.ts';

/** The option of one call that changes its request. */
export interface TimeoutOption {
  /** Milliseconds. */
  readonly timeout?: number | undefined;
}

type Params = Readonly<Record<string, string>>;

/** Returns the URL of a key under `apiRoot`. `key` is validated by `parseKey`. */
export function toKeyLink(context: ClientContext, key: string): Link {
  // Without the slash the API answers with a redirect, and a POST would lose its body. It is not parsed: both parts are
  // written as `URL.href` writes them.
  return { url: `${context.apiRoot}/${key}/`, sameOrigin: true };
}

/** Builds a GET of the API: with `metadata=1`, and with the access token if the link has the API's origin. */
export function buildGetRequest(
  context: ClientContext,
  link: Link,
  params: Params,
  options: TimeoutOption,
): ApiRequest {
  const request = buildPlainRequest(context, setParams(link.url, { metadata: '1', ...params }), options);
  return link.sameOrigin ? { ...request, secrets: getTokenParams(context, link.url) } : request;
}

/** Returns a URL with query parameters set. Parses only one that has some already. */
export function setParams(url: string, params: Params): string {
  if (!url.includes('?')) {
    const query = new URLSearchParams(params).toString();
    return query === '' ? url : `${url}?${query}`;
  }
  const parsed = new URL(url);
  for (const [name, value] of Object.entries(params)) parsed.searchParams.set(name, value);
  return parsed.href;
}

/** Builds a GET of a URL as it is, without a token. */
export function buildPlainRequest(context: ClientContext, url: string, options: TimeoutOption): ApiRequest {
  const timeout = options.timeout ?? context.timeout;
  return { method: 'GET', url, secrets: {}, idempotent: true, timeout };
}

/**
 * Builds a request that changes data of the access token's owner.
 *
 * @throws `TypeError` if the client has no access token.
 */
export function buildWriteRequest(
  context: ClientContext,
  method: 'POST' | 'DELETE',
  link: Link,
  options: TimeoutOption,
  parts?: readonly Part[],
): ApiRequest {
  requireToken(context);
  return {
    method,
    url: link.url,
    secrets: getTokenParams(context, link.url),
    ...(parts && { parts }),
    idempotent: false,
    timeout: options.timeout ?? context.timeout,
  };
}

/** Throws `TypeError` if the client has no access token. */
export function requireToken(context: ClientContext): void {
  if (context.accessToken === null) {
    throw new TypeError('accessToken: this needs an access token; set the option or the property of the client');
  }
}

function getTokenParams(context: ClientContext, url: string): Params {
  if (context.accessToken === null) return {};
  if (!isConfidential(url)) {
    throw new TypeError(`accessToken: not sent to ${new URL(url).origin} in plain text; use an https apiRoot`);
  }
  return { access_token: context.accessToken };
}
