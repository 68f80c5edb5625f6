import { flag, milliseconds, options, text } from '../base/argument.ts';
import { OAUTH_ROOT } from '../base/constants.ts';
import { isPrivate, readRoot } from '../input/origin.ts';
import { INSPECT, type Inspect } from '../models/access-dict.ts';
import { isJsonObject, type JsonObject } from '../operations/client-context.ts';
import type { CallOptions, Mode, Outcome } from '../operations/mode.ts';
import { MixcloudOAuthError } from '../protocol/errors.ts';
import { nameOf } from '../protocol/failure.ts';
import type { Answer, Request } from '../protocol/messages.ts';
import { type Operation, send } from '../protocol/operation.ts';

/** Options of an OAuth helper that both modes have. */
export interface OAuthSettings {
  /**
   * Base URL of the OAuth pages.
   *
   * @defaultValue {@link OAUTH_ROOT}
   */
  readonly oauthRoot?: string | URL | undefined;
  /** What Mixcloud calls your application. */
  readonly clientId?: string | null | undefined;
  /** The application's password. */
  readonly clientSecret?: string | null | undefined;
  /** Where Mixcloud sends users back to, with a `code`. */
  readonly redirectUri?: string | URL | null | undefined;
  /**
   * Throw a `MixcloudOAuthError` when the exchange fails, instead of giving `null`.
   *
   * @defaultValue what `mixcloud` does, else `false`
   */
  readonly raiseExceptions?: boolean | undefined;
}

/** Names of the options of {@link OAuthSettings}. */
export const OAUTH_SETTINGS = ['oauthRoot', 'clientId', 'clientSecret', 'redirectUri', 'raiseExceptions', 'mixcloud'];

/** What the helper needs of a client. */
export interface OAuthClient {
  readonly raiseExceptions: boolean;
  readonly timeout: number;
  readonly jsonDecoder: (text: string) => unknown;
}

const DEFAULT_TIMEOUT = 60_000;

/** The OAuth helper of both modes. */
export abstract class OAuthBase<M extends Mode, C extends OAuthClient> {
  /** Base URL of the OAuth pages. */
  readonly oauthRoot: string;
  readonly #raiseExceptions: boolean | undefined;
  #clientId: string | null;
  #clientSecret: string | null;
  #redirectUri: string | null;
  #mixcloud: C | null = null;

  constructor(name: string, given: unknown) {
    const set = options(`${name} options`, given, OAUTH_SETTINGS);
    this.oauthRoot = set.oauthRoot === undefined ? OAUTH_ROOT : readRoot('oauthRoot', set.oauthRoot);
    this.#raiseExceptions =
      set.raiseExceptions === undefined ? undefined : flag('raiseExceptions', set.raiseExceptions);
    this.#clientId = optionalText('clientId', set.clientId);
    this.#clientSecret = optionalSecret('clientSecret', set.clientSecret);
    this.#redirectUri = optionalText('redirectUri', set.redirectUri);
  }

  /** @internal */
  protected abstract readonly callOptions: readonly string[];
  /** @internal */
  protected abstract exchange(
    operation: Operation<string | null>,
    given: object | undefined,
  ): Outcome<M, string | null>;
  /** Checks that a value is a client of the mode. @internal */
  protected abstract readClient(value: unknown): C;

  /** What Mixcloud calls your application. */
  get clientId(): string | null {
    return this.#clientId;
  }

  set clientId(value: string | null) {
    this.#clientId = optionalText('clientId', value);
  }

  /** The application's password. */
  get clientSecret(): string | null {
    return this.#clientSecret;
  }

  set clientSecret(value: string | null) {
    this.#clientSecret = optionalSecret('clientSecret', value);
  }

  /** Where Mixcloud sends users back to. */
  get redirectUri(): string | null {
    return this.#redirectUri;
  }

  set redirectUri(value: string | URL | null) {
    this.#redirectUri = optionalText('redirectUri', value);
  }

  /** The client whose pool is used, or `null` for one of the helper's own. */
  get mixcloud(): C | null {
    return this.#mixcloud;
  }

  set mixcloud(value: C | null) {
    this.#mixcloud = value === null || value === undefined ? null : this.readClient(value);
  }

