/*
 * Error
 * └── MixcloudError                  the API answered with an error; base of all below
 *     ├── MixcloudRateLimitError     … too many requests
 *     ├── MixcloudAuthorizationError … the access token is missing, wrong or revoked
 *     ├── MixcloudOAuthError         an OAuth code could not be exchanged for a token
 *     ├── MixcloudDecodeError        a body that should be a JSON object is not
 *     ├── MixcloudConnectionError    no complete answer
 *     ├── MixcloudTimeoutError       no complete answer in time
 *     └── MixcloudWorkerError        the worker thread of the blocking clients died or hangs
 *
 * Misuse is not in the tree: it is a `TypeError` or a `RangeError`, thrown before anything is sent.
 */
import { brand } from '../base/brand.ts';
import { toJsonText } from '../base/json.ts';

/** Messages about one field of a refused upload or edit, by the field's name. */
export type ErrorDetails = Readonly<Record<string, readonly string[]>>;

/** What a {@link MixcloudError} can be made from, besides its message. */
export interface MixcloudErrorInit {
  /** The error's type as the API names it. */
  readonly type?: string | null;
  /** What the API says besides type and message. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Messages by field. */
  readonly details?: ErrorDetails;
  /** HTTP status of the answer. */
  readonly status?: number | null;
  /** The decoded body of the answer. */
  readonly data?: unknown;
  /** In place of the class's `code`. */
  readonly code?: string | undefined;
  /** What led to it. */
  readonly cause?: unknown;
}

/**
 * The API answered with an error and `raiseExceptions` is set; also the base of every error of this package.
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
  /** A string that stays the same between versions, for programs that cannot use `instanceof`. */
  readonly code: string;
  /** The error's type as the API names it, such as `ResourceNotFoundException`, or `null` when there is none. */
  declare readonly type: string | null;
  /** What the API says about the error besides type and message. */
  declare readonly extra: Readonly<Record<string, unknown>>;
  /** Messages by field, when an upload or edit was refused; else empty. */
  declare readonly details: ErrorDetails;
  /** HTTP status of the answer, or `null` when there was none. */
  declare readonly status: number | null;
  /** The decoded body of the answer, if there was one. */
  declare readonly data: unknown;

  constructor(message: string, init: MixcloudErrorInit = {}) {
    super(message, 'cause' in init ? { cause: init.cause } : undefined);
    this.code = init.code ?? (new.target as unknown as typeof MixcloudError).code;
    const { type = null, extra = {}, details = {}, status = null, data } = init;
    // Enumerable is what a log should show: not what is missing, nor the body, which says the rest again.
    const own = (value: unknown, enumerable: boolean) => ({ value, enumerable, configurable: true });
    Object.defineProperties(this, {
      type: own(type, type !== null),
      status: own(status, status !== null),
      extra: own(extra, Object.keys(extra).length > 0),
      details: own(details, Object.keys(details).length > 0),
      data: own(data, false),
    });
  }

  /** The `code` that errors of this class have. */
  static readonly code: string = 'ERR_MIXCLOUD';

  /** For example `ResourceNotFoundException: User does not exist. (extra: {"id":7})`. */
  override toString(): string {
    const extra = Object.keys(this.extra).length > 0 ? ` (extra: ${toJsonText(this.extra)})` : '';
    return `${this.type ?? this.name}: ${this.message}${extra}`;
  }

  /** What `JSON.stringify` shows; an ordinary error would lose its message there. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, type, extra, details, status } = this;
    return { name, code, message, type, extra, details, status };
  }
}

/**
 * The API refuses further requests for some time. See the option `maxRateLimitWait`, which waits and tries again.
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

/** The exchange of an OAuth code for an access token failed. */
export class MixcloudOAuthError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_OAUTH';
}

/**
 * A body that should be a JSON object is not: it is empty, cut short, HTML, or another JSON value.
 *
 * Without `raiseExceptions` such an answer is an empty `AccessDict`, except to an upload or edit.
 */
export class MixcloudDecodeError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_DECODE';
  /** Content type of the answer, or `null` when it had none. */
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
 * There is no complete answer: the connection was refused, reset or cut short, the name or the certificate is wrong,
 * or the answer is too large. `code` is the system's or undici's (`ECONNREFUSED`, `UND_ERR_SOCKET`…), `cause` the reason.
 *
 * Always thrown, whatever `raiseExceptions` says.
 */
export class MixcloudConnectionError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_CONNECTION';
}

/** No complete answer came within `timeout`. Always thrown, whatever `raiseExceptions` says. */
export class MixcloudTimeoutError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_TIMEOUT';
  /** The time-out that ran out, in milliseconds. */
  readonly timeout: number;

  constructor(message: string, init: MixcloudErrorInit & { readonly timeout: number }) {
    super(message, init);
    this.timeout = init.timeout;
  }
}

/**
 * Blocking clients only: the worker thread that makes the requests died or stopped answering. Whether the request was
 * carried out is not known; the next call starts a new worker.
 */
export class MixcloudWorkerError extends MixcloudError {
  static override readonly code: string = 'ERR_MIXCLOUD_WORKER';
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
})) {
  // On the prototype, where the name of a built-in error stands too, and safe from minifiers.
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
  brand(type, name);
}
