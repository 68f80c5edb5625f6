import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import type { ConnectionMethods, Fields } from '../shared/models/fields.ts';
import { validateClient } from '../shared/models/model-arguments.ts';
import { ResourceBase, type ResourceMembers } from '../shared/models/resource.ts';
import type { ResourceOrigin } from '../shared/models/resource-state.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { AsyncMode } from './mode.ts';

/**
 * A user, cloudcast, tag or other object with a `type`, returned by the asynchronous client.
 *
 * Its fields are properties. `F` gives the types of the known ones. Its connections and actions are methods that return
 * promises.
 *
 * @example
 * ```ts
 * const user = await mixcloud.get<User>('bob');
 * user.created_time.year;
 * const followers = await user.followers({ limit: 50 });
 * ```
 */
export type Resource<F = AnyFields> = ResourceMembers<AsyncMode> &
  ConnectionMethods<AsyncMode, F> &
  Fields<AsyncMode, F, keyof ResourceMembers<AsyncMode>>;

/** The class of {@link Resource}. The option `resourceClass` accepts a subclass of it. */
export interface ResourceClass {
  new <F = AnyFields>(data: JsonObject, client: OperationRunner<AsyncMode>, origin?: ResourceOrigin): Resource<F>;
  /** @internal */
  readonly prototype: ResourceBase<AsyncMode>;
}

class AsyncResource extends ResourceBase<AsyncMode> {
  constructor(data: JsonObject, mixcloud: OperationRunner<AsyncMode>, options?: ResourceOrigin) {
    super(data, validateClient(mixcloud, 'Mixcloud'), options);
  }
}

brand(AsyncResource, 'Resource');

/** The class, for `instanceof` and `extends`. */
export const Resource = AsyncResource as ResourceClass;
