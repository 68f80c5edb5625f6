/** Fills in what partial resources lack, without I/O. */

import { validateFlag, validateOptions } from '../base/argument.ts';
import { parseKey } from '../input/key.ts';
import { buildGetRequest, toKeyLink } from '../operations/build-request.ts';
import { fetchAll } from '../operations/reading.ts';
import type { ApiRequest } from '../protocol/messages.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessDict } from './access-dict.ts';
import { STATE } from './object-state.ts';
import { ResourceState } from './resource-state.ts';

/** Loads one resource. */
export function* load(state: ResourceState, input: unknown): Operation<void> {
  yield* loadEach([state], validateOptions('load options', input, ['force', ...state.client.callOptions]), 1);
}

/** Loads the partial ones of several resources, several at once. */
export function* loadEach(
  states: readonly ResourceState[],
  options: Readonly<Record<string, unknown>>,
  concurrency: unknown,
): Operation<void> {
  const force = options.force !== undefined && validateFlag('force', options.force);
  const [first] = states;
  if (first === undefined) return;
  const { client } = first;
  const wanted = states.filter((state) => force || !state.full);
  const requests = wanted.map((state): ApiRequest => {
    const key = parseKey('key', state.data.key, client.mixcloudRoot);
    return buildGetRequest(client, toKeyLink(client, key), {}, options);
  });
  yield* fetchAll(client, requests, concurrency, (model, index) => {
    const state = wanted[index];
    const data = getResourceState(model)?.data;
    // An error that is not to be thrown leaves the resource as it is, and partial.
    if (state === undefined || typeof data?.key !== 'string') return;
    state.merge(data);
    state.full = true;
  });
}

/** The state of a value if it is a resource. */
export function getResourceState(value: unknown): ResourceState | undefined {
  const state = value instanceof AccessDict ? value[STATE] : undefined;
  return state instanceof ResourceState ? state : undefined;
}
