import {
  type PositionalHint,
  throwRangeError,
  throwTypeError,
  validateCount,
  validateFlag,
  validateFunction,
  validateMilliseconds,
  validateText,
} from '../base/argument.ts';
import { API_ROOT, MIXCLOUD_ROOT, OEMBED_ROOT } from '../base/constants.ts';
import type { UrlObject } from '../base/globals.ts';
import { isUrl } from '../base/kind.ts';
import type { OptionTable, Validated } from '../base/options.ts';
import { VERSION } from '../base/version.ts';
import type { MixcloudEventListener } from '../protocol/events.ts';
import type { ProxyRoute, SessionOptions } from '../protocol/session-options.ts';
import { parseRoot } from './origin.ts';

/** Decodes the text of a JSON body. */
export type JsonDecoder = (text: string) => unknown;

/** Options of a client that both modes have. */
export interface ClientOptions {
  /**
   * Base URL of API requests.
   *
   * @defaultValue {@link API_ROOT}
   */
  readonly apiRoot?: string | UrlObject | null | undefined;
  /**
   * Base URL of pages. Keys may be URLs under it, and `oembed` sends such URLs.
   *
   * @defaultValue {@link MIXCLOUD_ROOT}
   */
  readonly mixcloudRoot?: string | UrlObject | null | undefined;
  /**
   * The oEmbed endpoint.
   *
   * @defaultValue {@link OEMBED_ROOT}
   */
  readonly oembedRoot?: string | UrlObject | null | undefined;
  /**
   * OAuth access token. Can be set later. It is sent to the origin of `apiRoot` only, over https or to a loopback address.
   *
   * @defaultValue `null`
   */
  readonly accessToken?: string | null | undefined;
  /**
   * Throw a `MixcloudError` when the API responds with an error, instead of returning the error as an `AccessDict`.
   *
   * @defaultValue `false`
   */
  readonly raiseExceptions?: boolean | null | undefined;
  /**
   * Decodes every JSON body, on the calling thread in both modes.
   *
   * @defaultValue `JSON.parse`
   */
  readonly jsonDecoder?: JsonDecoder | null | undefined;
  /**
   * Maximum duration of one request in milliseconds, including its retries and redirects. For an upload, it limits
   * silence instead: the time in which no byte is accepted and no response arrives.
   *
   * @defaultValue 60 000
   */
  readonly timeout?: number | null | undefined;
  /**
   * Number of further attempts of a GET after a connection failure or a response with status 502, 503 or 504. Requests of
   * other methods are never sent again after a failure.
   *
   * @defaultValue 2
   */
  readonly retries?: number | null | undefined;
  /**
   * If a rate limit lasts at most this many seconds, wait until it ends and send the request again, instead of reporting
   * it. A refused request was not carried out, so this holds for writes too. A body with a file is never sent again.
   *
   * @defaultValue 0
   */
  readonly maxRateLimitWait?: number | null | undefined;
  /**
   * URL of a proxy, or `'env'` to use HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
   *
   * @defaultValue none
   */
  readonly proxy?: string | UrlObject | null | undefined;
  /**
   * The User-Agent header.
   *
   * @defaultValue `mixcloud-client/VERSION`
   */
  readonly userAgent?: string | null | undefined;
  /**
   * Called with every request, response, failure, retry and wait. The events hold no secrets. What it throws ends the call. In
   * a blocking client, it is called on the calling thread while that thread waits.
   *
   * @defaultValue none
   */
  readonly onEvent?: MixcloudEventListener | null | undefined;
}

/** @internal */
export const CLIENT_OPTIONS = {
  apiRoot: parseRoot,
  mixcloudRoot: parseRoot,
  oembedRoot: parseEndpoint,
  accessToken: validateToken,
  raiseExceptions: validateFlag,
  jsonDecoder: validateDecoder,
  timeout: validateMilliseconds,
  retries: (argument: string, value: unknown) => validateCount(argument, value),
  maxRateLimitWait: validateSeconds,
  proxy: parseProxy,
  userAgent: validateHeader,
  onEvent: validateFunction<MixcloudEventListener>,
} satisfies OptionTable<ClientOptions>;

/** What a string in place of the options probably is. It is not shown. */
export const CLIENT_HINT: PositionalHint = { string: 'accessToken', hidden: true };

