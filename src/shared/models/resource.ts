import { validateFlag } from '../base/argument.ts';
import { brand } from '../base/brand.ts';
import type { JsonObject } from '../base/json.ts';
import { type OptionTable, validateOptions } from '../base/options.ts';
import { quote } from '../base/quote.ts';
import type { LoadOptions } from '../input/method-options.ts';
import type { Pagination } from '../input/pagination.ts';
import {
  type CallOptions,
  type ListOf,
  type Mode,
  type OperationRunner,
  type Returned,
  RUN,
} from '../operations/mode.ts';
import { connection } from '../operations/reading.ts';
import { rejectCopies } from './incomplete-copy.ts';
import { load } from './load.ts';
import { validateClient, validateData } from './model-arguments.ts';
import { STATE } from './object-state.ts';
import { type ResourceOrigin, ResourceState } from './resource-state.ts';
import { getDisplayName, toWords } from './string-form.ts';
import { TargetedMethods } from './targeted-methods.ts';

const RESOURCE_OPTIONS = {
  full: validateFlag,
  createConnections: validateFlag,
} satisfies OptionTable<ResourceOrigin>;

/** A JSON object with a `type`: a user, a cloudcast, a tag… */
export class ResourceBase<M extends Mode> extends TargetedMethods<M> {
  /**
   * @param data - A decoded JSON object.
   * @param mixcloud - The client that the methods use.
   * @param options - Whether the data has every field, and whether to create methods for the connections.
   * @throws `TypeError` for an argument of another kind.
   */
  constructor(data: JsonObject, mixcloud: OperationRunner<M>, options?: ResourceOrigin) {
    const client = validateClient<OperationRunner<M>>(mixcloud);
    const origin = validateOptions('resource options', options, RESOURCE_OPTIONS);
    super(data, client, new ResourceState(validateData(data), client, origin, TargetedMethods.prototype));
  }

  /** Path of the resource, such as `/bob/`. */
  get key(): string {
    return this[STATE].read('key') as string;
  }

  /** Kind of resource, such as `user`. */
  get type(): string {
    return this[STATE].read('type') as string;
  }

  /** Whether all fields are here. `false` for a resource inside a list or another object, until it is loaded. */
  get full(): boolean {
    return this[STATE].full;
  }

  /**
   * Loads the fields that a partial resource lacks, and returns the resource itself. Does nothing if the resource is
   * full, unless `force` is set.
   *
   * Throws errors of the API whatever `raiseExceptions` says, because the returned object existed before. The resource
   * then stays as it was.
   *
   * @example
   * ```ts
   * const [mix] = await mixcloud.popular();
   * (await mix?.load())?.description;
   * ```
   */
  load(options?: LoadOptions & CallOptions<M>): Returned<M, this> {
    return this[STATE].client[RUN](load<this>, this, options);
  }

  /**
   * Returns a connection of the resource by the API's name of it: `connection('listen-later')`.
   *
   * The methods named after the connections do the same. This one also works on a resource that is not loaded.
   */
  connection(name: string, page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, object>> {
    const owner = { key: this.key, links: this[STATE].links };
    return this[STATE].client[RUN](connection<M, object>, owner, name, page);
  }

  /** For example `<Resource: User '/bob/'>`. */
  override toString(): string {
    const { type, key } = this[STATE].data;
    // Not `String`, which throws for an object whose `toString` is a field.
    const kind = toWords(typeof type === 'string' ? type : typeof type);
    return `<${getDisplayName(this)}: ${kind}${typeof key === 'string' ? ` ${quote(key)}` : ''}>`;
  }
}

/** Members of every resource, whatever its fields. An interface, so that the class behind it stays private. */
export interface ResourceMembers<M extends Mode> extends ResourceBase<M> {}

rejectCopies(TargetedMethods.prototype);
rejectCopies(ResourceBase.prototype);
brand(ResourceBase, 'Resource');
