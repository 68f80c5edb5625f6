import { validateFlag, validateText } from '../base/argument.ts';
import { OAUTH_ROOT } from '../base/constants.ts';
import type { UrlObject } from '../base/globals.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import { isJsonObject, type JsonObject } from '../base/json.ts';
import { isUrl } from '../base/kind.ts';
import { isConfidential } from '../base/loopback.ts';
import { type OptionTable, validateOptions } from '../base/options.ts';
import { parseRoot } from '../input/origin.ts';
import { CALL_OPTIONS, type CallOptionTable, type ClientContext } from '../operations/client-context.ts';
import type { CallOptions, Mode, Returned } from '../operations/mode.ts';
import { MixcloudOAuthError } from '../protocol/errors.ts';
import { describeRequest } from '../protocol/failure.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import { type Operation, send } from '../protocol/operation.ts';

/** Options of the OAuth helpers of both modes. */
export interface OAuthOptions {
  /**
   * Base URL of the OAuth pages.
   *
   * @defaultValue {@link OAUTH_ROOT}
   */
  readonly oauthRoot?: string | UrlObject | null | undefined;
  /** Client ID of your application. */
  readonly clientId?: string | null | undefined;
  /** Client secret of your application. */
  readonly clientSecret?: string | null | undefined;
  /** URL to which Mixcloud redirects users, with a `code`. */
  readonly redirectUri?: string | UrlObject | null | undefined;
  /**
   * Throw a `MixcloudOAuthError` when the exchange fails, instead of returning `null`.
   *
   * @defaultValue the setting of `mixcloud`, or `false`
   */
  readonly raiseExceptions?: boolean | null | undefined;
}

const OAUTH_OPTIONS = {
  oauthRoot: parseRoot,
  clientId: validateOptionalText,
  clientSecret: validateOptionalSecret,
  redirectUri: validateOptionalText,
  raiseExceptions: validateFlag,
  mixcloud: (_argument: string, value: unknown) => value,
} satisfies OptionTable<OAuthOptions & { readonly mixcloud?: unknown }>;

/** The part of a client that the helper needs. */
export interface OAuthClient {
  readonly raiseExceptions: boolean;
  readonly timeout: number;
  readonly jsonDecoder: (text: string) => unknown;
}

const DEFAULT_TIMEOUT = 60_000;

/** Base class of the OAuth helpers. */
export abstract class OAuth<M extends Mode, C extends OAuthClient> {
  /** Base URL of the OAuth pages. */
  readonly oauthRoot: string;
  readonly #raiseExceptions: boolean | undefined;
  #clientId: string | null;
  #clientSecret: string | null;
  #redirectUri: string | null;
  #mixcloud: C | null = null;

  /** @internal */
  constructor(name: string, input: unknown) {
    const options = validateOptions(`${name} options`, input, OAUTH_OPTIONS, { string: 'clientId', hidden: true });
    this.oauthRoot = options.oauthRoot ?? OAUTH_ROOT;
    this.#raiseExceptions = options.raiseExceptions;
    this.#clientId = options.clientId ?? null;
    this.#clientSecret = options.clientSecret ?? null;
    this.#redirectUri = options.redirectUri ?? null;
  }

