import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import { validateClient } from '../shared/models/model-arguments.ts';
import { ResourceBase, type ResourceMembers, type ResourceView } from '../shared/models/resource.ts';
import type { ResourceOptions } from '../shared/models/resource-state.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { Mixcloud } from './mixcloud.ts';
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
export type Resource<F = AnyFields> = ResourceView<AsyncMode, F>;

/** A class whose objects a client can return as resources. */
export type ResourceConstructor<R = ResourceMembers<AsyncMode>> = new (
  data: JsonObject,
  mixcloud: Mixcloud,
  options?: ResourceOptions,
) => R;

/** The class of {@link Resource}. The option `resourceClass` accepts a subclass of it. */
export interface ResourceClass {
  /**
   * @param data - A decoded JSON object.
   * @param mixcloud - The client that the methods use.
   * @throws `TypeError` for an argument of another kind.
   */
  new <F = AnyFields>(data: JsonObject, mixcloud: Mixcloud, options?: ResourceOptions): Resource<F>;
  /** @internal */
  readonly prototype: Resource;
}

class AsyncResource extends ResourceBase<AsyncMode> {
  constructor(data: JsonObject, mixcloud: OperationRunner<AsyncMode>, options?: ResourceOptions) {
    super(data, validateClient(mixcloud, 'Mixcloud'), options);
  }
}

brand(AsyncResource, 'Resource');

/** The class, for `instanceof` and `extends`. */
export const Resource = AsyncResource as unknown as ResourceClass;
