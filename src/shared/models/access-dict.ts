import { brand, isBranded } from '../base/brand.ts';
import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { JsonObject } from '../base/json.ts';
import { failWithoutState, findState, rejectCopies, setState } from './incomplete-copy.ts';
import { validateClient, validateData } from './model-arguments.ts';
import { ObjectState, STATE } from './object-state.ts';
import { createReadOnlyTraps } from './read-only.ts';
import { getDisplayName, inspectModel } from './string-form.ts';

/** Fields that no type knows are `any`, because the API may add fields at any time. */
export interface UnknownFields {
  // biome-ignore lint/suspicious/noExplicitAny: unknown fields of the API have any type
  readonly [field: string]: any;
}

/**
 * A read-only view of a JSON object: fields are properties, dates are `DateTime`s, nested objects are models.
 *
 * Use `data` to read a field with the name of a member of this class (`data`, `items`).
 */
export class AccessDict {
  /** @internal */
  declare readonly [STATE]: ObjectState;

  /**
   * @param data - A decoded JSON object.
   * @param mixcloud - A client of either mode. Nested resources use it.
   * @throws `TypeError` for an argument of another kind.
   */
  constructor(data: JsonObject, mixcloud: object);
  /** @internal */
  constructor(data: JsonObject, mixcloud: object, state: ObjectState);
  constructor(data: JsonObject, mixcloud: object, state?: ObjectState) {
    const own = state ?? new ObjectState(validateData(data), validateClient(mixcloud));
    own.sealed = isBranded(new.target);
    setState(this, STATE, own);
    // biome-ignore lint/correctness/noConstructorReturn: a class can only return a proxy from its constructor
    return new Proxy(this, HANDLER);
  }

  /** The decoded object, unchanged: plain and serialisable, with dates as ISO strings. */
  // biome-ignore lint/suspicious/noExplicitAny: raw data of the API, of any structure
  get data(): Readonly<Record<string, any>> {
    return this[STATE].response;
  }

  /** The client that returned the object. */
  get mixcloud(): object {
    return this[STATE].client;
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

  /** Returns the name of each field. */
  keys(): IterableIterator<string> {
    return Object.keys(this[STATE].data).values();
  }

  /** Returns the value of each field. */
  // biome-ignore lint/suspicious/noExplicitAny: values of fields of any kind
  values(): IterableIterator<any> {
    return this[STATE].values();
  }

  /** Used by `JSON.stringify`. Returns the data, including the data that nested resources have loaded. */
  toJSON(): Record<string, unknown> {
    return findState(() => this[STATE])?.toJSON() ?? Object.fromEntries(Object.entries(this));
  }

  /** For example `<AccessDict>`. */
  toString(): string {
    return `<${getDisplayName(this)}>`;
  }

  /** @internal */
  [INSPECT](depth?: number | null, options?: object, inspect?: Inspect): string {
    const state = findState(() => this[STATE]);
    const getFields = () => (state ? Object.fromEntries(state.entries()) : this.toJSON());
    const title = state ? String(this) : `<${getDisplayName(this)}>`;
    return inspectModel(title, getFields, depth, options, inspect);
  }
}

failWithoutState(AccessDict.prototype, STATE);
rejectCopies(AccessDict.prototype);

const HANDLER: ProxyHandler<AccessDict> = {
  ...createReadOnlyTraps<AccessDict>(
    (target) => target[STATE],
    (target, name) => typeof name === 'string' && target[STATE].has(name),
  ),
  get(target, name, receiver) {
    const state = target[STATE];
    if (typeof name === 'symbol') return name in target ? Reflect.get(target, name, receiver) : state.getMissing(name);
    const first = state.connectionMethod(target, name, receiver);
    if (first !== undefined) return first;
    if (name in target) return Reflect.get(target, name, receiver);
    return state.has(name) ? state.read(name) : state.getMissing(name);
  },
  has: (target, name) => (typeof name === 'symbol' ? Reflect.has(target, name) : target[STATE].has(name)),
  ownKeys: (target) => Object.keys(target[STATE].data),
  getOwnPropertyDescriptor(target, name) {
    if (typeof name === 'symbol' || !target[STATE].has(name)) return undefined;
    return { value: target[STATE].read(name), writable: false, enumerable: true, configurable: true };
  },
};

brand(AccessDict, 'AccessDict');
