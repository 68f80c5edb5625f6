import { describe, expect, it, vi } from 'vitest';
import { newWorld } from '../support/world.ts';
import { type Attempt, Fate, run, Script } from './run-script.ts';

interface Report {
  readonly first: Attempt<string>;
  /** The calls after it. */
  readonly next: Attempt<string>;
  readonly after: Attempt<string>;
}

interface LoopReport {
  readonly loop: Attempt;
  readonly keys: string[];
  readonly reports: string[];
  readonly again: Attempt<string[]>;
  readonly list: string[];
}

/** Runs a script whose worker meets a fate while a call waits for an answer that never comes. */
async function midCall(fate: string, flags: string[] = []): Promise<Report> {
  const world = await newWorld();
  await world.fault({ name: 'hang', times: 1, on: '/bob/*' });
  const destiny = await Fate.prepare();
  const env = { ...destiny.env, WORLD: world.origin };
  const script = new Script({ script: 'mid-call.mjs', env, flags, watchdog: 20 });
  await vi.waitFor(async () => expect(await world.requests()).toHaveLength(2), { timeout: 10_000, interval: 20 });
  await destiny.seal(fate);
  return script.reports<Report>();
}

async function withFate(script: string, ...args: string[]): Promise<Report> {
  const world = await newWorld();
  const destiny = await Fate.prepare();
  return run<Report>({ script, args, env: { ...destiny.env, WORLD: world.origin }, watchdog: 25 });
}

/** The first call failed in time as it should, and those after it work. */
function expectFailure({ first, next, after }: Report, cause: RegExp, seconds: number, sent = true): void {
  expect(first.error).toMatchObject({ name: 'MixcloudWorkerError', code: 'ERR_MIXCLOUD_WORKER', worker: true, sent });
  const message = sent
    ? /^The worker thread that makes the requests failed: .*Whether the request was carried out is not known\.$/
    : /^The worker of the blocking client could not start: .*$/;
  expect(first.error?.message).toMatch(message);
  expect(first.error?.cause?.message).toMatch(cause);
  // The words of the bridge's inside are nobody's business; its file names may stand in the stack of the cause.
  expect(first.error?.text).not.toMatch(/Atomics|Internal error/i);
  expect(`${first.error?.message} ${first.error?.cause?.message}`).not.toMatch(/synckit/i);
  const frames = first.error?.stack.split('\n').slice(1) ?? [];
  const foreign = frames.find((frame) => !/[\\/]dist[\\/]|<anonymous>/.test(frame));
  expect(foreign).toMatch(/[\\/]scripts[\\/](mid-call|idle|start)\.mjs/);
  expect(first.ms).toBeLessThan(seconds * 1000);
  expect(next).toMatchObject({ value: 'London' });
  expect(next.ms).toBeLessThan(5000);
  expect(after).toMatchObject({ value: 'London' });
}

describe('a worker that dies while a call waits', () => {
  it.each([
    ['exits', 'exit', /exited with code 3/],
    ['throws what nothing catches', 'throw', /an error that nothing expected/],
    ['has a rejection that nothing handles', 'reject', /a rejection that nothing expected/],
  ])('is noticed at once when it %s', async (_what, fate, cause) => {
    expectFailure(await midCall(fate), cause, 3);
  });
});

describe('a worker that dies between two calls', () => {
  it.each([
    ['exit', /exited with code 3/],
    ['throw', /an error that nothing expected/],
    ['reject', /a rejection that nothing expected/],
  ])('is noticed by the next call (%s)', async (fate, cause) => {
    expectFailure(await withFate('idle.mjs', fate), cause, 2);
  });

  it.each(['exit', 'throw'])('is replaced unseen where the event loop turns in between (%s)', async (fate) => {
    const { first, next } = await withFate('idle.mjs', fate, 'turns');
    expect([first.value, next.value]).toEqual(['London', 'London']);
  });

  it('makes neither the end of a loop nor close() fail', async () => {
    const world = await newWorld();
    const destiny = await Fate.prepare();
    const env = { ...destiny.env, WORLD: world.origin };
    const reports = await run<Record<string, Attempt>>({ script: 'dead-leave.mjs', env });
    expect(reports.left).toMatchObject({ value: 'cloudcast' });
    expect(reports.closed).not.toHaveProperty('error');
    expect(reports.other).toMatchObject({ value: 'London' });
  });
});

describe('a worker that dies while a loop loads ahead', () => {
  it('ends the loop after the items that have loaded, and the next loop works', async () => {
    const world = await newWorld();
    const destiny = await Fate.prepare();
    const env = { ...destiny.env, WORLD: world.origin };
    const found = await run<LoopReport>({ script: 'dead-loop.mjs', env });
    expect(found.loop.error).toMatchObject({ name: 'MixcloudWorkerError', code: 'ERR_MIXCLOUD_WORKER' });
    expect(found.reports).toEqual([]);
    expect(found.keys.length).toBeGreaterThanOrEqual(3);
    expect(found.keys.length).toBeLessThanOrEqual(11);
    expect(found.keys).toEqual(found.list.slice(0, found.keys.length));
    expect(found.again.value).toEqual(found.list.slice(0, 12));
  });
});

describe('a worker that cannot start', () => {
  it.each([
    ['a hook throws', 'throw', /an error that nothing expected/],
    ['a hook exits', 'exit', /exited with code 3/],
    ['a module is missing', 'broken-module', /a module that cannot be loaded/],
  ])('is reported by the first call, and the next one tries anew (%s)', async (_what, fate, cause) => {
    expectFailure(await withFate('start.mjs', fate), cause, 3, false);
  });
});

describe('a worker that says nothing more', () => {
  // All at once: their time is spent waiting.
  it('is given up after seconds, and after longer while it may still be loading', { timeout: 60_000 }, async () => {
    const [called, memory, idle, loading] = await Promise.all([
      midCall('spin'),
      midCall('memory', ['--max-old-space-size=64']),
      withFate('idle.mjs', 'stuck'),
      withFate('start.mjs', 'stuck'),
    ]);
    // An end for want of memory runs none of the worker's own code.
    expectFailure(memory, /No answer for 5 seconds/, 12);
    expectFailure(called, /No answer for 5 seconds/, 8);
    expectFailure(idle, /No answer for 5 seconds/, 8);
    expectFailure(loading, /No answer for 15 seconds/, 18, false);
  });

  it('loses no answer when it is stuck for a moment only', async () => {
    const reports = await withFate('idle.mjs', 'stall-at-answer');
    expect(reports.first).toMatchObject({ value: 'London' });
    expect(reports.first.ms).toBeGreaterThan(1400);
    expect(reports.next).toMatchObject({ value: 'London' });
  });
});
