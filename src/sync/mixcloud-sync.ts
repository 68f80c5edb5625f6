import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import { ClientBase } from '../shared/client/client.ts';
import { type ClientOptions, validateClientOptions } from '../shared/input/client-options.ts';
import type { UploadFields } from '../shared/input/upload-fields.ts';
import { createModels, validateClass } from '../shared/models/model-factory.ts';
import type { ResourceBase } from '../shared/models/resource.ts';
import type { ResourceOrigin } from '../shared/models/resource-state.ts';
import type { ModelFactory } from '../shared/operations/client-context.ts';
import { ITERATE, type OperationRunner, RUN } from '../shared/operations/mode.ts';
import type { Pager } from '../shared/operations/pager.ts';
import { closedFailure } from '../shared/protocol/failure.ts';
import type { ApiResult, Batch } from '../shared/protocol/messages.ts';
import { type Operation, trimStack } from '../shared/protocol/operation.ts';
import type { SessionOptions } from '../shared/protocol/session-options.ts';
import { drive, iterate } from './drive.ts';
import { SYNC_CALL_OPTIONS, type SyncMode } from './mode.ts';
import { ResourceListSync } from './resource-list-sync.ts';
import { ResourceSync } from './resource-sync.ts';
import { toTransferable } from './worker/transferable.ts';
import { type JobHandle, WorkerClient } from './worker/worker-client.ts';

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
    | undefined;
}

/**
 * The blocking client of the Mixcloud API: each call returns when its answer is there.
 *
 * The requests are made in a worker thread, which starts with the first client of the process, serves all of them, and
 * never keeps the process alive. While a call waits, nothing else runs on its thread: in a server, use `Mixcloud`.
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
  readonly callOptions: readonly string[] = SYNC_CALL_OPTIONS;
  readonly #settings: SessionOptions;
  readonly #session: number;
  #closed = false;

  /**
   * @throws `TypeError` or `RangeError` for an unknown option or one of the wrong kind.
   */
  constructor(options: MixcloudSyncOptions = {}) {
    const settings = validateClientOptions('MixcloudSync', options, []);
    super(settings);
    const { resourceClass, resourceListClass } = options;
    this.models = createModels<this>(
      this,
      validateClass('resourceClass', resourceClass, ResourceSync) as typeof ResourceSync,
      validateClass('resourceListClass', resourceListClass, ResourceListSync) as typeof ResourceListSync,
    );
    this.#settings = settings.session;
    this.#session = WorkerClient.get().open(this);
  }

  /** @internal */
  [RUN]<T>(operation: Operation<unknown>, options: object | undefined): T {
    const perform = (batch: Batch) => {
      // Read once the operation has checked its options, which it has when it asks for a step.
      const { onProgress } = (options ?? {}) as UploadFields;
      const refused = this.#refuse(batch);
      return refused ?? WorkerClient.get().sendAll(this.#session, this.#settings, toTransferable(batch), onProgress);
    };
    try {
      return drive(operation, perform) as T;
    } catch (error) {
      throw trimStack(error, this[RUN]);
    }
  }

  /** @internal */
  [ITERATE]<T>(pager: Pager): T {
    const worker = WorkerClient.get();
    return iterate<JobHandle | readonly ApiResult[], unknown>(pager, {
      start: (batch) => this.#refuse(batch) ?? worker.start(this.#session, this.#settings, batch),
      finish: (handle) => {
        if (!('job' in handle)) return handle;
        // What was begun ended with the client.
        return this.#closed ? [closedFailure()] : worker.finish(handle);
      },
      cancel: (handle) => {
        if ('job' in handle) worker.cancel(handle);
      },
    }) as T;
  }

  /** Frees the client's connections. Afterwards every call is refused. The worker stays for other clients. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    WorkerClient.get().close(this.#session);
  }

  /** For `using`: the same as `close()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #refuse(batch: Batch): readonly ApiResult[] | undefined {
    return this.#closed ? batch.requests.map(closedFailure) : undefined;
  }
}

brand(MixcloudSync, 'MixcloudSync');
