import { throwTypeError } from '../shared/base/argument.ts';
import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import { type OptionTable, validateOptions } from '../shared/base/options.ts';
import { ClientBase, LIFETIME } from '../shared/client/client.ts';
import { getParent } from '../shared/client/derive.ts';
import type { RunningCall } from '../shared/client/lifetime.ts';
import { CLIENT_HINT, CLIENT_OPTIONS, type ClientOptions, withDefaults } from '../shared/input/client-options.ts';
import { createModels, validateClass } from '../shared/models/model-factory.ts';
import type { ResourceBase } from '../shared/models/resource.ts';
import type { ResourceOrigin } from '../shared/models/resource-state.ts';
import type { CallOptionTable, ClientContext, ModelFactory } from '../shared/operations/client-context.ts';
import { ITERATE, MODE, type OperationRunner, RUN } from '../shared/operations/mode.ts';
import type { Pager } from '../shared/operations/pager.ts';
import { closedFailure, getClosedResults } from '../shared/protocol/failure.ts';
import type { ApiResult, Batch } from '../shared/protocol/messages.ts';
import { type Operation, trimStack } from '../shared/protocol/operation.ts';
import type { SessionOptions } from '../shared/protocol/session-options.ts';
import { Call } from './call.ts';
import { type BatchSender, drive, getCallHooks, iterate, type StepRunner } from './drive.ts';
import { ASYNC_CALL_OPTIONS, type AsyncMode } from './mode.ts';
import { Resource } from './resource.ts';
import { ResourceList } from './resource-list.ts';
import type { DispatcherLike } from './transport/dispatcher-like.ts';
import { type RequestHooks, Session } from './transport/session.ts';

/** Options of a {@link Mixcloud}. */
export interface MixcloudOptions extends ClientOptions {
  /**
   * Class of the resources that are returned.
   *
   * @defaultValue {@link Resource}
   */
  readonly resourceClass?:
    | (new (
        data: JsonObject,
        client: OperationRunner<AsyncMode>,
        origin?: ResourceOrigin,
      ) => ResourceBase<AsyncMode>)
    | null
    | undefined;
  /**
   * Class of the lists that are returned.
   *
   * @defaultValue {@link ResourceList}
   */
  readonly resourceListClass?:
    | (new (
        data: JsonObject,
        client: OperationRunner<AsyncMode>,
      ) => ResourceList)
    | null
    | undefined;
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
  const { dispatch } = (value ?? {}) as { readonly dispatch?: unknown };
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
export class Mixcloud extends ClientBase<AsyncMode> {
  /** @internal */
  readonly models: ModelFactory;
  /** @internal */
  readonly callOptions: CallOptionTable = ASYNC_CALL_OPTIONS;
  /** @internal */
  readonly [MODE] = 'Mixcloud';
  readonly #session: Session;
  readonly #settings: SessionOptions;
  #closing: Promise<void> | undefined;

  /**
   * @throws `TypeError` or `RangeError` for an unknown option or one of the wrong type.
   */
  constructor(options: MixcloudOptions = {}) {
    const validated = validateOptions('Mixcloud options', options, MIXCLOUD_OPTIONS, CLIENT_HINT);
    const settings = withDefaults(validated);
    const { resourceClass = Resource, resourceListClass = ResourceList } = validated;
    const parent = getParent<Mixcloud>(options);
    super(settings, { resourceClass, resourceListClass }, parent);
    const { dispatcher } = validated;
    if (dispatcher && settings.session.proxy) {
      throw new TypeError('dispatcher: cannot be mixed with proxy; use one or the other');
    }
    this.#settings = { ...settings.session, ...(parent && { proxy: parent.#settings.proxy }) };
    this.#session = parent ? parent.#session : new Session(this.#settings, dispatcher);
    this.models = createModels<this>(this, resourceClass, resourceListClass);
  }

  /** @internal */
  async [RUN]<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): Promise<T> {
    const flow = operation(this, ...args);
    try {
      const call = new Call(getCallHooks(args.at(-1)));
      return await this.#during(call, () => drive(this.#getRunner(call), flow, call));
    } catch (error) {
      throw trimStack(error, this[RUN]);
    }
  }

  /** @internal */
  [ITERATE]<A extends readonly unknown[], F>(
    pager: (context: ClientContext, ...args: A) => Pager<Resource<F>>,
    ...args: A
  ): AsyncIterableIterator<Resource<F>> {
    // A loop may stand still between its requests. Each of them is a call, which is under way until its response arrives.
    const getSender = (call: Call): BatchSender => ({
      sendAll: (batch, hooks) =>
        this.#during({ onClose: () => call.onClose() }, () => this.#sendAll(call, batch, hooks)),
    });
    return iterate(getSender, pager(this, ...args), () => getCallHooks(args.at(-1)));
  }

  /**
   * Closes the pool that the client owns and the clients derived from it, after the requests under way have completed. Later
   * calls throw. Idempotent.
   */
  async close(): Promise<void> {
    const lifetime = this[LIFETIME];
    // The pool of a derived client is its parent's.
    const closePool = () => (lifetime.parent ? undefined : this.#session.close());
    this.#closing ??= new Promise((resolve) => lifetime.close(() => resolve(closePool())));
    await this.#closing;
  }

  /** Calls `close()`. For `await using`. */
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

brand(Mixcloud, 'Mixcloud');
