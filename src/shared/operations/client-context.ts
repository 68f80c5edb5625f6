import type { ReadSettings } from '../input/client-options.ts';

/** Makes the models of one client's mode and settings. */
export interface Models {
  dict(data: JsonObject): object;
  list(data: readonly unknown[]): object;
  resource(data: JsonObject, full: boolean, createConnections: boolean): object;
  resourceList(data: JsonObject): object;
}

/** What operations need to know of the client that they run for. */
export interface Context extends Omit<ReadSettings, 'session'> {
  /** Names of the options that every method takes. */
  readonly callOptions: readonly string[];
  readonly models: Models;
}

/** A decoded JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a decoded value is a JSON object, rather than what a decoder of the caller's made of one. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
