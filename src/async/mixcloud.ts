import { throwTypeError } from '../shared/base/argument.ts';
import { brand } from '../shared/base/brand.ts';
import { getBuiltin } from '../shared/base/builtin.ts';
import { type OptionTable, validateOptions } from '../shared/base/options.ts';
import { Client, LIFETIME } from '../shared/client/client.ts';
import { getParent } from '../shared/client/derive.ts';
import type { RunningCall } from '../shared/client/lifetime.ts';
import { CLIENT_HINT, CLIENT_OPTIONS, type ClientOptions, withDefaults } from '../shared/input/client-options.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import { createModels, validateClass } from '../shared/models/model-factory.ts';
import type { ResourceMembers } from '../shared/models/resource.ts';
import type { ResourceListMembers } from '../shared/models/resource-list.ts';
import {
  CALL_OPTIONS,
  type CallOptionTable,
  type ClientContext,
  MODELS,
  type ModelFactory,
} from '../shared/operations/client-context.ts';
import { ITERATE, MODE, type OperationRunner, RUN } from '../shared/operations/mode.ts';
import type { Pager } from '../shared/operations/pager.ts';
import { type MixcloudEventListener, withDebugLog } from '../shared/protocol/events.ts';
import { closedFailure, getClosedResults } from '../shared/protocol/failure.ts';
import type { ApiResult, Batch } from '../shared/protocol/messages.ts';
import { type Operation, trimStack } from '../shared/protocol/operation.ts';
import type { SessionOptions } from '../shared/protocol/session-options.ts';
import { Call } from './call.ts';
import { type BatchSender, drive, getCallHooks, iterate, type StepRunner } from './drive.ts';
import { ASYNC_CALL_OPTIONS, type AsyncMode, type AsyncModeOf } from './mode.ts';
import { Resource, type ResourceConstructor } from './resource.ts';
import { ResourceList, type ResourceListConstructor } from './resource-list.ts';
import type { DispatcherLike } from './transport/dispatcher-like.ts';
import { type RequestHooks, Session } from './transport/session.ts';

/** Options of a {@link Mixcloud}. */
export interface MixcloudOptions extends ClientOptions {
  /**
   * Class of the resources that are returned.
   *
   * @defaultValue {@link Resource}
   */
  readonly resourceClass?: ResourceConstructor | null | undefined;
  /**
   * Class of the lists that are returned.
   *
   * @defaultValue {@link ResourceList}
   */
  readonly resourceListClass?: ResourceListConstructor | null | undefined;
  /**
   * An undici dispatcher that sends the requests. The client never closes it.
   *
   * @defaultValue a pool that the client owns
   */
  readonly dispatcher?: DispatcherLike | null | undefined;
}

/** @internal */
export const MIXCLOUD_OPTIONS = {
  ...CLIENT_OPTIONS,
  resourceClass: (argument: string, value: unknown) => validateClass(argument, value, Resource),
  resourceListClass: (argument: string, value: unknown) => validateClass(argument, value, ResourceList),
  dispatcher: validateDispatcher,
} satisfies OptionTable<MixcloudOptions>;

function validateDispatcher(argument: string, value: unknown): DispatcherLike {
  const { dispatch } = value as { readonly dispatch?: unknown };
  if (typeof dispatch !== 'function') throwTypeError(argument, value, 'an undici Dispatcher');
  return value as DispatcherLike;
}

/**
 * The asynchronous client of the Mixcloud API.
 *
 * Creating a client opens no connection and loads nothing. The first call does. A program that does not call `close()`
 * still exits by itself.
 *
 * @example
 * ```ts
 * const mixcloud = new Mixcloud();
 * const user = await mixcloud.get<User>('bob');
 * console.log(user.city, user.created_time.year);
 * ```
 */
