import { throwTypeError } from '../base/argument.ts';
import type { JsonObject } from '../base/json.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import type { Mode, OperationRunner } from '../operations/mode.ts';
import { AccessDict } from './access-dict.ts';
import { AccessArray } from './access-list.ts';
import { ErrorModel } from './error-response.ts';
import { LIST, ListState } from './list-state.ts';
import { ObjectState, STATE } from './object-state.ts';
import type { Sealable } from './read-only.ts';
import type { ResourceOptions } from './resource-state.ts';

type ResourceConstructor<C> = new (data: JsonObject, client: C, options?: ResourceOptions) => object;
type ListConstructor<C> = new (data: JsonObject, client: C) => object;

/** Creates the model factory of a client. */
export function createModels<C extends OperationRunner<Mode>>(
  client: C,
  resourceClass: ResourceConstructor<C>,
  resourceListClass: ListConstructor<C>,
): ModelFactory {
  return {
    dict: (data) => new AccessDict(data, client, new ObjectState(data, client)),
    list: (raw) => new AccessArray(raw, client, new ListState(raw, client)),
    resource: (data, full, createConnections) =>
      seal(new resourceClass(data, client, { full, createConnections }), STATE),
    resourceList: (data) => seal(new resourceListClass(data, client), LIST),
    error: (error) => new ErrorModel(error, client),
  };
}

/** Ends the construction of a model: from now on, it is read-only. */
function seal(model: object, key: typeof STATE | typeof LIST): object {
  const state = (model as { [key: symbol]: Sealable | undefined })[key];
  if (state) state.sealed = true;
  return model;
}

/** Validates a class option: a subclass of the default class, or that class itself, of any copy of this package. */
export function validateClass<T extends { readonly prototype: object; readonly name: string }>(
  argument: string,
  value: unknown,
  base: T,
): T {
  if (value === undefined) return base;
  // By the brand of the prototype: a class that `require` returned is not derived from one that `import` returned.
  const derived = typeof value === 'function' && value.prototype instanceof (base as unknown as new () => object);
  return derived || value === base
    ? (value as unknown as T)
    : throwTypeError(argument, value, `${base.name} or a subclass of it`);
}
