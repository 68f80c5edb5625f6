import { throwTypeError } from '../base/argument.ts';
import type { JsonObject } from '../base/json.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import { AccessDict } from './access-dict.ts';
import { AccessList } from './access-list.ts';
import type { ResourceOrigin } from './resource-state.ts';

type ResourceConstructor<C> = new (data: JsonObject, client: C, origin?: ResourceOrigin) => object;
type ListConstructor<C> = new (data: JsonObject, client: C) => object;

/** Creates the model factory of a client. */
export function createModels<C>(
  client: C,
  resourceClass: ResourceConstructor<C>,
  resourceListClass: ListConstructor<C>,
): ModelFactory {
  const models: ModelFactory = {
    dict: (data) => new AccessDict(data, models),
    list: (raw) => new AccessList(raw, models),
    resource: (data, full, createConnections) => new resourceClass(data, client, { full, createConnections }),
    resourceList: (data) => new resourceListClass(data, client),
  };
  return models;
}

/** Validates a class option: a subclass of the default class, or that class itself. */
export function validateClass<T extends { readonly prototype: object }>(argument: string, value: unknown, base: T): T {
  if (value === undefined || value === base) return base;
  const derived = typeof value === 'function' && Reflect.apply(isBaseOf, base.prototype, [value.prototype]);
  return derived ? (value as unknown as T) : throwTypeError(argument, value, 'a subclass of the default class');
}

const { isPrototypeOf: isBaseOf } = Object.prototype;
