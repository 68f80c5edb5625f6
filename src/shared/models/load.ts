/** Fills in what partial resources lack, without I/O. */

import { flag, options } from '../base/argument.ts';
import { readKey } from '../input/key.ts';
import { linkOfKey, planGet } from '../operations/build-request.ts';
import { fetchAll } from '../operations/reading.ts';
import type { Request } from '../protocol/messages.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessDictBase } from './access-dict.ts';
import { STATE } from './object-state.ts';
import { ResourceState } from './resource-state.ts';

/** Loads one resource. */
export function* load(state: ResourceState, given: unknown): Operation<void> {
  yield* loadEach([state], options('load options', given, ['force', ...state.client.callOptions]), 1);
}

/** Loads the partial ones of several resources, several at once. */
export function* loadEach(
  states: readonly ResourceState[],
  set: Readonly<Record<string, unknown>>,
  concurrency: unknown,
): Operation<void> {
  const force = set.force !== undefined && flag('force', set.force);
  const [first] = states;
  if (first === undefined) return;
  const { client } = first;
  const wanted = states.filter((state) => force || !state.full);
  const requests = wanted.map((state): Request => {
    const key = readKey('key', state.data.key, client.mixcloudRoot);
    return planGet(client, linkOfKey(client, key), {}, set);
  });
  yield* fetchAll(client, requests, concurrency, (model, index) => {
    const state = wanted[index];
    const data = resourceStateOf(model)?.data;
    // An error that is not to be thrown leaves the resource as it is, and partial.
    if (state === undefined || typeof data?.key !== 'string') return;
    state.absorb(data);
    state.full = true;
  });
}

/** The state of a value if it is a resource. */
export function resourceStateOf(value: unknown): ResourceState | undefined {
  const state = value instanceof AccessDictBase ? value[STATE] : undefined;
  return state instanceof ResourceState ? state : undefined;
}
