import { count, options } from '../base/argument.ts';
import { brand } from '../base/brand.ts';
import type { JsonObject } from '../operations/client-context.ts';
import type { CallOptions, IterableOf, ListOf, Mode, Outcome } from '../operations/mode.ts';
import { adjacent, walk } from '../operations/pager.ts';
import * as operations from '../operations/reading.ts';
import { ITERATE, RUN, type Runner } from '../operations/runner.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessListBase } from './access-list.ts';
import { LIST, ListState } from './list-state.ts';
import { loadEach, resourceStateOf } from './load.ts';
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
export interface Paging {
  /** URL of the next page, if there is one. */
  readonly next?: string;
  /** URL of the previous page, if there is one. */
  readonly previous?: string;
}

/** The items and the envelope of a page. */
class PageState<M extends Mode> extends ListState {
  readonly envelope: JsonObject;
  readonly client: Runner<M>;
  readonly #wrapped = new Map<string, unknown>();

  constructor(envelope: JsonObject, client: Runner<M>) {
    super(Array.isArray(envelope.data) ? envelope.data : [], client.models);
    this.envelope = envelope;
    this.client = client;
  }

  /** A field of the envelope besides its items, or an item by its key. */
  override other(name: string): unknown {
    return name === 'data' || !Object.hasOwn(this.envelope, name) ? super.other(name) : this.field(name);
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
export class ResourceListBase<M extends Mode, I = unknown, F = unknown> extends AccessListBase<I> {
  /** @internal */
  declare readonly [LIST]: PageState<M>;

  constructor(data: JsonObject, client: Runner<M>) {
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
  get paging(): Paging | undefined {
    return this[LIST].field('paging') as Paging | undefined;
  }

  /** The next page, or `null` when there is none. */
  next(options?: CallOptions<M>): Outcome<M, ListOf<M, F> | null> {
    return step(this, 'next', options);
  }

  /** The previous page, or `null` when there is none. */
  previous(options?: CallOptions<M>): Outcome<M, ListOf<M, F> | null> {
    return step(this, 'previous', options);
  }

  /**
   * Every item of this page and of the pages after it. The next page is fetched while the caller works on this one, and
   * what was begun is given up when the loop is left. Ends at a missing, empty or repeated page.
   *
   * An error of the API is thrown even without `raiseExceptions`: a loop that ends early would look like a whole list.
   */
  all(given?: AllOptions & CallOptions<M>): IterableOf<M, F> {
    const { client } = this[LIST];
    const set = options('all options', given, ['limit', ...client.callOptions]);
    const limit = set.limit === undefined ? Number.POSITIVE_INFINITY : count('limit', set.limit);
    return client[ITERATE](walk(client, this, limit, set), given);
  }

  /**
   * Loads every partial item, several at once, and returns itself. The first failure is thrown once the rest have
   * settled; what was loaded stays loaded.
   */
  loadAll(given?: LoadOptions & ConcurrencyOptions & CallOptions<M>): Outcome<M, this> {
    return this[LIST].client[RUN](loadAll(this, given), given);
  }

  /** For example `<ResourceList 'Popular Cloudcasts'>`. */
  override toString(): string {
    return this.name === undefined ? '<ResourceList>' : `<ResourceList '${this.name}'>`;
  }
}

/** What every list of resources has besides its items. The class behind it is not public, and this keeps it a type. */
export interface ResourceListMembers<M extends Mode, I, F> extends ResourceListBase<M, I, F> {}

function step<M extends Mode, T>(
  list: ResourceListBase<M>,
  where: 'next' | 'previous',
  given: CallOptions<M> | undefined,
): Outcome<M, T> {
  return list[LIST].client[RUN](visit(list, where, given), given);
}

function* visit<M extends Mode>(
  list: ResourceListBase<M>,
  where: 'next' | 'previous',
  given: unknown,
): Operation<object | null> {
  const url = adjacent(list, where);
  const { client } = list[LIST];
  if (url !== undefined) return yield* operations.follow(client, url, given, where);
  options(`${where} options`, given, client.callOptions);
  return null;
}

function* loadAll<M extends Mode, L extends ResourceListBase<M>>(list: L, given: unknown): Operation<L> {
  const set = options('loadAll options', given, ['force', 'concurrency', ...list[LIST].client.callOptions]);
  const states = [...list].flatMap((item) => resourceStateOf(item) ?? []);
  yield* loadEach(states, set, set.concurrency);
  return list;
}

brand(ResourceListBase, 'ResourceList');
