import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import type { ConnectionMethods, Fields } from '../shared/models/fields.ts';
import { validateClient } from '../shared/models/model-arguments.ts';
import { ResourceBase, type ResourceMembers } from '../shared/models/resource.ts';
import type { ResourceOrigin } from '../shared/models/resource-state.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { SyncMode } from './mode.ts';

/**
 * A user, cloudcast, tag or other object with a `type`, returned by the blocking client. Its methods block.
 *
 * @example
 * ```ts
 * new MixcloudSync().get('someuser/somemix').similar()[0].load().picture_primary_color;
 * ```
 */
export type ResourceSync<F = AnyFields> = ResourceMembers<SyncMode> &
  ConnectionMethods<SyncMode, F> &
  Fields<SyncMode, F, keyof ResourceMembers<SyncMode>>;

/** The class of {@link ResourceSync}. The option `resourceClass` accepts a subclass of it. */
export interface ResourceSyncClass {
  new <F = AnyFields>(data: JsonObject, client: OperationRunner<SyncMode>, origin?: ResourceOrigin): ResourceSync<F>;
  /** @internal */
  readonly prototype: ResourceBase<SyncMode>;
}

class BlockingResource extends ResourceBase<SyncMode> {
  constructor(data: JsonObject, mixcloud: OperationRunner<SyncMode>, options?: ResourceOrigin) {
    super(data, validateClient(mixcloud, 'MixcloudSync'), options);
  }
}

brand(BlockingResource, 'ResourceSync');

/** The class, for `instanceof` and `extends`. */
export const ResourceSync = BlockingResource as ResourceSyncClass;
