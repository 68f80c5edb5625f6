import { brand } from '../base/brand.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { JsonObject } from '../base/json.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import { ObjectState, STATE } from './object-state.ts';
import { defineMember, READ_ONLY } from './read-only.ts';

/**
 * A JSON object of the API as a read-only view: fields are properties, dates read as `DateTime`, nested objects as models.
 *
 * A field that a member of this class covers (`data`, `items`) is in `data`.
 */
export class AccessDict {
  /** @internal */
  readonly [STATE]: ObjectState;

  constructor(data: JsonObject, models: ModelFactory, state: ObjectState = new ObjectState(data, models)) {
    this[STATE] = state;
    // biome-ignore lint/correctness/noConstructorReturn: the view is a proxy, which a class can only give so
    return new Proxy(this, HANDLER);
  }

  /** The decoded object, untouched: plain, serialisable, with dates as the strings that the API sent. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  get data(): Readonly<Record<string, any>> {
    return this[STATE].data;
  }

  /**
   * Name and value of each field.
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

  /** What `JSON.stringify` writes: the data, with what was loaded into objects inside it. */
  toJSON(): Record<string, unknown> {
    return this[STATE].toJSON();
  }

  /** A short name for messages. */
  toString(): string {
    return '<AccessDict>';
  }

  /** @internal */
  [INSPECT](depth: number | null, options: object, inspect: Inspect): string {
    if (depth !== null && depth < 0) return String(this);
    // The options hold the depth that was asked for, the argument what is left of it in here.
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
