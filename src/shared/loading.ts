/** Fills in what partial resources lack, without I/O. */

import { AccessDictBase } from './access-dict.ts';
import { flag, options } from './argument.ts';
import type { Request } from './exchange.ts';
import { readKey } from './key.ts';
import { STATE } from './object-state.ts';
import type { Operation } from './operation.ts';
import { fetchAll } from './operations.ts';
import { linkOfKey, planGet } from './plan.ts';
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
