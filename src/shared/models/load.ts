/** Loads partial resources. */
import { validateOptions } from '../base/options.ts';
import { parseKey } from '../input/key.ts';
import { CONCURRENCY_OPTIONS, LOAD_OPTIONS } from '../input/method-options.ts';
import { buildGetRequest, type RequestOptions, toKeyLink } from '../operations/build-request.ts';
import type { ClientContext } from '../operations/client-context.ts';
import { fetchAll } from '../operations/reading.ts';
import type { ApiRequest } from '../protocol/messages.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessDict } from './access-dict.ts';
import { LIST, type ListState } from './list-state.ts';
import { STATE } from './object-state.ts';
import { ResourceState } from './resource-state.ts';

/** Loads a resource and returns it. */
export function* load<R extends { readonly [STATE]: ResourceState }>(
  context: ClientContext,
  resource: R,
  input: unknown,
): Operation<R> {
  const options = validateOptions('load options', input, { ...LOAD_OPTIONS, ...context.callOptions });
  yield* loadEach(context, [resource[STATE]], options);
  return resource;
}

/** Loads the partial resources of a list, several at once, and returns the list. */
export function* loadAll<L extends Iterable<unknown> & { readonly [LIST]: ListState }>(
  context: ClientContext,
  list: L,
  input: unknown,
): Operation<L> {
  const table = { ...LOAD_OPTIONS, ...CONCURRENCY_OPTIONS, ...context.callOptions };
  const options = validateOptions('loadAll options', input, table);
  const states = [...list].flatMap((item) => getResourceState(item) ?? []);
  yield* loadEach(context, states, options);
  return list;
}

interface LoadEachOptions extends RequestOptions {
  readonly force?: boolean | undefined;
  readonly concurrency?: number | undefined;
}

function* loadEach(
  context: ClientContext,
  states: readonly ResourceState[],
  options: LoadEachOptions,
): Operation<void> {
  const wanted = states.filter((state) => options.force || !state.full);
  const requests = wanted.map((state): ApiRequest => {
    const key = parseKey('key', state.data.key, context.mixcloudRoot);
    return buildGetRequest(context, toKeyLink(context, key), {}, options);
  });
  yield* fetchAll(context, requests, options.concurrency, (model, index) => {
    const state = wanted[index];
    const data = getResourceState(model)?.data;
    // Without `raiseExceptions`, an error of the API leaves the resource partial.
    if (state === undefined || typeof data?.key !== 'string') return;
    state.merge(data);
    state.full = true;
  });
}

/** Returns the state of a value if it is a resource. */
export function getResourceState(value: unknown): ResourceState | undefined {
  const state = value instanceof AccessDict ? value[STATE] : undefined;
  return state instanceof ResourceState ? state : undefined;
}