export interface Mixcloud extends Client<AsyncMode> {
  /**
   * Closes the pool that the client owns and the clients derived from it, after the requests under way have completed. Later
   * calls throw. Idempotent.
   */
  close(): Promise<void>;
  /** Calls `close()`. For `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A client with classes of its own: resources are also `R`, and lists are also `L`. */
export interface MixcloudOf<R, L = unknown> extends Client<AsyncModeOf<R, L>> {
  /**
   * Closes the pool that the client owns and the clients derived from it, after the requests under way have completed. Later
   * calls throw. Idempotent.
   */
  close(): Promise<void>;
  /** Calls `close()`. For `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of a {@link Mixcloud} that infer the classes of its results. */
type ClassOptions<R, L> = MixcloudOptions & {
  readonly resourceClass?: ResourceConstructor<R> | null | undefined;
  readonly resourceListClass?: ResourceListConstructor<L> | null | undefined;
};

/** The client of some classes: a plain one, unless a class adds something. */
type ClientOf<R, L> =
  ResourceMembers<AsyncMode> extends R
    ? ResourceListMembers<AsyncMode, AnyFields> extends L
      ? Mixcloud
      : MixcloudOf<unknown, L>
    : MixcloudOf<R, ResourceListMembers<AsyncMode, AnyFields> extends L ? unknown : L>;

/** The class of {@link Mixcloud}. */
export interface MixcloudClass {
  /**
   * Creates a client. With a `resourceClass` or a `resourceListClass`, its methods return objects of these classes.
   *
   * @throws `TypeError` or `RangeError` for an unknown option or one of the wrong type.
   */
  new <R = unknown, L = unknown>(options?: ClassOptions<R, L>): ClientOf<R, L>;
  /** @internal */
  readonly prototype: Mixcloud;
}

class AsyncMixcloud extends Client<AsyncMode> implements OperationRunner<AsyncMode> {
  /** @internal */
  override readonly [MODELS]: ModelFactory;
  /** @internal */
  override readonly [CALL_OPTIONS]: CallOptionTable = ASYNC_CALL_OPTIONS;
  /** @internal */
  readonly [MODE] = 'Mixcloud';
  readonly #session: Session;
  readonly #settings: SessionOptions;
  readonly #listener: MixcloudEventListener | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: MixcloudOptions = {}) {
    const validated = validateOptions('Mixcloud options', options, MIXCLOUD_OPTIONS, CLIENT_HINT);
    const settings = withDefaults(validated);
    const { resourceClass = Resource, resourceListClass = ResourceList } = validated;
    const parent = getParent<AsyncMixcloud>(options);
    super(settings, { resourceClass, resourceListClass }, parent);
    const { dispatcher } = validated;
    if (dispatcher && settings.session.proxy) {
      throw new TypeError('dispatcher: cannot be mixed with proxy; use one or the other');
    }
    this.#settings = { ...settings.session, ...(parent && { proxy: parent.#settings.proxy }) };
    this.#session = parent ? parent.#session : new Session(this.#settings, dispatcher);
    this.#listener = withDebugLog(settings.onEvent, getBuiltin('node:util').debuglog('mixcloud'));
    this[MODELS] = createModels<this>(this, resourceClass, resourceListClass);
  }

  /** @internal */
  override async [RUN]<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): Promise<T> {
    const flow = operation(this, ...args);
    try {
      const call = new Call(getCallHooks(args.at(-1), this.#listener));
      return await this.#during(call, () => drive(this.#getRunner(call), flow, call));
    } catch (error) {
      throw trimStack(error, this[RUN]);
    }
  }

  /** @internal */
  override [ITERATE]<A extends readonly unknown[], F>(
    pager: (context: ClientContext, ...args: A) => Pager<Resource<F>>,
    ...args: A
  ): AsyncIterableIterator<Resource<F>> {
    // A loop may stand still between its requests. Each of them is a call, which is under way until its response arrives.
    const getSender = (call: Call): BatchSender => ({
      sendAll: (batch, hooks) =>
        this.#during({ onClose: () => call.onClose() }, () => this.#sendAll(call, batch, hooks)),
    });
    return iterate(getSender, pager(this, ...args), () => getCallHooks(args.at(-1), this.#listener));
  }

  async close(): Promise<void> {
    const lifetime = this[LIFETIME];
    // The pool of a derived client is its parent's.
    const closePool = () => (lifetime.parent ? undefined : this.#session.close());
    this.#closing ??= new Promise((resolve) => lifetime.close(() => resolve(closePool())));
    await this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #getRunner(call: Call): StepRunner {
    return {
      run: async (step, hooks) =>
        (this.#isClosed(call) ? getClosedResults(step) : undefined) ?? this.#session.run(step, hooks, this.#settings),
    };
  }

  async #sendAll(call: Call, batch: Batch, hooks: RequestHooks): Promise<readonly ApiResult[]> {
    return this.#isClosed(call)
      ? batch.requests.map(closedFailure)
      : this.#session.sendAll(batch, hooks, this.#settings);
  }

  #isClosed(call: Call): boolean {
    return this[LIFETIME].closed && !call.outlivesClose;
  }

  async #during<T>(call: RunningCall, run: () => Promise<T>): Promise<T> {
    this[LIFETIME].add(call);
    try {
      return await run();
    } finally {
      this[LIFETIME].delete(call);
    }
  }
}

brand(AsyncMixcloud, 'Mixcloud');

/** The class, for `new`, `instanceof` and `extends`. */
export const Mixcloud = AsyncMixcloud as unknown as MixcloudClass;
