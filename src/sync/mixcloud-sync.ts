import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import { type OptionTable, rejectOption, validateOptions } from '../shared/base/options.ts';
import { ClientBase, LIFETIME } from '../shared/client/client.ts';
import { getParent } from '../shared/client/derive.ts';
import type { RunningCall } from '../shared/client/lifetime.ts';
import { CLIENT_HINT, CLIENT_OPTIONS, type ClientOptions, withDefaults } from '../shared/input/client-options.ts';
import type { UploadFields } from '../shared/input/upload-fields.ts';
import { createModels, validateClass } from '../shared/models/model-factory.ts';
import type { ResourceBase } from '../shared/models/resource.ts';
import type { ResourceOrigin } from '../shared/models/resource-state.ts';
import type { CallOptionTable, ClientContext, ModelFactory } from '../shared/operations/client-context.ts';
import { ITERATE, MODE, type OperationRunner, RUN } from '../shared/operations/mode.ts';
import type { Pager } from '../shared/operations/pager.ts';
import { addRequest, closedFailure, getClosedResults } from '../shared/protocol/failure.ts';
import type { OperationStep } from '../shared/protocol/messages.ts';
import { type Operation, trimStack } from '../shared/protocol/operation.ts';
import type { SessionOptions } from '../shared/protocol/session-options.ts';
import { drive, iterate } from './drive.ts';
import { SYNC_CALL_OPTIONS, type SyncMode } from './mode.ts';
import { ResourceListSync } from './resource-list-sync.ts';
import { ResourceSync } from './resource-sync.ts';
import { toTransferable } from './worker/transferable.ts';
import { WorkerClient } from './worker/worker-client.ts';
import { WorkerLoop } from './worker/worker-loop.ts';

/** Options of a {@link MixcloudSync}. */
export interface MixcloudSyncOptions extends ClientOptions {
  /**
   * Class of the resources that are returned.
   *
   * @defaultValue {@link ResourceSync}
   */
  readonly resourceClass?:
    | (new (
        data: JsonObject,
        client: OperationRunner<SyncMode>,
        origin?: ResourceOrigin,
      ) => ResourceBase<SyncMode>)
    | null
    | undefined;
  /**
   * Class of the lists that are returned.
   *
   * @defaultValue {@link ResourceListSync}
   */
  readonly resourceListClass?:
    | (new (
        data: JsonObject,
        client: OperationRunner<SyncMode>,
      ) => ResourceListSync)
    | null
    | undefined;
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
export class MixcloudSync extends ClientBase<SyncMode> {
  /** @internal */
  readonly models: ModelFactory;
  /** @internal */
  readonly callOptions: CallOptionTable = SYNC_CALL_OPTIONS;
  /** @internal */
  readonly [MODE] = 'MixcloudSync';
  readonly #settings: SessionOptions;
  readonly #session: number;

  /**
   * @throws `TypeError` or `RangeError` for an unknown option or one of the wrong type.
   */
  constructor(options: MixcloudSyncOptions = {}) {
    const validated = validateOptions('MixcloudSync options', options, MIXCLOUD_SYNC_OPTIONS, CLIENT_HINT);
    const settings = withDefaults(validated);
    const { resourceClass = ResourceSync, resourceListClass = ResourceListSync } = validated;
    const parent = getParent<MixcloudSync>(options);
    super(settings, { resourceClass, resourceListClass }, parent);
    this.models = createModels<this>(this, resourceClass, resourceListClass);
    this.#settings = { ...settings.session, ...(parent && { proxy: parent.#settings.proxy }) };
    this.#session = parent ? parent.#session : WorkerClient.get().open(this);
  }

  /** @internal */
  [RUN]<A extends readonly unknown[], T>(
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
        const listener = onProgress ?? undefined;
        const sent = toTransferable(step);
        return call.block(() => WorkerClient.get().run(this.#session, this.#settings, sent, listener));
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
  [ITERATE]<A extends readonly unknown[], F>(
    pager: (context: ClientContext, ...args: A) => Pager<ResourceSync<F>>,
    ...args: A
  ): IterableIterator<ResourceSync<F>> {
    const call = new Call();
    const loop = new WorkerLoop(this.#session, this.#settings);
    return iterate<ResourceSync<F>>(pager(this, ...args), {
      send: (prefetch) =>
        this.#isClosed(call)
          ? loop.fail(prefetch, closedFailure())
          : this.#during(call, () => call.block(() => loop.send(prefetch))),
      cancel: () => loop.cancel(),
    });
  }

  /**
   * Closes the connections of the client, and the clients derived from it. Later calls throw. The worker ends with the last
   * open client. Idempotent.
   */
  close(): void {
    const lifetime = this[LIFETIME];
    lifetime.close(() => {
      // The connections of a derived client are its parent's.
      if (!lifetime.parent) WorkerClient.get().close(this.#session);
    });
  }

  /** Calls `close()`. For `using`. */
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

brand(MixcloudSync, 'MixcloudSync');
