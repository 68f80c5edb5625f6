import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import type { UnknownFields } from '../shared/models/fields.ts';
import { isLength, validateClient } from '../shared/models/model-arguments.ts';
import { ResourceListBase, type ResourceListMembers } from '../shared/models/resource-list.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { SyncMode } from './mode.ts';
import type { ResourceSync } from './resource-sync.ts';

/** A page of a list, returned by the blocking client: a read-only array of resources. */
export type ResourceListSync<F = AnyFields> = Omit<
  ResourceListMembers<SyncMode, ResourceSync<F>, F>,
  keyof unknown[] | number
> &
  readonly ResourceSync<F>[] &
  UnknownFields;

/** The class of {@link ResourceListSync}. The option `resourceListClass` accepts a subclass of it. */
export interface ResourceListSyncClass {
  new <F = AnyFields>(data: JsonObject, client: OperationRunner<SyncMode>): ResourceListSync<F>;
  /** @internal */
  readonly prototype: ResourceListSync;
}

class BlockingResourceList extends ResourceListBase<SyncMode> {
  constructor(data: JsonObject, mixcloud: OperationRunner<SyncMode>) {
    super(data, isLength(data, mixcloud) ? mixcloud : validateClient(mixcloud, 'MixcloudSync'));
  }
}

brand(BlockingResourceList, 'ResourceListSync');

/** The class, for `instanceof` and `extends`. */
export const ResourceListSync = BlockingResourceList as unknown as ResourceListSyncClass;
