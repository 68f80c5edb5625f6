import { brand } from '../base/brand.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import { LIST, LIST_HANDLER, ListState, type ListTarget } from './list-state.ts';

/**
 * A read-only view of a JSON array. It is an array whose items are models. Items can also be read by their keys.
 *
 * @example
 * ```ts
 * mix.tags.map((tag) => tag.name);
 * mix.tags['/genres/jazz/']?.url;
 * ```
 */
export class AccessList<I = unknown> extends Array<I> {
  /** @internal */
  readonly [LIST]: ListState;

  /** Methods such as `map` return ordinary arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(raw: readonly unknown[], models: ModelFactory, state: ListState = new ListState(raw, models)) {
    super();
    this.length = raw.length;
    this[LIST] = state;
    // biome-ignore lint/correctness/noConstructorReturn: a class can only return a proxy from its constructor
    return new Proxy(this as ListTarget, LIST_HANDLER) as unknown as this;
  }

  /** The decoded array, unchanged. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  get data(): any {
    return this[LIST].raw;
  }

  /** Used by `JSON.stringify`. Returns the items, including the data that they have loaded. */
  toJSON(): unknown[] {
    return this[LIST].toJSON();
  }

  override toString(): string {
    return '<AccessList>';
  }

  /** @internal */
  [INSPECT](depth: number | null, options: object, inspect: Inspect): string {
    return depth !== null && depth < 0 ? String(this) : `${this} ${inspect([...this], { ...options, depth })}`;
  }
}

brand(AccessList, 'AccessList');
