import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import { validateClient } from '../shared/models/model-arguments.ts';
import { ResourceBase, type ResourceMembers, type ResourceView } from '../shared/models/resource.ts';
import type { ResourceOptions } from '../shared/models/resource-state.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { MixcloudSync } from './mixcloud-sync.ts';
import type { SyncMode } from './mode.ts';

/**
 * A user, cloudcast, tag or other object with a `type`, returned by the blocking client. Its methods block.
 *
 * @example
 * ```ts
 * new MixcloudSync().get('someuser/somemix').similar()[0].load().picture_primary_color;
 * ```
 */
export type ResourceSync<F = AnyFields> = ResourceView<SyncMode, F>;

/** A class whose objects a client can return as resources. */
export type ResourceSyncConstructor<R = ResourceMembers<SyncMode>> = new (
  data: JsonObject,
  mixcloud: MixcloudSync,
  options?: ResourceOptions,
) => R;

/** The class of {@link ResourceSync}. The option `resourceClass` accepts a subclass of it. */
export interface ResourceSyncClass {
  /**
   * @param data - A decoded JSON object.
   * @param mixcloud - The client that the methods use.
   * @throws `TypeError` for an argument of another kind.
   */
  new <F = AnyFields>(data: JsonObject, mixcloud: MixcloudSync, options?: ResourceOptions): ResourceSync<F>;
  /** @internal */
  readonly prototype: ResourceSync;
}

class BlockingResource extends ResourceBase<SyncMode> {
  constructor(data: JsonObject, mixcloud: OperationRunner<SyncMode>, options?: ResourceOptions) {
    super(data, validateClient(mixcloud, 'MixcloudSync'), options);
  }
}

brand(BlockingResource, 'ResourceSync');

/** The class, for `instanceof` and `extends`. */
export const ResourceSync = BlockingResource as unknown as ResourceSyncClass;
