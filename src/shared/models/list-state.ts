/** State and traps of lists. Items are wrapped when they are read. */

import { isJsonObject } from '../base/json.ts';
import { canonicalKey } from '../input/key.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import { toJson, wrap } from './object-state.ts';
import { defineMember, READ_ONLY } from './read-only.ts';

/** Key of the state of a list. */
export const LIST: unique symbol = Symbol('list');

/** The target of a list's proxy. Its own items are holes. The state has the items. */
export type ListTarget = unknown[] & { readonly [LIST]: ListState };

/** A JSON array, and the models of the items that were read. */
export class ListState {
  readonly raw: readonly unknown[];
  readonly #models: ModelFactory;
  // Cached: reading an item twice returns the same object, so its loaded data is kept.
  readonly #wrapped = new Map<number, unknown>();

  constructor(raw: readonly unknown[], models: ModelFactory) {
    this.raw = raw;
    this.#models = models;
  }

  at(index: number): unknown {
    const kept = this.#wrapped.get(index);
    if (kept !== undefined) return kept;
    const item = wrap(this.raw[index], this.#models);
    if (item !== this.raw[index]) this.#wrapped.set(index, item);
    return item;
  }

  /** Returns the item with the key `name`, with or without slashes. */
  lookup(name: string): unknown {
    // `await` reads `then` of every value. Do not search for it.
    if (name === 'then') return undefined;
    const wanted = canonicalKey(name);
    if (wanted === '') return undefined;
    const index = this.raw.findIndex(
      (item) => isJsonObject(item) && typeof item.key === 'string' && canonicalKey(item.key) === wanted,
    );
    return index < 0 ? undefined : this.at(index);
  }

  /** Returns the items, including the data that they have loaded. */
  toJSON(): unknown[] {
    return this.raw.map((raw, index) => toJson(raw, this.#wrapped.get(index)));
  }
}

const INDEX = /^(?:0|[1-9]\d*)$/;

function toIndex(target: ListTarget, name: string | symbol): number {
  if (typeof name === 'symbol' || !INDEX.test(name)) return -1;
  const index = Number(name);
  return index < target.length ? index : -1;
}

/** Traps of a list. */
export const LIST_HANDLER: ProxyHandler<ListTarget> = {
  ...READ_ONLY,
  get(target, name, receiver) {
    if (typeof name === 'symbol') return Reflect.get(target, name, receiver);
    const index = toIndex(target, name);
    if (index >= 0) return target[LIST].at(index);
    if (name in target) return Reflect.get(target, name, receiver);
    return INDEX.test(name) ? undefined : target[LIST].lookup(name);
  },
  has: (target, name) =>
    toIndex(target, name) >= 0 ||
    name in target ||
    (typeof name === 'string' && target[LIST].lookup(name) !== undefined),
  // Items and length only. The state and the fields of subclasses are not shown.
  ownKeys: (target) => [...target.keys()].map(String).concat('length'),
  getOwnPropertyDescriptor(target, name) {
    const index = toIndex(target, name);
    if (index >= 0) return { value: target[LIST].at(index), writable: false, enumerable: true, configurable: true };
    return name === 'length' ? Reflect.getOwnPropertyDescriptor(target, name) : undefined;
  },
  defineProperty: (target, name, descriptor) =>
    defineMember(target, name, descriptor, name === 'length' || toIndex(target, name) >= 0),
};
