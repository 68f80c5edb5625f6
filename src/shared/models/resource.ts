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
  type PlainOf,
  type ResourceOf,
  type Returned,
  RUN,
} from '../operations/mode.ts';
import { connection } from '../operations/reading.ts';
import type { AccessDict } from './access-dict.ts';
import type { AnyFields } from './entities.ts';
import type { ActionsOf, ConnectionsOf, Fields, FullFields } from './fields.ts';
import { rejectCopies } from './incomplete-copy.ts';
import { load } from './load.ts';
import { validateClient, validateData } from './model-arguments.ts';
import { STATE } from './object-state.ts';
import { type ResourceOptions, ResourceState } from './resource-state.ts';
import { getDisplayName, toWords } from './string-form.ts';
import { TargetedMethods } from './targeted-methods.ts';

const RESOURCE_OPTIONS = {
  full: validateFlag,
  createConnections: validateFlag,
} satisfies OptionTable<ResourceOptions>;

/** Members of every resource, whatever its fields. `Loaded` is the type that it has once it is loaded. */
export interface ResourceMembers<M extends Mode, F = AnyFields, Loaded = ResourceOf<M, FullFields<F>>>
  extends AccessDict {
  /** Path of the resource, such as `/bob/`. */
  readonly key: string;
  /** Kind of resource, such as `user`. */
  readonly type: string;
  /** Whether all fields are here. `false` for a resource inside a list or another object, until it is loaded. */
  readonly full: boolean;
  /** The client that returned the resource. */
  readonly mixcloud: M['client'];
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
  load(options?: LoadOptions & CallOptions<M>): Returned<M, Loaded>;
  /**
   * Returns a connection of the resource by the API's name of it: `connection('listen-later')`.
   *
   * The methods named after the connections do the same. This one takes any name.
   */
  connection(name: string, page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, AnyFields>>;
}

/** A resource with the fields `F`, without methods for its connections. `R` is what the caller's class adds. */
export type PlainResource<M extends Mode, F, R = unknown> = ResourceMembers<M, F, PlainOf<M, FullFields<F>>> &
  ActionsOf<M, F> &
  Fields<M, F, keyof ResourceMembers<M> | keyof ActionsOf<M, F>> &
  R;

/** A resource with the fields `F`, and with methods for its connections. `R` is what the caller's class adds. */
export type ResourceView<M extends Mode, F, R = unknown> = ResourceMembers<M, F> &
  ConnectionsOf<M, F> &
  ActionsOf<M, F> &
  Fields<M, F, keyof ResourceMembers<M> | keyof ConnectionsOf<M, F> | keyof ActionsOf<M, F>> &
  R;

/** A JSON object with a `type`: a user, a cloudcast, a tag… */
export class ResourceBase<M extends Mode> extends TargetedMethods<M> implements ResourceMembers<M> {
  /**
   * @param data - A decoded JSON object.
   * @param mixcloud - The client that the methods use.
   * @param options - Whether the data has every field, and whether to create methods for the connections.
   * @throws `TypeError` for an argument of another kind.
   */
  constructor(data: JsonObject, mixcloud: OperationRunner<M>, options?: ResourceOptions) {
    const client = validateClient<OperationRunner<M>>(mixcloud);
    const validated = validateOptions('resource options', options, RESOURCE_OPTIONS);
    super(data, client, new ResourceState(validateData(data), client, validated, TargetedMethods.prototype));
  }

  get key(): string {
    return this[STATE].read('key') as string;
  }

  get type(): string {
    return this[STATE].read('type') as string;
  }

  get full(): boolean {
    return this[STATE].full;
  }

  load(options?: LoadOptions & CallOptions<M>): Returned<M, this> {
    return this[STATE].client[RUN](load<this>, this, options);
  }

  connection(name: string, page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, AnyFields>> {
    const owner = { key: this.key, links: this[STATE].links };
    return this[STATE].client[RUN](connection<M, AnyFields>, owner, name, page);
  }

  /** For example `<Resource: User '/bob/'>`. */
  override toString(): string {
    const { type, key } = this[STATE].data;
    // Not `String`, which throws for an object whose `toString` is a field.
    const kind = toWords(typeof type === 'string' ? type : typeof type);
    return `<${getDisplayName(this)}: ${kind}${typeof key === 'string' ? ` ${quote(key)}` : ''}>`;
  }
}

rejectCopies(TargetedMethods.prototype);
rejectCopies(ResourceBase.prototype);
brand(ResourceBase, 'Resource');
