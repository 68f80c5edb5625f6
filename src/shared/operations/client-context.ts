import type { JsonObject } from '../base/json.ts';
import type { ValidatedClientOptions } from '../input/client-options.ts';

/** Makes the models of one client's mode and settings. */
export interface ModelFactory {
  dict(data: JsonObject): object;
  list(data: readonly unknown[]): object;
  resource(data: JsonObject, full: boolean, createConnections: boolean): object;
  resourceList(data: JsonObject): object;
}

/** What operations need to know of the client that they run for. */
export interface ClientContext extends Omit<ValidatedClientOptions, 'session'> {
  /** Names of the options that every method takes. */
  readonly callOptions: readonly string[];
  readonly models: ModelFactory;
}