/** Options of a client after validation, with their defaults. */
export interface ValidatedClientOptions {
  readonly apiRoot: string;
  readonly mixcloudRoot: string;
  readonly oembedRoot: string;
  readonly accessToken: string | null;
  readonly raiseExceptions: boolean;
  readonly jsonDecoder: JsonDecoder;
  /** Milliseconds. */
  readonly timeout: number;
  readonly onEvent: MixcloudEventListener | null;
  readonly session: SessionOptions;
}

const DEFAULT_TIMEOUT = 60_000;
const DEFAULT_RETRIES = 2;

/** Returns the options with their defaults, from options that {@link CLIENT_OPTIONS} has validated. */
export function withDefaults(options: Validated<typeof CLIENT_OPTIONS>): ValidatedClientOptions {
  return {
    apiRoot: options.apiRoot ?? API_ROOT,
    mixcloudRoot: options.mixcloudRoot ?? MIXCLOUD_ROOT,
    oembedRoot: options.oembedRoot ?? OEMBED_ROOT,
    accessToken: options.accessToken ?? null,
    raiseExceptions: options.raiseExceptions ?? false,
    jsonDecoder: options.jsonDecoder ?? JSON.parse,
    timeout: options.timeout ?? DEFAULT_TIMEOUT,
    onEvent: options.onEvent ?? null,
    session: {
      retries: options.retries ?? DEFAULT_RETRIES,
      maxRateLimitWait: options.maxRateLimitWait ?? 0,
      proxy: options.proxy ?? null,
      userAgent: options.userAgent ?? `mixcloud-client/${VERSION}`,
    },
  };
}

/** Returns an access token, or `null` for none. The error does not show it. */
export function validateToken(argument: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  // A number may be a token that lost its quotes. Do not show it.
  if (typeof value === 'number') throw new TypeError(`${argument}: expected a string or null, but got a number`);
  if (typeof value !== 'string') throwTypeError(argument, value, 'a string or null');
  if (value === '') throwTypeError(argument, value, 'a string that is not empty, or null');
  // The value is not shown.
  if (/^bearer\b/i.test(value)) throw new TypeError(`${argument}: give the token alone, without "Bearer"`);
  if (/\s/.test(value)) throw new TypeError(`${argument}: has white space, such as a line break at its end; trim it`);
  return value;
}

function parseEndpoint(argument: string, value: unknown): string {
  const root = parseRoot(argument, value);
  // Keep the slash at the end: without it a server may redirect.
  return String(value).endsWith('/') ? `${root}/` : root;
}

function validateDecoder(argument: string, value: unknown): JsonDecoder {
  if (typeof value !== 'function') throwTypeError(argument, value, 'a function of a text');
  return value as JsonDecoder;
}

function validateSeconds(argument: string, value: unknown): number {
  if (typeof value !== 'number') throwTypeError(argument, value, 'a number of seconds');
  // The longest delay of a timer.
  if (!(value >= 0 && value <= 2_147_483)) throwRangeError(argument, value, 'at least 0 and at most 2147483 seconds');
  return value;
}

function validateHeader(argument: string, value: unknown): string {
  const header = validateText(argument, value);
  if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(header)) throwTypeError(argument, value, 'a header without line breaks');
  return header;
}

function parseProxy(argument: string, value: unknown): ProxyRoute {
  if (value === 'env') {
    const { env } = process;
    return {
      by: 'env',
      http: parseProxyVariable('HTTP_PROXY', env.http_proxy ?? env.HTTP_PROXY),
      https: parseProxyVariable('HTTPS_PROXY', env.https_proxy ?? env.HTTPS_PROXY),
      except: env.no_proxy ?? env.NO_PROXY ?? '',
    };
  }
  const url = (typeof value === 'string' || isUrl(value)) && URL.canParse(String(value)) ? new URL(value) : null;
  // Do not show the value, because it may contain a password.
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(`${argument}: expected an http or https URL, or 'env'`);
  return { by: 'url', url: url.href };
}

/** The URL in a variable, or an empty string. Like curl, accepts a host and port without a scheme. */
function parseProxyVariable(name: string, value = ''): string {
  if (value === '') return '';
  const text = /^[a-z0-9+.-]+:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(`proxy: expected ${name} to be an http or https URL`);
  return text;
}
