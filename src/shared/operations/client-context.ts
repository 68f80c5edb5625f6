import type { JsonObject } from '../base/json.ts';
import type { Validator } from '../base/options.ts';
import type { ValidatedClientOptions } from '../input/client-options.ts';
import type { ErrorInfo } from './api-error.ts';

/** Creates the models of one client, with its classes. */
export interface ModelFactory {
  dict(data: JsonObject): object;
  list(data: readonly unknown[]): object;
  resource(data: JsonObject, full: boolean, createConnections: boolean): object;
  resourceList(data: JsonObject): object;
  error(error: ErrorInfo): object;
}

/** Validators of the options that every method accepts in a mode. */
export interface CallOptionTable {
  readonly timeout: Validator<number>;
  /** Only the asynchronous mode can abort a call. */
  readonly signal?: Validator;
}

/**
 * Keys of the parts of a client that are not for callers: completion does not offer symbols. They are registered, so they
 * are the same in every copy of the package.
 */
export const CALL_OPTIONS: unique symbol = Symbol.for('mixcloud-client:call-options');
export const MODELS: unique symbol = Symbol.for('mixcloud-client:models');

/** The part of a client that operations need. */
export interface ClientContext extends Omit<ValidatedClientOptions, 'session' | 'onEvent'> {
  /** @internal */
  readonly [CALL_OPTIONS]: CallOptionTable;
  /** @internal */
  readonly [MODELS]: ModelFactory;
}
