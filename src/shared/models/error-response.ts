import { brand } from '../base/brand.ts';
import { type JsonObject, limitDepth } from '../base/json.ts';
import { quote } from '../base/quote.ts';
import type { ErrorInfo } from '../operations/api-error.ts';
import { type Mode, type OperationRunner, RUN } from '../operations/mode.ts';
import type { MixcloudError } from '../protocol/errors.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessDict } from './access-dict.ts';
import { KNOWN_CONNECTIONS } from './known-connections.ts';
import { ObjectState, STATE } from './object-state.ts';
import { TargetedMethods } from './targeted-methods.ts';

/** Names of methods that send requests: they reject where they would have returned a promise. */
const REQUEST_METHODS: ReadonlySet<string | symbol> = new Set([
  ...['next', 'previous', 'load', 'loadAll', 'connection'],
  ...Object.getOwnPropertyNames(TargetedMethods.prototype),
  ...KNOWN_CONNECTIONS,
]);

/** Names of the other methods that only a resource or a list has. */
const OTHER_METHODS: ReadonlySet<string | symbol> = new Set([
  ...Object.getOwnPropertyNames(Array.prototype).filter((name) => typeof Array.prototype[name as never] === 'function'),
  'all',
  Symbol.iterator,
  Symbol.asyncIterator,
]);

// A failed request must not look like a list without the item.
const LIST_NAME = /^(?:length|\d+)$|\//;

/** State of an error response. */
class ErrorState extends ObjectState {
  readonly info: ErrorInfo;
  declare readonly client: OperationRunner<Mode>;

  constructor(info: ErrorInfo, client: OperationRunner<Mode>) {
    super(info.fields, client);
    this.info = info;
  }

  override get response(): JsonObject {
    return this.info.data;
  }

  /** Unlike other data, an error must be able to be logged. */
  override toJSON(): JsonObject {
    return limitDepth(super.toJSON()) as JsonObject;
  }

  /** Members that only a resource or a list has throw the error. Every other name is `undefined`. */
  override getMissing(name: string | symbol): unknown {
    if (REQUEST_METHODS.has(name)) return () => this.client[RUN](() => this.#throwing());
    if (OTHER_METHODS.has(name)) return () => this.#throw();
    if (typeof name === 'string' && LIST_NAME.test(name)) this.#throw();
    return undefined;
  }

  // biome-ignore lint/correctness/useYield: an operation that fails before its first request
  *#throwing(): Operation<never> {
    throw this.info.create();
  }

  #throw(): never {
    throw this.info.create();
  }
}

const TO_ERROR: unique symbol = Symbol.for('mixcloud-client:to-error');

/**
 * An error of the API, returned in place of the requested result because `raiseExceptions` is not set.
 *
 * Use {@link isErrorResponse} to recognise one.
 */
export interface ErrorResponse extends AccessDict {
  /** What went wrong. `type` is `null` where the API names none. */
  readonly error: {
    /** Text of the error. Never empty. */
    readonly message: string;
    /** Type of the error as the API names it, `'MixcloudDecodeError'` for an unreadable response, or `null`. */
    readonly type: string | null;
    // biome-ignore lint/suspicious/noExplicitAny: the API may add any field
    readonly [field: string]: any;
  };
}

/** The class of error responses, which callers do not need. */
export class ErrorModel extends AccessDict {
  /** @internal */
  declare readonly [STATE]: ErrorState;

  /** @internal */
  constructor(info: ErrorInfo, client: OperationRunner<Mode>) {
    super(info.fields, client, new ErrorState(info, client));
  }

  /** @internal */
  [TO_ERROR](): MixcloudError {
    return this[STATE].info.create();
  }

  /** For example `<AccessDict: error 'User does not exist.'>`. */
  override toString(): string {
    const { message } = this[STATE].data.error as { readonly message: string };
    return `<AccessDict: error ${quote(message)}>`;
  }
}

brand(ErrorModel, 'ErrorResponse');

/**
 * Returns whether a value is an error of the API that a client returned in place of the requested result.
 *
 * It accepts any value. It is `false` for `answer.data`, for a thrown error, and for an object of the API that merely has a
 * field `error`.
 *
 * @example
 * ```ts
 * const user = await mixcloud.get<User>('bob');
 * if (isErrorResponse(user)) throw new Error(user.error.message);
 * console.log(user.city);
 * ```
 */
export function isErrorResponse(value: unknown): value is ErrorResponse {
  try {
    return value instanceof ErrorModel;
  } catch {
    // A revoked proxy throws for every question.
    return false;
  }
}

/**
 * Returns the error that the method would have thrown with `raiseExceptions`, or `null` if the value is not an error
 * response.
 *
 * @example
 * ```ts
 * const error = toError(await mixcloud.popular());
 * if (error instanceof MixcloudRateLimitError) console.error(`Wait ${error.retryAfter} seconds`);
 * ```
 */
export function toError(value: unknown): MixcloudError | null {
  return isErrorResponse(value) ? (value as object as ErrorModel)[TO_ERROR]() : null;
}
