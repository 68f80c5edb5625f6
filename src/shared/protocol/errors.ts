/*
 * Error
 * └── MixcloudError                  the API responded with an error; base of all classes below
 *     ├── MixcloudRateLimitError     … because of too many requests
 *     ├── MixcloudAuthorizationError … because the access token is missing, wrong or revoked
 *     ├── MixcloudOAuthError         an OAuth code was not exchanged for a token, or the user denied access
 *     ├── MixcloudDecodeError        a body that should be a JSON object is not
 *     ├── MixcloudConnectionError    there is no complete response
 *     ├── MixcloudTimeoutError       there is no complete response in time
 *     ├── MixcloudWorkerError        the worker thread of the blocking clients died or stopped responding
 *     └── MixcloudClosedError        the client was closed
 *
 * Misuse is not in the tree: it is a `TypeError` or a `RangeError`, thrown before anything is sent.
 */
import { brand } from '../base/brand.ts';
import { limitDepth, toJsonText } from '../base/json.ts';

/** Messages about one field of a refused upload or edit, by the field's name. */
export type ErrorDetails = Readonly<Record<string, readonly string[]>>;

/** Properties of a new {@link MixcloudError}. */
export interface MixcloudErrorInit {
  /** The error's type as the API names it. */
  readonly type?: string | null;
  /** Fields of the API's error other than its type and message. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Messages by field. */
  readonly details?: ErrorDetails;
  /** HTTP status of the response. */
  readonly status?: number | null;
  /** Decoded body of the response. */
  readonly data?: unknown;
  /** HTTP method of the request. */
  readonly method?: string | null;
  /** URL of the request, without secrets. */
  readonly url?: string | null;
  /** Replaces the `code` of the class. */
  readonly code?: string | undefined;
  /** The error that caused it. */
  readonly cause?: unknown;
}

/**
 * The API responded with an error and `raiseExceptions` is set. Also the base class of every error of this package.
 *
 * It is not thrown for misuse, which is a `TypeError` or `RangeError`.
 *
 * @example
 * ```ts
 * try {
 *   await new Mixcloud({ raiseExceptions: true }).get('nobody-of-that-name');
 * } catch (error) {
 *   if (error instanceof MixcloudError) console.error(error.status, error.type, error.message);
 * }
 * ```
 */
export class MixcloudError extends Error {
  /** A stable string, for programs that cannot use `instanceof`. */
  readonly code: string;
  /** The error's type as the API names it, such as `ResourceNotFoundException`, or `null` when there is none. */
  declare readonly type: string | null;
  /** Fields of the API's error other than its type and message. */
  declare readonly extra: Readonly<Record<string, unknown>>;
  /** Messages by field if an upload or edit was refused, otherwise empty. */
  declare readonly details: ErrorDetails;
  /** HTTP status of the response, or `null` if there was none. */
  declare readonly status: number | null;
  /** Decoded body of the response, if there was one. */
  declare readonly data: unknown;
  /** HTTP method of the request, such as `GET`, or `null` if the error is not about a request. */
  declare readonly method: string | null;
  /** URL of the request without secrets, or `null` if the error is not about a request. */
  declare readonly url: string | null;

  constructor(message: string, init: MixcloudErrorInit = {}) {
    super(message, 'cause' in init ? { cause: init.cause } : undefined);
    this.code = init.code ?? (new.target as unknown as typeof MixcloudError).code;
    const { type = null, extra = {}, details = {}, status = null, data, method = null, url = null } = init;
    // A log shows enumerable properties. Hide those that are empty, and the body, which repeats the others.
    const own = (value: unknown, enumerable: boolean) => ({ value, enumerable, configurable: true });
    Object.defineProperties(this, {
      type: own(type, type !== null),
      status: own(status, status !== null),
      method: own(method, method !== null),
      url: own(url, url !== null),
      extra: own(extra, Object.keys(extra).length > 0),
      details: own(details, Object.keys(details).length > 0),
      data: own(data, false),
    });
  }

  /** The `code` that errors of this class have. */
  static readonly code: string = 'ERR_MIXCLOUD';