  /**
   * Where to send users, so that they let your application act for them.
   *
   * @throws `TypeError` when `clientId` or `redirectUri` is missing.
   */
  get authorizationUrl(): string {
    const url = new URL(`${this.oauthRoot}/authorize`);
    url.search = new URLSearchParams({
      client_id: required('clientId', this.#clientId),
      redirect_uri: required('redirectUri', this.#redirectUri),
    }).toString();
    return url.href;
  }

  /**
   * Exchanges the code that a user came back with for an access token, or gives `null` when that fails.
   *
   * @throws `MixcloudOAuthError` when it fails and `raiseExceptions` is set.
   * @throws `TypeError` when `clientId`, `redirectUri` or `clientSecret` is missing.
   */
  accessToken(code: string, given?: CallOptions<M>): Outcome<M, string | null> {
    return this.exchange(this.#exchange(code, given), given);
  }

  *#exchange(code: unknown, given: unknown): Operation<string | null> {
    const set = options('accessToken options', given, this.callOptions);
    const url = new URL(`${this.oauthRoot}/access_token`);
    const secrets = {
      client_secret: required('clientSecret', this.#clientSecret),
      code: text('code', code),
    };
    url.search = new URLSearchParams({
      client_id: required('clientId', this.#clientId),
      redirect_uri: required('redirectUri', this.#redirectUri),
    }).toString();
    if (!isPrivate(url)) {
      throw new TypeError(`clientSecret: not sent to ${url.origin} in plain text; use an https oauthRoot`);
    }
    const timeout = set.timeout === undefined ? (this.#mixcloud?.timeout ?? DEFAULT_TIMEOUT) : set.timeout;
    const request: Request = {
      method: 'GET',
      url: url.href,
      secrets,
      // A code can be used once: after a failure on the way nobody knows whether it was.
      repeatable: false,
      timeout: milliseconds('timeout', timeout),
    };
    const answer = yield* send(request);
    const { token, message } = readAnswer(answer, this.#mixcloud?.jsonDecoder ?? JSON.parse);
    if (token !== null) return token;
    if (!(this.#raiseExceptions ?? this.#mixcloud?.raiseExceptions ?? false)) return null;
    throw new MixcloudOAuthError(message ?? `${nameOf(request)}: no access token in the answer`, {
      status: answer.status,
      type: 'OAuthException',
    });
  }

  /** Shows what is set in `console.log`, but not the secret. @internal */
  [INSPECT](depth: number, inspectOptions: object, inspect: Inspect): string {
    const shown = { ...this.toJSON(), clientSecret: this.#clientSecret === null ? null : '[set]' };
    return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} ${inspect(shown, inspectOptions)}`;
  }

  /** What `JSON.stringify` writes: everything but the secret. */
  toJSON(): JsonObject {
    return { oauthRoot: this.oauthRoot, clientId: this.#clientId, redirectUri: this.#redirectUri };
  }
}

interface Exchanged {
  readonly token: string | null;
  readonly message: string | null;
}

// The documentation prints a form-encoded answer, and servers have sent JSON ever since: take either.
function readAnswer(answer: Answer, decode: (body: string) => unknown): Exchanged {
  const said = decoded(answer.text, decode) ?? Object.fromEntries(new URLSearchParams(answer.text.trim()));
  const { access_token: token, error } = said;
  const message = isJsonObject(error) ? error.message : error;
  return {
    token: answer.status < 400 && typeof token === 'string' && token !== '' ? token : null,
    message: typeof message === 'string' && message !== '' ? message : null,
  };
}

function decoded(body: string, decode: (body: string) => unknown): JsonObject | undefined {
  try {
    const data = decode(body);
    return isJsonObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function optionalText(argument: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return text(argument, value instanceof URL ? value.href : value);
}

function optionalSecret(argument: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  // The ordinary check would show what was given.
  if (typeof value !== 'string' || value.trim() === '')
    throw new TypeError(`${argument}: expected a string that is not empty`);
  return value;
}

function required(argument: string, value: string | null): string {
  if (value === null) throw new TypeError(`${argument}: missing; set it as an option or a property`);
  return value;
}
