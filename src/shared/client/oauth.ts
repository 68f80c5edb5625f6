import { validateFlag, validateText } from '../base/argument.ts';
import { OAUTH_ROOT } from '../base/constants.ts';
import type { UrlObject } from '../base/globals.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { JsonObject } from '../base/json.ts';
import { isUrl } from '../base/kind.ts';
import { joinTables, type OptionTable, validateOptions } from '../base/options.ts';
import { LOGIN_OPTIONS, type LoginOptions } from '../input/method-options.ts';
import { parseRoot } from '../input/origin.ts';
import { CALL_OPTIONS, type CallOptionTable, type ClientContext } from '../operations/client-context.ts';
import type { CallOptions, Mode, Returned } from '../operations/mode.ts';
import { buildAuthorizationUrl, exchangeCode, login, type OAuthApp } from '../operations/oauth.ts';
import type { Operation } from '../protocol/operation.ts';

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
const LOGIN_TIMEOUT = 300_000;

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
  /** Prints a line on stderr at once, even if the thread blocks afterwards. @internal */
  protected abstract readonly printLine: (line: string) => void;
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
    const app = { oauthRoot: this.oauthRoot, clientId: requireOption('clientId', this.#clientId) };
    return buildAuthorizationUrl(app, requireOption('redirectUri', this.#redirectUri));
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

  /**
   * Lets a user of this machine log in with a browser, and returns the access token. For scripts.
   *
   * Opens a port of 127.0.0.1, calls `onUrl` with the URL that the user opens, waits until the browser returns, exchanges the
   * code, and shows the browser whether it succeeded. However it ends, the port is closed. Nothing is stored, and neither
   * `redirectUri` nor the token of a client changes. `timeout` is the time for all of it, 300 000 ms by default.
   *
   * @example
   * ```ts
   * const oauth = new MixcloudOAuth({ clientId, clientSecret });
   * const accessToken = await oauth.login({ onUrl: (url) => console.log(`Open ${url}`) });
   * ```
   * @throws `MixcloudOAuthError` if the user denies access or the exchange fails, whatever `raiseExceptions` says.
   * @throws `MixcloudTimeoutError` if `timeout` expires.
   * @throws `MixcloudConnectionError` if the port cannot be opened, with the `code` of the system, such as `EADDRINUSE`.
   * @throws `TypeError` if `clientId` or `clientSecret` is missing.
   */
  login(options?: LoginOptions & CallOptions<M>): Returned<M, string> {
    return this.runOn((_context, ...args: [(LoginOptions & CallOptions<M>)?]) => this.#login(...args), options);
  }

  *#login(input?: unknown): Operation<string> {
    const table = joinTables(LOGIN_OPTIONS, this[CALL_OPTIONS]);
    const options = validateOptions('login options', input, table, { number: 'port' });
    const { onUrl = this.printLine, port = 0, timeout = LOGIN_TIMEOUT } = options;
    return yield* login(this.#getApp(), { onUrl, port, timeout });
  }

  *#exchangeCode(code: unknown, input?: unknown): Operation<string | null> {
    const { timeout } = validateOptions('accessToken options', input, this[CALL_OPTIONS]);
    const app = this.#getApp(timeout);
    const redirectUri = requireOption('redirectUri', this.#redirectUri);
    const result = yield* exchangeCode(app, redirectUri, validateText('code', code));
    if ('token' in result) return result.token;
    if (this.#raiseExceptions ?? this.#mixcloud?.raiseExceptions ?? false) throw result.error;
    return null;
  }

  #getApp(timeout = this.#mixcloud?.timeout ?? DEFAULT_TIMEOUT): OAuthApp {
    return {
      oauthRoot: this.oauthRoot,
      clientId: requireOption('clientId', this.#clientId),
      clientSecret: requireOption('clientSecret', this.#clientSecret),
      timeout,
      jsonDecoder: this.#mixcloud?.jsonDecoder ?? JSON.parse,
    };
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