  /** For example `PostValidationError: Invalid. (details: {"name":["Too short."]}) (extra: {"id":7})`. */
  override toString(): string {
    const show = (name: 'details' | 'extra') =>
      Object.keys(this[name]).length > 0 ? ` (${name}: ${toJsonText(this[name])})` : '';
    return `${this.type ?? this.name}: ${this.message}${show('details')}${show('extra')}`;
  }

  /** Used by `JSON.stringify`, which would otherwise leave out the message. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, type, extra, details, status, method, url } = this;
    return { name, code, message, type, extra: limitDepth(extra), details, status, method, url };
  }
}

/**
 * The API refuses further requests for some time. The option `maxRateLimitWait` waits and then sends the request again.
 */
export class MixcloudRateLimitError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_RATE_LIMIT';
  /** Seconds to wait before the next request, or `null` if the API did not say. */
  readonly retryAfter: number | null;

  constructor(message: string, init: MixcloudErrorInit & { readonly retryAfter: number | null }) {
    super(message, init);
    this.retryAfter = init.retryAfter;
  }
}

/** The access token is missing, wrong or was revoked by its user. */
export class MixcloudAuthorizationError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_AUTHORIZATION';
}

/** The exchange of an OAuth code for an access token failed, or the user denied access in a login. */
export class MixcloudOAuthError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_OAUTH';
}

/**
 * A body that should be a JSON object is not one: it is empty, cut short, HTML, or another JSON value.
 *
 * Thrown with `raiseExceptions`, and always by uploads, edits and methods that return text. Otherwise the method returns
 * an error response.
 */
export class MixcloudDecodeError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_DECODE';
  /** Content type of the response, or `null` if it had none. */
  readonly contentType: string | null;
  /** The beginning of the body. */
  readonly excerpt: string;

  constructor(
    message: string,
    init: MixcloudErrorInit & { readonly contentType: string | null; readonly excerpt: string },
  ) {
    super(message, init);
    this.contentType = init.contentType;
    this.excerpt = init.excerpt;
  }
}

/**
 * There is no complete response: the connection was refused, reset or cut short, the host name or the certificate is
 * wrong, or the response is too large. `code` is that of the system or of undici (`ECONNREFUSED`, `UND_ERR_SOCKET`…), and
 * `cause` is their error.
 *
 * Always thrown, whatever `raiseExceptions` says.
 */
export class MixcloudConnectionError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_CONNECTION';
  /**
   * Whether any byte of the request may have been sent. `false` only if none was, in any attempt: it is then safe to
   * repeat an upload. If it is `true`, the upload may have been published.
   */
  readonly sent: boolean;

  constructor(message: string, init: MixcloudErrorInit & { readonly sent?: boolean } = {}) {
    super(message, init);
    this.sent = init.sent ?? true;
  }
}

/** There was no complete response within `timeout`. Always thrown, whatever `raiseExceptions` says. */
export class MixcloudTimeoutError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_TIMEOUT';
  /** The timeout in milliseconds. */
  readonly timeout: number;
  /** Whether any byte of the request may have been sent. See {@link MixcloudConnectionError.sent}. */
  readonly sent: boolean;

  constructor(message: string, init: MixcloudErrorInit & { readonly timeout: number; readonly sent?: boolean }) {
    super(message, init);
    this.timeout = init.timeout;
    this.sent = init.sent ?? true;
  }
}

/**
 * Blocking clients only: the worker thread that sends the requests could not start, died or stopped responding. The next
 * call starts a new worker.
 */
export class MixcloudWorkerError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_WORKER';
  /** Whether any byte of the request may have been sent. See {@link MixcloudConnectionError.sent}. */
  readonly sent: boolean;

  constructor(message: string, init: MixcloudErrorInit & { readonly sent?: boolean } = {}) {
    super(message, init);
    this.sent = init.sent ?? true;
  }
}

/** A method was called on a client that was closed, or the client was closed before the method sent its next request. */
export class MixcloudClosedError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_CLOSED';
}

for (const [name, type] of Object.entries({
  MixcloudError,
  MixcloudRateLimitError,
  MixcloudAuthorizationError,
  MixcloudOAuthError,
  MixcloudDecodeError,
  MixcloudConnectionError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
  MixcloudClosedError,
})) {
  // On the prototype, as in built-in errors. A string, because minifiers rename classes.
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
  brand(type, name);
}
