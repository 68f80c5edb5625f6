import { beforeAll, describe, expect, it } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { emulator } from '../support/world.ts';
import { run } from './run-script.ts';

interface Threads {
  readonly started: number;
  readonly ended: number;
}

interface Told {
  readonly oneOpen: { readonly threads: Threads; readonly city: string };
  readonly noneOpen: Threads;
  readonly again: { readonly threads: Threads; readonly city: string };
  readonly collected: Threads;
  readonly parentCollected: { readonly threads: Threads; readonly city: string };
  readonly closedMeanwhile: { readonly threads: Threads; readonly success: boolean };
}

describe('the worker of the blocking clients', () => {
  let told: Told;
  beforeAll(async () => {
    const world: WorldHandle = await emulator().world();
    const env = { WORLD: world.origin };
    told = await run<Told>({ script: 'lifetime.mjs', args: [OWNER_TOKEN], env, flags: ['--expose-gc'] });
    await world.close();
  });

  it('serves all of them, as long as one is open', () => {
    expect(told.oneOpen).toEqual({ threads: { started: 1, ended: 0 }, city: 'London' });
  });

  it('ends when the last one is closed', () => {
    expect(told.noneOpen).toEqual({ started: 1, ended: 1 });
  });

  it('starts again with the next one', () => {
    expect(told.again).toEqual({ threads: { started: 2, ended: 1 }, city: 'London' });
  });

  it('ends when the last one is collected', () => {
    expect(told.collected).toEqual({ started: 3, ended: 3 });
  });

  it('serves a derived client after the client that it was derived from is collected', () => {
    expect(told.parentCollected).toEqual({ threads: { started: 4, ended: 3 }, city: 'London' });
  });

  it('ends only after the call whose listener closes the last one', () => {
    expect(told.closedMeanwhile).toEqual({ success: true, threads: { started: 5, ended: 5 } });
  });
});
