import { validateCount, validateOptions } from '../base/argument.ts';
import { brand } from '../base/brand.ts';
import type { JsonObject } from '../base/json.ts';
import type { CallOptions, IterableOf, ListOf, Mode, Returned } from '../operations/mode.ts';
import { ITERATE, type OperationRunner, RUN } from '../operations/mode.ts';
import { createPager, getPageLink } from '../operations/pager.ts';
import * as operations from '../operations/reading.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessList } from './access-list.ts';
import { LIST, ListState } from './list-state.ts';
import { getResourceState, loadEach } from './load.ts';
import { wrap } from './object-state.ts';
import type { LoadOptions } from './resource.ts';

/** Options of `all`. */
export interface AllOptions {
  /**
   * Most items to give.
   *
   * @defaultValue all there are
   */
  readonly limit?: number | undefined;
}

/** Options of whatever sends several requests at once. */
export interface ConcurrencyOptions {
  /**
   * Most requests that are under way at the same time.
   *
   * @defaultValue 8
   */
  readonly concurrency?: number | undefined;
}

/** Where the pages next to a page of a list are. */
export interface PageLinks {
  /** URL of the next page, if there is one. */
  readonly next?: string;
  /** URL of the previous page, if there is one. */
  readonly previous?: string;
}

/** The items and the envelope of a page. */
class PageState<M extends Mode> extends ListState {
  readonly envelope: JsonObject;
  readonly client: OperationRunner<M>;
  readonly #wrapped = new Map<string, unknown>();

  constructor(envelope: JsonObject, client: OperationRunner<M>) {
    super(Array.isArray(envelope.data) ? envelope.data : [], client.models);
    this.envelope = envelope;
    this.client = client;
  }

  /** A field of the envelope besides its items, or an item by its key. */
  override lookup(name: string): unknown {
    return name === 'data' || !Object.hasOwn(this.envelope, name) ? super.lookup(name) : this.field(name);
  }

  /** A field of the envelope. */
  field(name: string): unknown {
    if (!Object.hasOwn(this.envelope, name)) return undefined;
    if (!this.#wrapped.has(name)) this.#wrapped.set(name, wrap(this.envelope[name], this.client.models));
    return this.#wrapped.get(name);
  }
}

/**
 * A page of a list: a read-only array of resources, which can also be read by their keys, with the way to the pages
 * next to it.
 */
export class ResourceListBase<M extends Mode, I = unknown, F = unknown> extends AccessList<I> {
  /** @internal */
  declare readonly [LIST]: PageState<M>;

  constructor(data: JsonObject, client: OperationRunner<M>) {
    const state = new PageState(data, client);
    super(state.raw, client.models, state);
  }

  /** The decoded answer, untouched: the items with their `paging` and `name`. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  override get data(): Readonly<Record<string, any>> {
    return this[LIST].envelope;
  }

  /** What the API calls the list, such as `Popular Cloudcasts`; many have no name. */
  get name(): string | undefined {
    const { name } = this[LIST].envelope;
    return typeof name === 'string' ? name : undefined;
  }

  /** URLs of the adjacent pages, as the API sent them. */
  get paging(): PageLinks | undefined {
    return this[LIST].field('paging') as PageLinks | undefined;
  }

  /** The next page, or `null` when there is none. */
  next(options?: CallOptions<M>): Returned<M, ListOf<M, F> | null> {
    return batch(this, 'next', options);
  }

  /** The previous page, or `null` when there is none. */
  previous(options?: CallOptions<M>): Returned<M, ListOf<M, F> | null> {
    return batch(this, 'previous', options);
  }

  /**
   * Every item of this page and of the pages after it. The next page is fetched while the caller works on this one, and
   * what was begun is given up when the loop is left. Ends at a missing, empty or repeated page.
   *
   * An error of the API is thrown even without `raiseExceptions`: a loop that ends early would look like a whole list.
   */
  all(input?: AllOptions & CallOptions<M>): IterableOf<M, F> {
    const { client } = this[LIST];
    const options = validateOptions('all options', input, ['limit', ...client.callOptions]);
    const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : validateCount('limit', options.limit);
    return client[ITERATE](createPager(client, this, limit, options), input);
  }

  /**
   * Loads every partial item, several at once, and returns itself. The first failure is thrown once the rest have
   * settled; what was loaded stays loaded.
   */
  loadAll(input?: LoadOptions & ConcurrencyOptions & CallOptions<M>): Returned<M, this> {
    return this[LIST].client[RUN](loadAll(this, input), input);
  }

  /** For example `<ResourceList 'Popular Cloudcasts'>`. */
  override toString(): string {
    return this.name === undefined ? '<ResourceList>' : `<ResourceList '${this.name}'>`;
  }
}

/** What every list of resources has besides its items. The class behind it is not public, and this keeps it a type. */
export interface ResourceListMembers<M extends Mode, I, F> extends ResourceListBase<M, I, F> {}

function batch<M extends Mode, T>(
  list: ResourceListBase<M>,
  where: 'next' | 'previous',
  input: CallOptions<M> | undefined,
): Returned<M, T> {
  return list[LIST].client[RUN](visit(list, where, input), input);
}

function* visit<M extends Mode>(
  list: ResourceListBase<M>,
  where: 'next' | 'previous',
  input: unknown,
): Operation<object | null> {
  const url = getPageLink(list, where);
  const { client } = list[LIST];
  if (url !== undefined) return yield* operations.fetchLink(client, url, input, where);
  validateOptions(`${where} options`, input, client.callOptions);
  return null;
}

function* loadAll<M extends Mode, L extends ResourceListBase<M>>(list: L, input: unknown): Operation<L> {
  const options = validateOptions('loadAll options', input, ['force', 'concurrency', ...list[LIST].client.callOptions]);
  const states = [...list].flatMap((item) => getResourceState(item) ?? []);
  yield* loadEach(states, options, options.concurrency);
  return list;
}

brand(ResourceListBase, 'ResourceList');
