import { brand } from '../shared/base/brand.ts';
import { ClientBase } from '../shared/client/client.ts';
import { readSettings, type SessionSettings, type Settings } from '../shared/input/client-options.ts';
import type { UploadFields } from '../shared/input/upload-fields.ts';
import { modelsOf, readClass } from '../shared/models/model-factory.ts';
import type { ResourceBase } from '../shared/models/resource.ts';
import type { ResourceOrigin } from '../shared/models/resource-state.ts';
import type { JsonObject, Models } from '../shared/operations/client-context.ts';
import type { Walk } from '../shared/operations/pager.ts';
import { ITERATE, RUN, type Runner } from '../shared/operations/runner.ts';
import { closedFailure } from '../shared/protocol/failure.ts';
import type { Reply, Step } from '../shared/protocol/messages.ts';
import { atCaller, type Operation } from '../shared/protocol/operation.ts';
import { drive, iterate } from './drive.ts';
import { SYNC_CALL_OPTIONS, type SyncMode } from './mode.ts';
import { ResourceListSync } from './resource-list-sync.ts';
import { ResourceSync } from './resource-sync.ts';
import { pack } from './worker/transferable.ts';
import { Bridge, type Ticket } from './worker/worker-client.ts';

/** Options of a {@link MixcloudSync}. */
export interface MixcloudSyncOptions extends Settings {
  /**
   * Class of the resources that are returned.
   *
   * @defaultValue {@link ResourceSync}
   */
  readonly resourceClass?:
    | (new (
        data: JsonObject,
        client: Runner<SyncMode>,
        origin?: ResourceOrigin,
      ) => ResourceBase<SyncMode>)
    | undefined;
  /**
   * Class of the lists that are returned.
   *
   * @defaultValue {@link ResourceListSync}
   */
  readonly resourceListClass?: (new (data: JsonObject, client: Runner<SyncMode>) => ResourceListSync) | undefined;
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
  readonly models: Models;
  /** @internal */
  readonly callOptions: readonly string[] = SYNC_CALL_OPTIONS;
  readonly #settings: SessionSettings;
  readonly #session: number;
  #closed = false;

  /**
   * @throws `TypeError` or `RangeError` for an unknown option or one of the wrong kind.
   */
  constructor(options: MixcloudSyncOptions = {}) {
    const settings = readSettings('MixcloudSync', options, []);
    super(settings);
    const { resourceClass, resourceListClass } = options;
    this.models = modelsOf<this>(
      this,
      readClass('resourceClass', resourceClass, ResourceSync) as typeof ResourceSync,
      readClass('resourceListClass', resourceListClass, ResourceListSync) as typeof ResourceListSync,
    );
    this.#settings = settings.session;
    this.#session = Bridge.get().open(this);
  }

  /** @internal */
  [RUN]<T>(operation: Operation<unknown>, options: object | undefined): T {
    const perform = (step: Step) => {
      // Read once the operation has checked its options, which it has when it asks for a step.
      const { onProgress } = (options ?? {}) as UploadFields;
      const refused = this.#refuse(step);
      return refused ?? Bridge.get().perform(this.#session, this.#settings, pack(step), onProgress);
    };
    try {
      return drive(operation, perform) as T;
    } catch (error) {
      throw atCaller(error, this[RUN]);
    }
  }

  /** @internal */
  [ITERATE]<T>(walk: Walk): T {
    const bridge = Bridge.get();
    return iterate<Ticket | readonly Reply[], unknown>(walk, {
      start: (step) => this.#refuse(step) ?? bridge.start(this.#session, this.#settings, step),
      finish: (ticket) => {
        if (!('job' in ticket)) return ticket;
        // What was begun ended with the client.
        return this.#closed ? [closedFailure()] : bridge.finish(ticket);
      },
      drop: (ticket) => {
        if ('job' in ticket) bridge.drop(ticket);
      },
    }) as T;
  }

  /** Frees the client's connections. Afterwards every call is refused. The worker stays for other clients. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    Bridge.get().close(this.#session);
  }

  /** For `using`: the same as `close()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #refuse(step: Step): readonly Reply[] | undefined {
    return this.#closed ? step.requests.map(closedFailure) : undefined;
  }
}

brand(MixcloudSync, 'MixcloudSync');
