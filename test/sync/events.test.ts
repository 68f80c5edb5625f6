import { expect, it } from 'vitest';
import { newWorld } from '../support/world.ts';
import { Fate, run } from './run-script.ts';

interface Outcome {
  readonly value?: string;
  readonly error?: string;
  readonly events: readonly string[];
}

it('events of a blocking client are neither lost nor repeated when a reply is late, and arrive before the worker dies', async () => {
  const world = await newWorld();
  await world.fault({ name: 'hang', on: '/peter/' });
  const fate = await Fate.prepare();
  const env = { ...fate.env, WORLD: world.origin };
  const told = await run<Record<'stalled' | 'dead' | 'next', Outcome>>({ script: 'events.mjs', env });
  expect(told.stalled).toEqual({ value: '/bob/', events: ['request /bob/', 'response /bob/'] });
  expect(told.dead).toEqual({ error: 'MixcloudWorkerError', events: ['request /peter/'] });
  expect(told.next).toEqual({ value: '/alice/', events: ['request /alice/', 'response /alice/'] });
});
