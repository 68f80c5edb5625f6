/** What a model of a JSON object holds. */

import { isJsonObject, type JsonObject } from '../base/json.ts';
import { parseApiDate } from '../input/datetime.ts';
import type { ModelFactory } from '../operations/client-context.ts';

/** Where a model keeps its state. A symbol, since a field of any name may come from the API. */
export const STATE: unique symbol = Symbol('state');

/** A JSON object and the wrappers of what was read of it. */
export class ObjectState {
  #data: JsonObject;
  // Kept, so that reading twice gives the same object, and what was loaded into it stays.
  #wrapped = new Map<string, unknown>();
  readonly models: ModelFactory;

  constructor(data: JsonObject, models: ModelFactory) {
    this.#data = data;
    this.models = models;
  }

  get data(): JsonObject {
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
    // An error has a type too, but is no resource: there is nothing to load or to follow.
    const value = field === 'error' && isJsonObject(raw) ? this.models.dict(raw) : wrap(raw, this.models);
    if (value !== raw) this.#wrapped.set(field, value);
    return value;
  }

  /** What comes before the model's own member of that name: nothing, unless the model has connections. */
  connectionMethod(_target: object, _name: string, _receiver: unknown): unknown {
    return undefined;
  }

  *entries(): Generator<[string, unknown]> {
    for (const field of Object.keys(this.#data)) yield [field, this.read(field)];
  }

  /** The data, with what was loaded into objects inside it. */
  toJSON(): JsonObject {
    return jsonWith(this.#data, this.#wrapped);
  }

  /** Adds what a fuller answer has. Resources that were read and are still there stay the same objects. */
  merge(data: JsonObject): void {
    this.#data = { ...this.#data, ...data };
    for (const [field, value] of this.#wrapped) {
      if (!mergeInto(value, this.#data[field])) this.#wrapped.delete(field);
    }
  }
}

/** What a JSON value reads as. */
export function wrap(value: unknown, models: ModelFactory): unknown {
  if (typeof value === 'string') return parseApiDate(value) ?? value;
  if (Array.isArray(value)) return models.list(value);
  if (!isJsonObject(value)) return value;
  return typeof value.type === 'string' ? models.resource(value, false, true) : models.dict(value);
}

/** The JSON of a value that may be a model. */
export function toJson(raw: unknown, wrapped: unknown): unknown {
  // A date reads as an object with a JSON form of its own, which is not the API's.
  return typeof raw === 'object' && hasJson(wrapped) ? wrapped.toJSON() : raw;
}

function jsonWith(data: JsonObject, wrapped: ReadonlyMap<string, unknown>): JsonObject {
  // Entries, not assignments: a field may be called `__proto__`.
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