  /** @internal */
  protected abstract readonly [CALL_OPTIONS]: CallOptionTable;
  /** Runs an operation on `mixcloud`, or on a client that is closed afterwards. @internal */
  protected abstract runOn<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): Returned<M, T>;
  /** Validates a client of the mode. @internal */
  protected abstract validateClient(value: unknown): C;

  /** Client ID of your application. */
  get clientId(): string | null {
    return this.#clientId;
  }

  set clientId(value: string | null) {
    this.#clientId = validateOptionalText('clientId', value);
  }

  /** Client secret of your application. */
  get clientSecret(): string | null {
    return this.#clientSecret;
  }

  set clientSecret(value: string | null) {
    this.#clientSecret = validateOptionalSecret('clientSecret', value);
  }

  /** URL to which Mixcloud redirects users. */
  get redirectUri(): string | null {
    return this.#redirectUri;
  }

  set redirectUri(value: string | UrlObject | null) {
    this.#redirectUri = validateOptionalText('redirectUri', value);
  }

  /** The client whose connections are used, or `null` for a pool of the helper's own. */
  get mixcloud(): C | null {
    return this.#mixcloud;
  }

  set mixcloud(value: C | null) {
    this.#mixcloud = value === null || value === undefined ? null : this.validateClient(value);
  }

  /**
   * URL that a user opens to authorize your application.
   *
   * @throws `TypeError` if `clientId` or `redirectUri` is missing.
   */
  get authorizationUrl(): string {
    const url = new URL(`${this.oauthRoot}/authorize`);
    url.search = new URLSearchParams({
      client_id: requireOption('clientId', this.#clientId),
      redirect_uri: requireOption('redirectUri', this.#redirectUri),
    }).toString();
    return url.href;
  }

  /**
   * Exchanges the code of a redirect for an access token. Returns `null` if that fails.
   *
   * @throws `MixcloudOAuthError` if it fails and `raiseExceptions` is set.
   * @throws `TypeError` if `clientId`, `redirectUri` or `clientSecret` is missing.
   */
  accessToken(code: string, options?: CallOptions<M>): Returned<M, string | null> {
    return this.runOn((_context, ...args: [string, CallOptions<M>?]) => this.#exchangeCode(...args), code, options);
  }

  *#exchangeCode(code: unknown, input?: unknown): Operation<string | null> {
    const options = validateOptions('accessToken options', input, this[CALL_OPTIONS]);
    const url = new URL(`${this.oauthRoot}/access_token`);
    const secrets = {
      client_secret: requireOption('clientSecret', this.#clientSecret),
      code: validateText('code', code),
    };
    url.search = new URLSearchParams({
      client_id: requireOption('clientId', this.#clientId),
      redirect_uri: requireOption('redirectUri', this.#redirectUri),
    }).toString();
    if (!isConfidential(url)) {
      throw new TypeError(`clientSecret: not sent to ${url.origin} in plain text; use an https oauthRoot`);
    }
    const request: ApiRequest = {
      method: 'GET',
      url: url.href,
      secrets,
      // A code can be used once. After a connection failure it may have been used.
      idempotent: false,
      timeout: options.timeout ?? this.#mixcloud?.timeout ?? DEFAULT_TIMEOUT,
    };
    const response = yield* send(request);
    const { token, message } = parseTokenResponse(response, this.#mixcloud?.jsonDecoder ?? JSON.parse);
    if (token !== null) return token;
    if (!(this.#raiseExceptions ?? this.#mixcloud?.raiseExceptions ?? false)) return null;
    throw new MixcloudOAuthError(message ?? `${describeRequest(request)}: no access token in the answer`, {
      status: response.status,
      type: 'OAuthException',
      method: request.method,
      url: request.url,
    });
  }

  /** Used by `console.log`. Shows the options without the secret. @internal */
  [INSPECT](depth: number, inspectOptions: object, inspect: Inspect): string {
    const shown = { ...this.toJSON(), clientSecret: this.#clientSecret === null ? null : '[set]' };
    return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} ${inspect(shown, inspectOptions)}`;
  }

  /** Used by `JSON.stringify`. Returns the options without the secret. */
  toJSON(): JsonObject {
    return { oauthRoot: this.oauthRoot, clientId: this.#clientId, redirectUri: this.#redirectUri };
  }
}

interface TokenResult {
  readonly token: string | null;
  readonly message: string | null;
}

// The documentation shows a form-encoded response. Servers send JSON. Accept both.
function parseTokenResponse(response: ApiResponse, decode: (body: string) => unknown): TokenResult {
  const said = decodeObject(response.text, decode) ?? Object.fromEntries(new URLSearchParams(response.text.trim()));
  const { access_token: token, error } = said;
  const message = isJsonObject(error) ? error.message : error;
  return {
    token: response.status < 400 && typeof token === 'string' && token !== '' ? token : null,
    message: typeof message === 'string' && message !== '' ? message : null,
  };
}

function decodeObject(body: string, decode: (body: string) => unknown): JsonObject | undefined {
  try {
    const data = decode(body);
    return isJsonObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function validateOptionalText(argument: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return validateText(argument, isUrl(value) ? value.href : value);
}

function validateOptionalSecret(argument: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  // `validateText` would show the value.
  if (typeof value !== 'string' || value.trim() === '')
    throw new TypeError(`${argument}: expected a string that is not empty`);
  return value;
}

function requireOption(argument: string, value: string | null): string {
  if (value === null) throw new TypeError(`${argument}: missing; set it as an option or a property`);
  return value;
}
