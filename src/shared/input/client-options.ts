/** Options of a client. */
import {
  throwRangeError,
  throwTypeError,
  validateCount,
  validateFlag,
  validateMilliseconds,
  validateOptions,
  validateText,
} from '../base/argument.ts';
import { API_ROOT, MIXCLOUD_ROOT, OEMBED_ROOT } from '../base/constants.ts';
import { VERSION } from '../base/version.ts';
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
  readonly apiRoot?: string | URL | undefined;
  /**
   * Base URL of the pages that people see; keys may be given as URLs under it, and `oembed` names pages by it.
   *
   * @defaultValue {@link MIXCLOUD_ROOT}
   */
  readonly mixcloudRoot?: string | URL | undefined;
  /**
   * The oEmbed endpoint.
   *
   * @defaultValue {@link OEMBED_ROOT}
   */
  readonly oembedRoot?: string | URL | undefined;
  /**
   * OAuth access token; can be set later. It goes to the origin of `apiRoot` only, over https or to a loopback address.
   *
   * @defaultValue `null`
   */
  readonly accessToken?: string | null | undefined;
  /**
   * Throw a `MixcloudError` when the API answers with an error, instead of returning it as an `AccessDict`.
   *
   * @defaultValue `false`
   */
  readonly raiseExceptions?: boolean | undefined;
  /**
   * Decodes every JSON body, on the calling thread in both modes.
   *
   * @defaultValue `JSON.parse`
   */
  readonly jsonDecoder?: JsonDecoder | undefined;
  /**
   * Bound on one request in milliseconds, from its start to its last byte, its retries and redirects included. An upload
   * is bound by this time of silence instead: no byte accepted, no answer.
   *
   * @defaultValue 60 000
   */
  readonly timeout?: number | undefined;
  /**
   * Number of further attempts of a GET after a connection failure or a 502, 503 or 504. Requests of other methods are
   * never sent again after a failure. (`maxRateLimitWait` may send one again that a rate limit refused.)
   *
   * @defaultValue 2
   */
  readonly retries?: number | undefined;
  /**
   * If a rate limit lasts at most this many seconds, wait until it ends and send the request again, instead of reporting
   * it. This holds for writes too, because a refused request was not carried out. An upload is never sent again.
   *
   * @defaultValue 0
   */
  readonly maxRateLimitWait?: number | undefined;
  /**
   * URL of a proxy, or `'env'` to take it from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
   *
   * @defaultValue none
   */
  readonly proxy?: string | URL | undefined;
  /**
   * The User-Agent header.
   *
   * @defaultValue `mixcloud-client/VERSION`
   */
  readonly userAgent?: string | undefined;
}

/** Names of the options of {@link ClientOptions}. */
export const CLIENT_OPTION_NAMES = [
  'apiRoot',
  'mixcloudRoot',
  'oembedRoot',
  'accessToken',
  'raiseExceptions',
  'jsonDecoder',
  'resourceClass',
  'resourceListClass',
  'timeout',
  'retries',
  'maxRateLimitWait',
  'proxy',
  'userAgent',
] as const;

/** The settings of a client, checked and complete. */
export interface ValidatedClientOptions {
  readonly apiRoot: string;
  readonly mixcloudRoot: string;
  readonly oembedRoot: string;
  readonly accessToken: string | null;
  readonly raiseExceptions: boolean;
  readonly jsonDecoder: JsonDecoder;
  /** Milliseconds. */
  readonly timeout: number;
  readonly session: SessionOptions;
}

const DEFAULT_TIMEOUT = 60_000;
const DEFAULT_RETRIES = 2;

/** Checks the options of a client and fills in the defaults. */
export function validateClientOptions(
  client: string,
  input: unknown,
  further: readonly string[],
): ValidatedClientOptions {
  const known = [...CLIENT_OPTION_NAMES, ...further];
  const options = validateOptions(`${client} options`, input, known);
  const or = <T>(name: string, read: (argument: string, value: unknown) => T, fallback: T): T =>
    options[name] === undefined ? fallback : read(name, options[name]);
  return {
    apiRoot: or('apiRoot', parseRoot, API_ROOT),
    mixcloudRoot: or('mixcloudRoot', parseRoot, MIXCLOUD_ROOT),
    oembedRoot: or('oembedRoot', parseEndpoint, OEMBED_ROOT),
    accessToken: or('accessToken', validateToken, null),
    raiseExceptions: or('raiseExceptions', validateFlag, false),
    jsonDecoder: or('jsonDecoder', validateDecoder, JSON.parse),
    timeout: or('timeout', validateMilliseconds, DEFAULT_TIMEOUT),
    session: {
      retries: or('retries', validateCount, DEFAULT_RETRIES),
      maxRateLimitWait: or('maxRateLimitWait', validateSeconds, 0),
      proxy: or<ProxyRoute | null>('proxy', parseProxy, null),
      userAgent: or('userAgent', validateHeader, `mixcloud-client/${VERSION}`),
    },
  };
}

/** An access token, or `null` for none. Never shown in the error. */
export function validateToken(argument: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  // A token that is all digits may have lost its quotes on the way; it is one all the same.
  if (typeof value === 'number') throw new TypeError(`${argument}: expected a string or null, but got a number`);
  if (typeof value !== 'string') throwTypeError(argument, value, 'a string or null');
  if (value.trim() === '') throwTypeError(argument, value, 'a string that is not empty, or null');
  return value;
}

function parseEndpoint(argument: string, value: unknown): string {
  const root = parseRoot(argument, value);
  // Whether the endpoint ends in a slash matters to a server that redirects otherwise.
  return String(value).endsWith('/') ? `${root}/` : root;
}

function validateDecoder(argument: string, value: unknown): JsonDecoder {
  if (typeof value !== 'function') throwTypeError(argument, value, 'a function of a text');
  return value as JsonDecoder;
}

function validateSeconds(argument: string, value: unknown): number {
  if (typeof value !== 'number') throwTypeError(argument, value, 'a number of seconds');
  // What a timer can wait for.
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
      http: env.http_proxy ?? env.HTTP_PROXY ?? '',
      https: env.https_proxy ?? env.HTTPS_PROXY ?? '',
      except: env.no_proxy ?? env.NO_PROXY ?? '',
    };
  }
  const url =
    (typeof value === 'string' || value instanceof URL) && URL.canParse(String(value)) ? new URL(value) : null;
  // The value may hold a password, so it is not shown.
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(`${argument}: expected an http or https URL, or 'env'`);
  return { by: 'url', url: url.href };
}
