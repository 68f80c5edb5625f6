/** State and traps of lists. Items are wrapped when they are read. */

import { isJsonObject } from '../base/json.ts';
import { VERSION } from '../base/version.ts';
import { canonicalKey } from '../input/key.ts';
import { type ClientContext, MODELS } from '../operations/client-context.ts';
import { toJson, wrap } from './object-state.ts';
import { createReadOnlyTraps, type Sealable } from './read-only.ts';

/** Key of the state of a list. */
export const LIST: unique symbol = Symbol.for(`mixcloud-client:list:${VERSION}`);

/** The target of a list's proxy. Its own items are holes. The state has the items. */
export type ListTarget = unknown[] & { readonly [LIST]: ListState };

/** A JSON array, and the models of the items that were read. */
export class ListState implements Sealable {
  readonly raw: readonly unknown[];
  readonly client: ClientContext;
  sealed = false;
  // Cached: reading an item twice returns the same object, so its loaded data is kept.
  readonly #wrapped = new Map<number, unknown>();

  constructor(raw: readonly unknown[], client: ClientContext) {
    this.raw = raw;
    this.client = client;
  }

  get items(): unknown[] {
    return this.raw.map((_, index) => this.at(index));
  }

  at(index: number): unknown {
    const kept = this.#wrapped.get(index);
    if (kept !== undefined) return kept;
    const item = wrap(this.raw[index], this.client[MODELS]);
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
  ...createReadOnlyTraps<ListTarget>(
    (target) => target[LIST],
    (target, name) => name === 'length' || toIndex(target, name) >= 0,
  ),
  get(target, name, receiver) {
    if (typeof name === 'symbol') return Reflect.get(target, name, receiver);
    const index = toIndex(target, name);
    if (index >= 0) return target[LIST].at(index);
    if (name in target) {
      const member = Reflect.get(target, name, receiver);
      return isMutator(name, member) ? () => throwMutation(name) : member;
    }
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
};

/** Methods that change an array, and how to get the same from a copy. */
const MUTATORS: Readonly<Record<string, string>> = {
  sort: '[...list].sort()',
  reverse: '[...list].reverse()',
  push: '[...list, item]',
  unshift: '[item, ...list]',
  pop: 'list.slice(0, -1)',
  shift: 'list.slice(1)',
  splice: '[...list].splice()',
  fill: '[...list].fill()',
  copyWithin: '[...list].copyWithin()',
};

function isMutator(name: string, member: unknown): boolean {
  // A subclass may have a method of its own by that name.
  return Object.hasOwn(MUTATORS, name) && member === Reflect.get(Array.prototype, name);
}

function throwMutation(name: string): never {
  throw new TypeError(`Cannot ${name} a list of the API, because models are read-only; use ${MUTATORS[name]}`);
}
