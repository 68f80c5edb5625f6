/** State of models of JSON objects. */

import { brand } from '../base/brand.ts';
import { isJsonObject, type JsonObject } from '../base/json.ts';
import { VERSION } from '../base/version.ts';
import { parseApiDate } from '../input/datetime.ts';
import { type ClientContext, MODELS, type ModelFactory } from '../operations/client-context.ts';
import type { Sealable } from './read-only.ts';

/**
 * Key of the state of a model. A symbol, because the API may send a field of any name. All copies of this version share it,
 * so that a class of one copy can be given to a client of another.
 */
export const STATE: unique symbol = Symbol.for(`mixcloud-client:state:${VERSION}`);

/** A JSON object, and the models of the fields that were read. */
export class ObjectState implements Sealable {
  #data: JsonObject;
  // Cached: reading a field twice returns the same object, so its loaded data is kept.
  #wrapped = new Map<string, unknown>();
  readonly client: ClientContext;
  sealed = false;

  constructor(data: JsonObject, client: ClientContext) {
    this.#data = data;
    this.client = client;
  }

  /** The fields that the model has. */
  get data(): JsonObject {
    return this.#data;
  }

  /** The decoded response. The fields of an error response differ from it. */
  get response(): JsonObject {
    return this.#data;
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#data, field);
  }

  read(field: string): unknown {
    const kept = this.#wrapped.get(field);
    if (kept !== undefined) return kept;
    if (!Object.hasOwn(this.#data, field)) return undefined;
    const raw = this.#data[field];
    // An error has a `type`, but is not a resource.
    const value =
      field === 'error' && isJsonObject(raw) ? this.client[MODELS].dict(raw) : wrap(raw, this.client[MODELS]);
    if (value !== raw) this.#wrapped.set(field, value);
    return value;
  }

  /** Reads a name that is neither a member nor a field. */
  getMissing(_name: string | symbol): unknown {
    return undefined;
  }

  /** Returns the connection method that takes precedence over the member `name`. Only resources have some. */
  connectionMethod(_target: object, _name: string, _receiver: unknown): unknown {
    return undefined;
  }

  *entries(): Generator<[string, unknown]> {
    for (const field of Object.keys(this.#data)) yield [field, this.read(field)];
  }

  *values(): Generator<unknown> {
    for (const field of Object.keys(this.#data)) yield this.read(field);
  }

  /** Returns the data, including the data that nested resources have loaded. */
  toJSON(): JsonObject {
    return jsonWith(this.#data, this.#wrapped);
  }

  /** Adds the fields of a full response. Nested resources that were read and have the same key stay the same objects. */
  merge(data: JsonObject): void {
    this.#data = { ...this.#data, ...data };
    for (const [field, value] of this.#wrapped) {
      if (!mergeInto(value, this.#data[field])) this.#wrapped.delete(field);
    }
  }
}

brand(ObjectState, 'ObjectState');

/** Wraps a JSON value: in a model, a `DateTime`, or not at all. */
export function wrap(value: unknown, models: ModelFactory): unknown {
  if (typeof value === 'string') return parseApiDate(value) ?? value;
  if (Array.isArray(value)) return models.list(value);
  if (!isJsonObject(value)) return value;
  return typeof value.type === 'string' ? models.resource(value, false, true) : models.dict(value);
}

/** Returns the JSON of a value, or of its model. */
export function toJson(raw: unknown, wrapped: unknown): unknown {
  // A `DateTime` has a JSON form that differs from the API's.
  return typeof raw === 'object' && hasJson(wrapped) ? wrapped.toJSON() : raw;
}

function jsonWith(data: JsonObject, wrapped: ReadonlyMap<string, unknown>): JsonObject {
  // `fromEntries`, because assigning to a field named `__proto__` would set the prototype.
  return Object.fromEntries(Object.entries(data).map(([field, raw]) => [field, toJson(raw, wrapped.get(field))]));
}

function hasJson(value: unknown): value is { toJSON(): unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

function mergeInto(value: unknown, fresh: unknown): boolean {
  const state = typeof value === 'object' && value !== null && (value as { [STATE]?: unknown })[STATE];
  if (!(state instanceof ObjectState) || !isJsonObject(fresh)) return false;
  if (typeof fresh.key !== 'string' || fresh.key !== state.data.key) return false;
  state.merge(fresh);
  return true;
}
