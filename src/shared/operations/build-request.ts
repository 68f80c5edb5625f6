/** Builds requests. */
import { describe, milliseconds, record, refuse } from '../base/argument.ts';
import type { Link } from '../input/link.ts';
import { isPrivate } from '../input/origin.ts';
import type { Part, Request } from '../protocol/messages.ts';
import type { Context } from './client-context.ts';

type Options = Readonly<Record<string, unknown>>;
type Params = Readonly<Record<string, string>>;

/** The place of a key under the API's root. */
export function linkOfKey(context: Context, key: string): Link {
  // The slash saves the redirect that the API answers without it, which would lose the body of a POST.
  return { url: new URL(`${context.apiRoot}/${key}/`), ours: true };
}

/** A GET of what `get` fetches: with `metadata=1`, and with the access token if the place is the API's. */
export function planGet(context: Context, link: Link, params: Params, options: Options): Request {
  const url = new URL(link.url);
  for (const [name, value] of Object.entries({ metadata: '1', ...params })) url.searchParams.set(name, value);
  const secrets = link.ours ? tokenFor(context, url) : {};
  return planFetch(context, url, secrets, options);
}

/** A GET as it stands. */
export function planFetch(context: Context, url: URL, secrets: Params, options: Options): Request {
  return { method: 'GET', url: url.href, secrets, repeatable: true, timeout: timeoutOf(context, options) };
}

/** A request that changes something in the name of the access token's owner. */
export function planWrite(
  context: Context,
  method: 'POST' | 'DELETE',
  link: Link,
  options: Options,
  parts?: readonly Part[],
): Request {
  requireToken(context);
  return {
    method,
    url: link.url.href,
    secrets: tokenFor(context, link.url),
    ...(parts && { parts }),
    repeatable: false,
    timeout: timeoutOf(context, options),
  };
}

/** Refuses what only an access token makes possible. */
export function requireToken(context: Context): void {
  if (context.accessToken === null) {
    throw new TypeError('accessToken: this needs an access token; set the option or the property of the client');
  }
}

/** The milliseconds of this call, or else of the client. */
export function timeoutOf(context: Context, options: Options): number {
  return options.timeout === undefined ? context.timeout : milliseconds('timeout', options.timeout);
}

/** Query parameters of the caller's. */
export function readParams(argument: string, value: unknown): Params {
  const params: Record<string, string> = {};
  for (const [name, given] of Object.entries(record(argument, value))) {
    if (given === undefined) continue;
    if (name === 'access_token') throw new TypeError(`${argument}: give the access token as accessToken of the client`);
    if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') {
      refuse(`${argument}.${describe(name).slice(1, -1)}`, given, 'a string, a number or a boolean');
    }
    params[name] = String(given);
  }
  return params;
}

function tokenFor(context: Context, url: URL): Params {
  if (context.accessToken === null) return {};
  if (!isPrivate(url)) {
    throw new TypeError(`accessToken: not sent to ${url.origin} in plain text; use an https apiRoot`);
  }
  return { access_token: context.accessToken };
}
