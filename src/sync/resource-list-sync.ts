import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import type { UnknownFields } from '../shared/models/fields.ts';
import { ResourceListBase, type ResourceListMembers } from '../shared/models/resource-list.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { SyncMode } from './mode.ts';
import type { ResourceSync } from './resource-sync.ts';

/** A page of a list, as the blocking client gives it: a read-only array of resources. */
export type ResourceListSync<F = AnyFields> = Omit<
  ResourceListMembers<SyncMode, ResourceSync<F>, F>,
  keyof unknown[] | number
> &
  readonly ResourceSync<F>[] &
  UnknownFields;

/** The class of {@link ResourceListSync}; a subclass of it can be given to a client as `resourceListClass`. */
export interface ResourceListSyncClass {
  new <F = AnyFields>(data: JsonObject, client: OperationRunner<SyncMode>): ResourceListSync<F>;
  /** @internal */
  readonly prototype: ResourceListSync;
}

class BlockingResourceList extends ResourceListBase<SyncMode> {}

brand(BlockingResourceList, 'ResourceListSync');

/** The class itself, for `instanceof` and `extends`. */
export const ResourceListSync = BlockingResourceList as unknown as ResourceListSyncClass;
