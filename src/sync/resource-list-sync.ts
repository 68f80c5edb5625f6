import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { ItemsByKey } from '../shared/models/access-list.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import { isLength, validateClient } from '../shared/models/model-arguments.ts';
import { ResourceListBase, type ResourceListMembers } from '../shared/models/resource-list.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { MixcloudSync } from './mixcloud-sync.ts';
import type { SyncMode } from './mode.ts';
import type { ResourceSync } from './resource-sync.ts';

/** A page of a list, returned by the blocking client: a read-only array of resources. */
export interface ResourceListSync<F = AnyFields>
  extends ReadonlyArray<ResourceSync<F>>,
    ResourceListMembers<SyncMode, F>,
    ItemsByKey<ResourceSync<F>> {}

/** A class whose objects a client can return as lists. */
export type ResourceListSyncConstructor<L = ResourceListMembers<SyncMode, AnyFields>> = new (
  data: JsonObject,
  mixcloud: MixcloudSync,
) => L;

/** The class of {@link ResourceListSync}. The option `resourceListClass` accepts a subclass of it. */
export interface ResourceListSyncClass {
  /**
   * @param data - A decoded response with a `data` array.
   * @param mixcloud - The client whose items and pages these are.
   * @throws `TypeError` for an argument of another kind.
   */
  new <F = AnyFields>(data: JsonObject, mixcloud: MixcloudSync): ResourceListSync<F>;
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
