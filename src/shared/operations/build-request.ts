/** Builds requests. */
import { describe, throwTypeError, validateMilliseconds, validateRecord } from '../base/argument.ts';
import { isConfidential } from '../base/loopback.ts';
import type { Link } from '../input/link.ts';
import type { ApiRequest, Part } from '../protocol/messages.ts';
import type { ClientContext } from './client-context.ts';

type Options = Readonly<Record<string, unknown>>;
type Params = Readonly<Record<string, string>>;

/** The place of a key under the API's root. */
export function toKeyLink(context: ClientContext, key: string): Link {
  // The slash saves the redirect that the API answers without it, which would lose the body of a POST.
  return { url: new URL(`${context.apiRoot}/${key}/`), sameOrigin: true };
}

/** A GET of what `get` fetches: with `metadata=1`, and with the access token if the place is the API's. */
export function buildGetRequest(context: ClientContext, link: Link, params: Params, options: Options): ApiRequest {
  const url = new URL(link.url);
  for (const [name, value] of Object.entries({ metadata: '1', ...params })) url.searchParams.set(name, value);
  const secrets = link.sameOrigin ? getTokenParams(context, url) : {};
  return buildPlainRequest(context, url, secrets, options);
}

/** A GET as it stands. */
export function buildPlainRequest(context: ClientContext, url: URL, secrets: Params, options: Options): ApiRequest {
  return { method: 'GET', url: url.href, secrets, idempotent: true, timeout: getTimeout(context, options) };
}

/** A request that changes something in the name of the access token's owner. */
export function buildWriteRequest(
  context: ClientContext,
  method: 'POST' | 'DELETE',
  link: Link,
  options: Options,
  parts?: readonly Part[],
): ApiRequest {
  requireToken(context);
  return {
    method,
    url: link.url.href,
    secrets: getTokenParams(context, link.url),
    ...(parts && { parts }),
    idempotent: false,
    timeout: getTimeout(context, options),
  };
}

/** Refuses what only an access token makes possible. */
export function requireToken(context: ClientContext): void {
  if (context.accessToken === null) {
    throw new TypeError('accessToken: this needs an access token; set the option or the property of the client');
  }
}

/** The milliseconds of this call, or else of the client. */
export function getTimeout(context: ClientContext, options: Options): number {
  return options.timeout === undefined ? context.timeout : validateMilliseconds('timeout', options.timeout);
}

/** Query parameters of the caller's. */
export function validateParams(argument: string, value: unknown): Params {
  const params: Record<string, string> = {};
  for (const [name, input] of Object.entries(validateRecord(argument, value))) {
    if (input === undefined) continue;
    if (name === 'access_token') throw new TypeError(`${argument}: give the access token as accessToken of the client`);
    if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') {
      throwTypeError(`${argument}.${describe(name).slice(1, -1)}`, input, 'a string, a number or a boolean');
    }
    params[name] = String(input);
  }
  return params;
}

function getTokenParams(context: ClientContext, url: URL): Params {
  if (context.accessToken === null) return {};
  if (!isConfidential(url)) {
    throw new TypeError(`accessToken: not sent to ${url.origin} in plain text; use an https apiRoot`);
  }
  return { access_token: context.accessToken };
}
