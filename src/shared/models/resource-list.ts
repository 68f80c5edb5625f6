import { brand } from '../base/brand.ts';
import type { JsonObject } from '../base/json.ts';
import { validateOptions } from '../base/options.ts';
import { quote } from '../base/quote.ts';
import type { AllOptions, ConcurrencyOptions, LoadOptions } from '../input/method-options.ts';
import { CALL_OPTIONS, type ClientContext, MODELS } from '../operations/client-context.ts';
import {
  type CallOptions,
  ITERATE,
  type IterableOf,
  type ListOf,
  type Mode,
  type OperationRunner,
  type ResourceOf,
  type Returned,
  RUN,
} from '../operations/mode.ts';
import { getPageLink } from '../operations/page-sequence.ts';
import { fetchLink } from '../operations/reading.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessArray, type ItemsByKey } from './access-list.ts';
import type { AnyFields } from './entities.ts';
import type { FullFields } from './fields.ts';
import { rejectCopies } from './incomplete-copy.ts';
import { LIST, ListState } from './list-state.ts';
import { all, loadAll } from './load.ts';
import { isLength, validateClient, validateData } from './model-arguments.ts';
import { wrap } from './object-state.ts';
import { getDisplayName } from './string-form.ts';

/** URLs of the adjacent pages. */
export interface PageLinks {
  /** URL of the next page, if there is one. */
  readonly next?: string;
  /** URL of the previous page, if there is one. */
  readonly previous?: string;
}

/** Members of every list of resources, except those of an array. */
export interface ResourceListMembers<M extends Mode, F> {
  /** The decoded response, unchanged: the items, `paging` and `name`. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  readonly data: Readonly<Record<string, any>>;
  /** Name of the list, such as `Popular Cloudcasts`. Many lists have none. */
  readonly name: string | undefined;
  /** The client that returned the list. */
  readonly mixcloud: M['client'];
  /** URLs of the adjacent pages, as the API sent them. */
  readonly paging: PageLinks | undefined;
  /** Returns the next page, or `null` when there is none. */
  next(options?: CallOptions<M>): Returned<M, ListOf<M, F> | null>;
  /** Returns the previous page, or `null` when there is none. */
  previous(options?: CallOptions<M>): Returned<M, ListOf<M, F> | null>;
  /**
   * Iterates over every item of this page and of the pages after it, and loads each before it is yielded: up to `concurrency`
   * items ahead, across pages, while the caller works. At most `concurrency` requests are under way, pages included.
   *
   * A failure is thrown at its place, after the items before it. With `onError`, an item that cannot be loaded is left out
   * instead.
   *
   * @example
   * ```ts
   * const onError = (error: Error, mix: object) => console.warn(String(mix), error.message);
   * for await (const mix of list.all({ load: true, onError })) console.log(mix.description);
   * ```
   */
  all(options: AllOptions<ResourceOf<M, F>> & CallOptions<M> & { readonly load: true }): IterableOf<M, FullFields<F>>;
  /**
   * Iterates over every item of this page and of the pages after it. Reads one page ahead while the caller works, and
   * cancels what is under way when the caller leaves the loop. Ends at a missing, empty or repeated page.
   *
   * Throws errors of the API even without `raiseExceptions`: a loop that ends early would look like a complete list.
   *
   * @throws `TypeError` for `onError` without `load`, at the first item.
   */
  all(options?: AllOptions<ResourceOf<M, F>> & CallOptions<M>): IterableOf<M, F>;
  /**
   * Loads every partial item, several at once, and returns the list itself. The first failure is thrown after every
   * request has settled. Items that have loaded stay loaded.
   */
  loadAll(options?: LoadOptions & ConcurrencyOptions & CallOptions<M>): Returned<M, ListOf<M, FullFields<F>>>;
  /** Used by `JSON.stringify`. Returns the items, including the data that they have loaded. */
  toJSON(): unknown[];
}

/** A list of resources with the fields `F`, in the mode `M`. */
export interface ListView<M extends Mode, F>
  extends ReadonlyArray<ResourceOf<M, F>>,
    ResourceListMembers<M, F>,
    ItemsByKey<ResourceOf<M, F>> {}

