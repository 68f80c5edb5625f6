import { validateMilliseconds } from '../shared/base/argument.ts';
import { type OptionTable, rejectOption } from '../shared/base/options.ts';
import type { PlainResource, ResourceView } from '../shared/models/resource.ts';
import type { ListView } from '../shared/models/resource-list.ts';
import type { CallOptionTable } from '../shared/operations/client-context.ts';
import type { Mode, ResourceOf, ResultOf } from '../shared/operations/mode.ts';
import type { MixcloudSync, MixcloudSyncOf, MixcloudSyncOptions } from './mixcloud-sync.ts';
import type { ResourceListSync, ResourceListSyncClass } from './resource-list-sync.ts';
import type { ResourceSync, ResourceSyncClass } from './resource-sync.ts';

/** Options that every method of the blocking client accepts. */
export interface SyncCallOptions {
  /** Timeout of this call in milliseconds, instead of the client's. */
  readonly timeout?: number | null | undefined;
}

/** @internal */
export const SYNC_CALL_OPTIONS = {
  timeout: validateMilliseconds,
  signal: rejectOption('a blocking call cannot be aborted; give it a timeout, or use the asynchronous client'),
} satisfies OptionTable<SyncCallOptions> & CallOptionTable;

/** The blocking mode: methods return their results. */
export interface SyncMode extends Mode {
  readonly returned: ResultOf<this['value']>;
  readonly resource: ResourceSync<this['value']>;
  readonly plain: PlainResource<SyncMode, this['value']>;
  readonly list: ResourceListSync<this['value']>;
  readonly iterable: IterableIterator<ResourceSync<this['value']>>;
  readonly call: SyncCallOptions;
  readonly client: MixcloudSync;
  readonly options: MixcloudSyncOptions;
  readonly resourceClass: ResourceSyncClass;
  readonly resourceListClass: ResourceListSyncClass;
}

/** The blocking mode of a client with classes of its own: resources are also `R`, and lists are also `L`. */
export interface SyncModeOf<R, L> extends Mode {
  readonly returned: ResultOf<this['value']>;
  readonly resource: ResourceView<SyncModeOf<R, L>, this['value'], R>;
  readonly plain: PlainResource<SyncModeOf<R, L>, this['value'], R>;
  readonly list: ListView<SyncModeOf<R, L>, this['value']> & L;
  readonly iterable: IterableIterator<ResourceOf<SyncModeOf<R, L>, this['value']>>;
  readonly call: SyncCallOptions;
  readonly client: MixcloudSyncOf<R, L>;
  readonly options: MixcloudSyncOptions;
  readonly resourceClass: ResourceSyncClass;
  readonly resourceListClass: ResourceListSyncClass;
}
