import { brand, isBranded } from '../base/brand.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import { failWithoutState, findState, rejectCopies, setState } from './incomplete-copy.ts';
import { LIST, LIST_HANDLER, ListState, type ListTarget } from './list-state.ts';
import { isLength, validateArray, validateClient } from './model-arguments.ts';
import { getDisplayName, inspectModel } from './string-form.ts';

/** A key as lists take it. It has a slash, because a name without one is checked as a member: `'/bob/'`, `'luke/a-mix'`. */
export type ItemKey = `${string}/${string}`;

/** Items that can be read by their keys. Slashes at the ends are optional; the key of a user is written with them. */
export interface ItemsByKey<I> {
  /** The item with a key. */
  readonly [key: `${string}/${string}`]: I | undefined;
}

/**
 * A read-only view of a JSON array. It is an array whose items are models. Items can also be read by their keys.
 *
 * @example
 * ```ts
 * mix.tags.map((tag) => tag.name);
 * mix.tags['/genres/jazz/']?.url;
 * ```
 */
export interface AccessList<I = unknown> extends ReadonlyArray<I>, ItemsByKey<I> {
  /** The decoded array, unchanged. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  readonly data: any;
  /** The client that returned the list. */
  readonly mixcloud: object;
  /** Used by `JSON.stringify`. Returns the items, including the data that they have loaded. */
  toJSON(): unknown[];
}

/** The class of {@link AccessList}. */
export interface AccessListClass {
  /**
   * @param data - A decoded JSON array.
   * @param mixcloud - A client of either mode. The items use it.
   * @throws `TypeError` for an argument of another kind.
   */
  new <I = unknown>(data: readonly unknown[], mixcloud: object): AccessList<I>;
  /** @internal */
  readonly prototype: AccessList;
}

/** Base class of all lists. */
export class AccessArray<I = unknown> extends Array<I> {
  /** @internal */
  declare readonly [LIST]: ListState;

  /** Methods such as `map` return ordinary arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(data: readonly unknown[], mixcloud: object, state?: ListState) {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: libraries that copy arrays call `new list.constructor(length)`
    if (!state && isLength(data, mixcloud)) return new Array(data) as never;
    const own = state ?? new ListState(validateArray(data), validateClient(mixcloud));
    own.sealed = isBranded(new.target);
    this.length = own.raw.length;
    setState(this, LIST, own);
    // biome-ignore lint/correctness/noConstructorReturn: a class can only return a proxy from its constructor
    return new Proxy(this as ListTarget, LIST_HANDLER) as unknown as this;
  }

  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  get data(): any {
    return this[LIST].raw;
  }

  get mixcloud(): object {
    return this[LIST].client;
  }

  toJSON(): unknown[] {
    return findState(() => this[LIST])?.toJSON() ?? Array.from(this);
  }

  override toString(): string {
    return `<${getDisplayName(this)}>`;
  }

  /** @internal */
  [INSPECT](depth?: number | null, options?: object, inspect?: Inspect): string {
    const state = findState(() => this[LIST]);
    const title = state ? String(this) : `<${getDisplayName(this)}>`;
    return inspectModel(title, () => state?.items ?? Array.from(this), depth, options, inspect);
  }
}

failWithoutState(AccessArray.prototype, LIST);
rejectCopies(AccessArray.prototype);

brand(AccessArray, 'AccessList');

/** The class, for `instanceof` and `extends`. */
export const AccessList = AccessArray as unknown as AccessListClass;