/** State of a page: its items and the other fields of the response. */
class PageState<M extends Mode> extends ListState {
  readonly envelope: JsonObject;
  declare readonly client: OperationRunner<M>;
  readonly #wrapped = new Map<string, unknown>();

  constructor(envelope: JsonObject, client: OperationRunner<M>) {
    super(Array.isArray(envelope.data) ? envelope.data : [], client);
    this.envelope = envelope;
  }

  /** Returns a field of the response other than `data`, or the item with that key. */
  override lookup(name: string): unknown {
    return name === 'data' || !Object.hasOwn(this.envelope, name) ? super.lookup(name) : this.field(name);
  }

  /** Returns a field of the response. */
  field(name: string): unknown {
    if (!Object.hasOwn(this.envelope, name)) return undefined;
    if (!this.#wrapped.has(name)) this.#wrapped.set(name, wrap(this.envelope[name], this.client[MODELS]));
    return this.#wrapped.get(name);
  }
}

/** The lists of both modes. Its interface has the documentation. */
export class ResourceListBase<M extends Mode, I = unknown, F = AnyFields>
  extends AccessArray<I>
  implements ResourceListMembers<M, F>
{
  /** @internal */
  declare readonly [LIST]: PageState<M>;

  /**
   * @param data - A decoded response with a `data` array.
   * @param mixcloud - The client whose items and pages these are.
   * @throws `TypeError` for an argument of another kind.
   */
  constructor(data: JsonObject, mixcloud: OperationRunner<M>) {
    // The base class returns a plain array for a length.
    const state = isLength(data, mixcloud)
      ? undefined
      : new PageState(validateData(data), validateClient<OperationRunner<M>>(mixcloud));
    super(state?.raw ?? (data as unknown as readonly unknown[]), mixcloud, state);
  }

  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  override get data(): Readonly<Record<string, any>> {
    return this[LIST].envelope;
  }

  get name(): string | undefined {
    const { name } = this[LIST].envelope;
    return typeof name === 'string' ? name : undefined;
  }

  override get mixcloud(): M['client'] {
    return this[LIST].client as object as M['client'];
  }

  get paging(): PageLinks | undefined {
    return this[LIST].field('paging') as PageLinks | undefined;
  }

  next(options?: CallOptions<M>): Returned<M, ListOf<M, F> | null> {
    return this[LIST].client[RUN](fetchAdjacent<M, F>, this, 'next', options);
  }

  previous(options?: CallOptions<M>): Returned<M, ListOf<M, F> | null> {
    return this[LIST].client[RUN](fetchAdjacent<M, F>, this, 'previous', options);
  }

  all(options: AllOptions<ResourceOf<M, F>> & CallOptions<M> & { readonly load: true }): IterableOf<M, FullFields<F>>;
  all(options?: AllOptions<ResourceOf<M, F>> & CallOptions<M>): IterableOf<M, F>;
  all(options?: AllOptions<ResourceOf<M, F>> & CallOptions<M>): IterableOf<M, F> {
    return this[LIST].client[ITERATE](all<ResourceOf<M, F>>, this, options);
  }

  loadAll(options?: LoadOptions & ConcurrencyOptions & CallOptions<M>): Returned<M, ListOf<M, FullFields<F>>> {
    return this[LIST].client[RUN](loadAll<ListOf<M, FullFields<F>>>, this, options);
  }

  /** For example `<ResourceList 'Popular Cloudcasts'>`. */
  override toString(): string {
    const { name } = this;
    return `<${getDisplayName(this)}${name === undefined ? '' : ` ${quote(name)}`}>`;
  }
}

function* fetchAdjacent<M extends Mode, F>(
  context: ClientContext,
  list: ResourceListBase<M>,
  direction: 'next' | 'previous',
  input: unknown,
): Operation<ListOf<M, F> | null> {
  const url = getPageLink(list, direction);
  if (url !== undefined) return yield* fetchLink<M, F>(context, url, input, direction);
  validateOptions(`${direction} options`, input, context[CALL_OPTIONS]);
  return null;
}

rejectCopies(ResourceListBase.prototype);
brand(ResourceListBase, 'ResourceList');
