/** Loads partial resources. */
import { describe } from '../base/argument.ts';
import { joinTables, validateOptions } from '../base/options.ts';
import { parseApiKey } from '../input/key.ts';
import { ALL_OPTIONS, CONCURRENCY_OPTIONS, DEFAULT_CONCURRENCY, LOAD_OPTIONS } from '../input/method-options.ts';
import { toDecodeError } from '../operations/api-error.ts';
import { buildGetRequest, type TimeoutOption, toKeyLink } from '../operations/build-request.ts';
import { CALL_OPTIONS, type ClientContext } from '../operations/client-context.ts';
import type { ItemLoader } from '../operations/item-queue.ts';
import type { Page } from '../operations/page-sequence.ts';
import { createPager, type Pager } from '../operations/pager.ts';
import { parseBody } from '../operations/parse-response.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import { expectResponse, type Operation } from '../protocol/operation.ts';
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
  const options = validateOptions('load options', input, joinTables(LOAD_OPTIONS, context[CALL_OPTIONS]), {
    boolean: 'force',
  });
  yield* loadEach(context, [{ place: 'The resource', state: resource[STATE] }], options);
  return resource;
}

/** Loads the partial resources of a list, several at once, and returns the list. */
export function* loadAll<L>(
  context: ClientContext,
  list: Iterable<unknown> & { readonly [LIST]: ListState },
  input: unknown,
): Operation<L> {
  const table = joinTables(joinTables(LOAD_OPTIONS, CONCURRENCY_OPTIONS), context[CALL_OPTIONS]);
  const options = validateOptions('loadAll options', input, table, { number: 'concurrency', boolean: 'force' });
  const partial = [...list].flatMap((item, index): PartialResource[] => {
    const state = getResourceState(item);
    return state ? [{ place: describeItem(index), state }] : [];
  });
  yield* loadEach(context, partial, options);
  return list as L;
}

/** Iterates over every item of a list and of the pages after it. Loads the partial ones ahead, if asked to. */
export function* all<I>(context: ClientContext, list: Page<I>, input: unknown): Pager<I> {
  const table = joinTables(ALL_OPTIONS, context[CALL_OPTIONS]);
  const { load, ...options } = validateOptions('all options', input, table, { number: 'limit', boolean: 'load' });
  if (options.onError && !load) throw new TypeError('onError: only with { load: true }, which loads the items');
  yield* createPager(context, list, options, load ? createLoader(context, options) : undefined);
}

function createLoader(context: ClientContext, options: TimeoutOption): ItemLoader {
  return (item, index) => {
    const state = getResourceState(item);
    if (!state || state.full) return undefined;
    const request = buildLoadRequest(context, { place: describeItem(index), state }, options);
    return { request, merge: (response) => mergeResponse(context, state, request, response) };
  };
}

function describeItem(index: number): string {
  return `Item ${index} of the list`;
}

/** A resource to load. */
interface PartialResource {
  /** Where it is, for an error message. */
  readonly place: string;
  readonly state: ResourceState;
}

interface LoadEachOptions extends TimeoutOption {
  readonly force?: boolean | undefined;
  readonly concurrency?: number | undefined;
}

/** Loads every resource that can be loaded. Then throws the first failure, in the order of the resources. */
function* loadEach(context: ClientContext, all: readonly PartialResource[], options: LoadEachOptions): Operation<void> {
  const partial = all.filter(({ state }) => options.force || !state.full);
  // Before the first request, because options that are wrong must not send any.
  const steps = partial.map((one) => ({ ...one, ...attemptRequest(() => buildLoadRequest(context, one, options)) }));
  const requests = steps.flatMap(({ request }) => request ?? []);
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  const results = requests.length === 0 ? [] : yield { requests, concurrency };
  const failures: unknown[] = [];
  let next = 0;
  for (const { state, request, failure } of steps) {
    try {
      if (!request) throw failure;
      mergeResponse(context, state, request, expectResponse(results[next++], request));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function buildLoadRequest(
  context: ClientContext,
  { place, state }: PartialResource,
  options: TimeoutOption,
): ApiRequest {
  const { key } = state.data;
  const path = parseApiKey(`${place} has no usable key: the API sent ${describe(key)}`, key, context.mixcloudRoot);
  return buildGetRequest(context, toKeyLink(context, path), {}, options);
}

function attemptRequest(build: () => ApiRequest): { readonly request?: ApiRequest; readonly failure?: unknown } {
  try {
    return { request: build() };
  } catch (failure) {
    return { failure };
  }
}

function mergeResponse(context: ClientContext, state: ResourceState, request: ApiRequest, response: ApiResponse): void {
  const body = parseBody(context, request, response, 'object');
  if (body.type === 'error') throw body.error.create();
  const { data } = body;
  if (typeof data.key !== 'string') {
    throw toDecodeError(request, response, 'a resource', 'an object without a key', undefined).create();
  }
  state.merge(data);
  state.full = true;
  state.createConnections = true;
}

/** Returns the state of a value if it is a resource. */
export function getResourceState(value: unknown): ResourceState | undefined {
  const state = value instanceof AccessDict ? value[STATE] : undefined;
  return state instanceof ResourceState ? state : undefined;
}
