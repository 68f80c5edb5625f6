import { brand } from '../shared/base/brand.ts';
import type { JsonObject } from '../shared/base/json.ts';
import type { AnyFields } from '../shared/models/entities.ts';
import type { UnknownFields } from '../shared/models/fields.ts';
import { isLength, validateClient } from '../shared/models/model-arguments.ts';
import { ResourceListBase, type ResourceListMembers } from '../shared/models/resource-list.ts';
import type { OperationRunner } from '../shared/operations/mode.ts';
import type { AsyncMode } from './mode.ts';
import type { Resource } from './resource.ts';

/**
 * A page of a list, returned by the asynchronous client: a read-only array of resources.
 *
 * @example
 * ```ts
 * const popular = await mixcloud.popular();
 * popular[0]?.name;
 * popular['chris/funky-mix']?.audio_length;
 * for await (const mix of popular.all({ limit: 200 })) console.log(mix.url);
 * ```
 */
export type ResourceList<F = AnyFields> = Omit<
  ResourceListMembers<AsyncMode, Resource<F>, F>,
  keyof unknown[] | number
> &
  readonly Resource<F>[] &
  UnknownFields;

/** The class of {@link ResourceList}. The option `resourceListClass` accepts a subclass of it. */
export interface ResourceListClass {
  new <F = AnyFields>(data: JsonObject, client: OperationRunner<AsyncMode>): ResourceList<F>;
  /** @internal */
  readonly prototype: ResourceList;
}

class AsyncResourceList extends ResourceListBase<AsyncMode> {
  constructor(data: JsonObject, mixcloud: OperationRunner<AsyncMode>) {
    super(data, isLength(data, mixcloud) ? mixcloud : validateClient(mixcloud, 'Mixcloud'));
  }
}

brand(AsyncResourceList, 'ResourceList');

/** The class, for `instanceof` and `extends`. */
export const ResourceList = AsyncResourceList as unknown as ResourceListClass;
