import { describe, expect, it, vi } from 'vitest';
import { newWorld } from '../support/world.ts';
import { type Attempt, run, Script } from './run-script.ts';

const MEGABYTE = 1024 * 1024;

describe('blocking calls', () => {
  it('can be made by the thousand with flat memory and the same connections', { timeout: 60_000 }, async () => {
    const world = await newWorld({ log: false });
    type Use = { readonly heap: number; readonly rss: number };
    const reports = await run<{ warm: Use; second: Use; ms: number }>({
      script: 'many-calls.mjs',
      env: { WORLD: world.origin },
      flags: ['--expose-gc'],
      watchdog: 50,
    });
    const growth = (what: 'heap' | 'rss') => (reports.second[what] - reports.warm[what]) / MEGABYTE;
    console.info(
      `5000 calls: ${(reports.ms / 5000).toFixed(2)} ms each, heap ${growth('heap').toFixed(1)} MiB, rss ${growth('rss').toFixed(1)} MiB`,
    );
    expect(growth('heap')).toBeLessThan(2);
    expect(growth('rss')).toBeLessThan(40);
    // A call that follows before undici has rested the connection takes a second one.
    expect((await world.connections()).total).toBeLessThanOrEqual(2);
  });

  it('never wait for longer than a second at a stretch', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang' });
    const env = { WORLD: world.origin };
    const reports = await run<{ hanging: Attempt; longest: number; count: number }>({ script: 'waits.mjs', env });
    expect(reports.hanging.error).toMatchObject({ name: 'MixcloudTimeoutError', mixcloud: true });
    expect(reports.hanging.ms).toBeGreaterThan(2400);
    expect(reports.hanging.ms).toBeLessThan(4500);
    expect(reports.longest).toBeLessThanOrEqual(1000);
    expect(reports.count).toBeGreaterThan(3);
  });

  it('get their own answer after one that timed out', async () => {
    const world = await newWorld();
    await world.fault({ name: 'delay', param: 3000, on: '/bob/*' });
    await world.fault({ name: 'delay', param: 20, on: '/certainuser/*' });
    const env = { WORLD: world.origin };
    const reports = await run<{ late: Attempt; own: Attempt; others: string[] }>({ script: 'timed-out.mjs', env });
    expect(reports.late.error).toMatchObject({ name: 'MixcloudTimeoutError', code: 'ERR_MIXCLOUD_TIMEOUT' });
    expect(reports.late.ms).toBeLessThan(2900);
    expect(reports.own.value).toBe('alice');
    expect(reports.others).toEqual(['certainuser']);
  });
});

describe('two blocking clients', () => {
  it('share one worker, and keep their own options and ends', async () => {
    const world = await newWorld();
    await world.fault({ name: 'reset', times: 1, on: '/peter/*' });
    await world.fault({ name: 'reset', times: 1, on: '/alice/*' });
    const reports = await run<Record<string, Attempt> & { workers: number }>({
      script: 'two-clients.mjs',
      env: { WORLD: world.origin },
    });
    expect(reports.workers).toBe(1);
    expect(reports.unrepeated?.error).toMatchObject({ name: 'MixcloudConnectionError' });
    expect(reports.repeated?.value).toBe('alice');
    expect(reports.quiet?.value).toBe('ResourceNotFoundException');
    expect(reports.raising?.error).toMatchObject({ name: 'MixcloudError', mixcloud: true });
    expect(reports.closed?.error).toMatchObject({ name: 'MixcloudClosedError', code: 'ERR_MIXCLOUD_CLOSED' });
    expect(reports.open?.value).toBe('London');
    const agents = (await world.requests()).map(({ url, headers }) => [url.split('?')[0], headers['user-agent']]);
    expect(agents).toEqual([
      ['/peter/', 'first/1'],
      ['/alice/', 'second/2'],
      ['/alice/', 'second/2'],
      ['/nobody-at-all/', 'first/1'],
      ['/nobody-at-all/', 'second/2'],
      ['/bob/', 'second/2'],
    ]);
  });
});

describe('the session of a blocking client', () => {
  it('ends when the client is collected', async () => {
    const world = await newWorld();
    const script = new Script({ script: 'collected.mjs', env: { WORLD: world.origin }, flags: ['--expose-gc'] });
    await vi.waitFor(async () => expect(await world.requests()).toHaveLength(22), { timeout: 10_000, interval: 20 });
    expect((await world.connections()).total).toBe(21);
    await vi.waitFor(async () => expect((await world.connections()).open).toBe(1), { timeout: 5000, interval: 20 });
    script.release();
    expect(await script.reports()).toEqual({ done: true });
  });

  it('ends with close() or `using`, once, and refuses every later call', async () => {
    const world = await newWorld();
    type Closed = Record<string, Attempt>;
    const reports = await run<{ seen: number; walked: Attempt; closed: Closed; disposed: Closed; unused: Closed }>({
      script: 'closing.mjs',
      env: { WORLD: world.origin },
    });
    for (const { again, disposed, ...calls } of [reports.closed, reports.disposed, reports.unused]) {
      expect(again).not.toHaveProperty('error');
      expect(disposed).not.toHaveProperty('error');
      for (const { error } of Object.values(calls)) {
        expect(error).toMatchObject({ name: 'MixcloudClosedError', code: 'ERR_MIXCLOUD_CLOSED' });
        expect(error?.message).toBe('The client is closed; create a new one');
      }
    }
    // A loop goes on over what is there, and is refused what is not.
    expect(reports.seen).toBe(20);
    expect(reports.walked.error).toMatchObject({ name: 'MixcloudClosedError', code: 'ERR_MIXCLOUD_CLOSED' });
  });
});
