import { brand } from '../shared/base/brand.ts';
import { getBuiltin } from '../shared/base/builtin.ts';
import { type OptionTable, rejectOption, validateOptions } from '../shared/base/options.ts';
import { Client, LIFETIME } from '../shared/client/client.ts';
import { getParent } from '../shared/client/derive.ts';
import type { RunningCall } from '../shared/client/lifetime.ts';
import { CLIENT_HINT, CLIENT_OPTIONS, type ClientOptions, withDefaults } from '../shared/input/client-options.ts';
import type { UploadFields } from '../shared/input/upload-fields.ts';
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
import { fromPlainEvent, withDebugLog } from '../shared/protocol/events.ts';
import { addRequest, closedFailure, getClosedResults } from '../shared/protocol/failure.ts';
import type { OperationStep } from '../shared/protocol/messages.ts';
import { type Operation, trimStack } from '../shared/protocol/operation.ts';
import type { SessionOptions } from '../shared/protocol/session-options.ts';
import { drive, iterate } from './drive.ts';
import { SYNC_CALL_OPTIONS, type SyncMode, type SyncModeOf } from './mode.ts';
import { ResourceListSync, type ResourceListSyncConstructor } from './resource-list-sync.ts';
import { ResourceSync, type ResourceSyncConstructor } from './resource-sync.ts';
import { toTransferable } from './worker/transferable.ts';
import { type Listeners, WorkerClient } from './worker/worker-client.ts';
import { WorkerLoop } from './worker/worker-loop.ts';

/** Options of a {@link MixcloudSync}. */
export interface MixcloudSyncOptions extends ClientOptions {
  /**
   * Class of the resources that are returned.
   *
   * @defaultValue {@link ResourceSync}
   */
  readonly resourceClass?: ResourceSyncConstructor | null | undefined;
  /**
   * Class of the lists that are returned.
   *
   * @defaultValue {@link ResourceListSync}
   */
  readonly resourceListClass?: ResourceListSyncConstructor | null | undefined;
}

/** @internal */
export const MIXCLOUD_SYNC_OPTIONS = {
  ...CLIENT_OPTIONS,
  resourceClass: (argument: string, value: unknown) => validateClass(argument, value, ResourceSync),
  resourceListClass: (argument: string, value: unknown) => validateClass(argument, value, ResourceListSync),
  dispatcher: rejectOption('only the asynchronous client takes a dispatcher'),
} satisfies OptionTable<MixcloudSyncOptions & { readonly dispatcher?: never }>;

/**
 * The blocking client of the Mixcloud API: each call returns when its response has arrived.
 *
 * A worker thread sends the requests. It starts with the first client, serves all clients of the thread, ends when the
 * last open one is closed or collected, and never keeps the process alive. While a call waits, nothing else runs on the calling thread. In a server, use `Mixcloud`.
 *
 * @example
 * ```ts
 * const mixcloud = new MixcloudSync();
 * console.log(mixcloud.get('bob').city);
 * ```
 */
export interface MixcloudSync extends Client<SyncMode> {
  /**
   * Closes the connections of the client, and the clients derived from it. Later calls throw. The worker ends with the last
   * open client. Idempotent.
   */
  close(): void;
  /** Calls `close()`. For `using`. */
  [Symbol.dispose](): void;
}

/** A client with classes of its own: resources are also `R`, and lists are also `L`. */
export interface MixcloudSyncOf<R, L = unknown> extends Client<SyncModeOf<R, L>> {
  /**
   * Closes the connections of the client, and the clients derived from it. Later calls throw. The worker ends with the last
   * open client. Idempotent.
   */
  close(): void;
  /** Calls `close()`. For `using`. */
  [Symbol.dispose](): void;
}

/** Options of a {@link MixcloudSync} that infer the classes of its results. */
type ClassOptions<R, L> = MixcloudSyncOptions & {
  readonly resourceClass?: ResourceSyncConstructor<R> | null | undefined;
  readonly resourceListClass?: ResourceListSyncConstructor<L> | null | undefined;
};

/** The client of some classes: a plain one, unless a class adds something. */
type ClientOf<R, L> =
  ResourceMembers<SyncMode> extends R
    ? ResourceListMembers<SyncMode, AnyFields> extends L
      ? MixcloudSync
      : MixcloudSyncOf<unknown, L>
    : MixcloudSyncOf<R, ResourceListMembers<SyncMode, AnyFields> extends L ? unknown : L>;

/** The class of {@link MixcloudSync}. */
export interface MixcloudSyncClass {
  /**
   * Creates a client. With a `resourceClass` or a `resourceListClass`, its methods return objects of these classes.
   *
   * @throws `TypeError` or `RangeError` for an unknown option or one of the wrong type.
   */
  new <R = unknown, L = unknown>(options?: ClassOptions<R, L>): ClientOf<R, L>;
  /** @internal */
  readonly prototype: MixcloudSync;
}

