import { brand } from '../base/brand.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { JsonObject } from '../base/json.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import { ObjectState, STATE } from './object-state.ts';
import { defineMember, READ_ONLY } from './read-only.ts';

/**
 * A read-only view of a JSON object: fields are properties, dates are `DateTime`s, nested objects are models.
 *
 * Use `data` to read a field with the name of a member of this class (`data`, `items`).
 */
export class AccessDict {
  /** @internal */
  readonly [STATE]: ObjectState;

  constructor(data: JsonObject, models: ModelFactory, state: ObjectState = new ObjectState(data, models)) {
    this[STATE] = state;
    // biome-ignore lint/correctness/noConstructorReturn: a class can only return a proxy from its constructor
    return new Proxy(this, HANDLER);
  }

  /** The decoded object, unchanged: plain and serialisable, with dates as ISO strings. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  get data(): Readonly<Record<string, any>> {
    return this[STATE].data;
  }

  /**
   * Returns the name and the value of each field.
   *
   * @example
   * ```ts
   * for (const [name, value] of user.items()) console.log(name, value);
   * ```
   */
  // biome-ignore lint/suspicious/noExplicitAny: values of fields of any kind
  items(): IterableIterator<[string, any]> {
    return this[STATE].entries();
  }

  /** Used by `JSON.stringify`. Returns the data, including the data that nested resources have loaded. */
  toJSON(): Record<string, unknown> {
    return this[STATE].toJSON();
  }

  /** For example `<AccessDict>`. */
  toString(): string {
    return '<AccessDict>';
  }

  /** @internal */
  [INSPECT](depth: number | null, options: object, inspect: Inspect): string {
    if (depth !== null && depth < 0) return String(this);
    // `options.depth` is the depth of the whole call. The argument `depth` is the remaining depth here.
    return `${this} ${inspect(Object.fromEntries(this[STATE].entries()), { ...options, depth })}`;
  }
}

const HANDLER: ProxyHandler<AccessDict> = {
  ...READ_ONLY,
  get(target: AccessDict, name: string | symbol, receiver: unknown): unknown {
    if (typeof name === 'symbol') return Reflect.get(target, name, receiver);
    const state = target[STATE];
    const first = state.connectionMethod(target, name, receiver);
    if (first !== undefined) return first;
    return name in target ? Reflect.get(target, name, receiver) : state.read(name);
  },
  has: (target, name) => (typeof name === 'symbol' ? Reflect.has(target, name) : target[STATE].has(name)),
  ownKeys: (target) => Object.keys(target[STATE].data),
  getOwnPropertyDescriptor(target, name) {
    if (typeof name === 'symbol' || !target[STATE].has(name)) return undefined;
    return { value: target[STATE].read(name), writable: false, enumerable: true, configurable: true };
  },
  defineProperty: (target, name, descriptor) =>
    defineMember(target, name, descriptor, typeof name === 'string' && target[STATE].has(name)),
};

brand(AccessDict, 'AccessDict');