class BlockingMixcloud extends Client<SyncMode> implements OperationRunner<SyncMode> {
  /** @internal */
  override readonly [MODELS]: ModelFactory;
  /** @internal */
  override readonly [CALL_OPTIONS]: CallOptionTable = SYNC_CALL_OPTIONS;
  /** @internal */
  readonly [MODE] = 'MixcloudSync';
  readonly #settings: SessionOptions;
  readonly #session: number;
  readonly #listeners: Listeners;

  constructor(options: MixcloudSyncOptions = {}) {
    const validated = validateOptions('MixcloudSync options', options, MIXCLOUD_SYNC_OPTIONS, CLIENT_HINT);
    const settings = withDefaults(validated);
    const { resourceClass = ResourceSync, resourceListClass = ResourceListSync } = validated;
    const parent = getParent<BlockingMixcloud>(options);
    super(settings, { resourceClass, resourceListClass }, parent);
    this[MODELS] = createModels<this>(this, resourceClass, resourceListClass);
    this.#settings = { ...settings.session, ...(parent && { proxy: parent.#settings.proxy }) };
    const listener = withDebugLog(settings.onEvent, getBuiltin('node:util').debuglog('mixcloud'));
    this.#listeners = listener ? { onEvent: (event) => listener(fromPlainEvent(event)) } : {};
    this.#session = parent ? parent.#session : WorkerClient.get().open(this[LIFETIME]);
  }

  /** @internal */
  override [RUN]<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): T {
    const call = new Call();
    const run = (step: OperationStep) => {
      // Read when the operation asks for a batch: it has validated its options by then.
      const { onProgress } = (args.at(-1) ?? {}) as UploadFields;
      const failed = this.#isClosed(call) ? getClosedResults(step) : undefined;
      if (failed) return failed;
      try {
        const listeners = { onProgress: onProgress ?? undefined, ...this.#listeners };
        const sent = toTransferable(step);
        return call.block(() => WorkerClient.get().run(this.#session, this.#settings, sent, listeners));
      } catch (error) {
        throw addRequest(error, step);
      }
    };
    try {
      return this.#during(call, () => drive(operation(this, ...args), run));
    } catch (error) {
      throw trimStack(error, this[RUN]);
    }
  }

  /** @internal */
  override [ITERATE]<A extends readonly unknown[], F>(
    pager: (context: ClientContext, ...args: A) => Pager<ResourceSync<F>>,
    ...args: A
  ): IterableIterator<ResourceSync<F>> {
    const call = new Call();
    const lifetime = this[LIFETIME];
    const loop = new WorkerLoop(this.#session, this.#settings, this.#listeners.onEvent);
    return iterate<ResourceSync<F>>(pager(this, ...args), {
      send: (prefetch) => {
        if (this.#isClosed(call)) return loop.fail(prefetch, closedFailure());
        lifetime.add(call);
        try {
          return call.block(() => loop.send(prefetch));
        } finally {
          // A loop that closed the client itself goes on. Were it over in between, that would end what it has under way.
          if (!call.outlivesClose) lifetime.delete(call);
        }
      },
      throwIfListenerThrew: () => loop.throwIfListenerThrew(),
      cancel: () => this.#during(call, () => loop.cancel()),
    });
  }

  close(): void {
    const lifetime = this[LIFETIME];
    lifetime.close(() => {
      // The connections of a derived client are its parent's.
      if (!lifetime.parent) WorkerClient.get().close(this.#session);
    });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #isClosed(call: Call): boolean {
    return this[LIFETIME].closed && !call.outlivesClose;
  }

  #during<T>(call: Call, run: () => T): T {
    this[LIFETIME].add(call);
    try {
      return run();
    } finally {
      this[LIFETIME].delete(call);
    }
  }
}

/** One call of a blocking client. While it blocks, only a listener of its own can close the client. Then it completes. */
class Call implements RunningCall {
  outlivesClose = false;
  #blocked = false;

  onClose(): void {
    if (this.#blocked) this.outlivesClose = true;
  }

  /** Blocks the thread. The `onUrl` of a login is called in between. */
  block<T>(run: () => T): T {
    this.#blocked = true;
    try {
      return run();
    } finally {
      this.#blocked = false;
    }
  }
}

brand(BlockingMixcloud, 'MixcloudSync');

/** The class, for `new`, `instanceof` and `extends`. */
export const MixcloudSync = BlockingMixcloud as unknown as MixcloudSyncClass;
