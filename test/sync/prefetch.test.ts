import { Worker } from 'node:worker_threads';
import type { Cloudcast, Listing } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newWorld } from '../support/world.ts';
import { run, Script } from './run-script.ts';

describe('pages that blocking loops read ahead', () => {
  it('are kept for the latest 16 loops, and fetched again for the others', async () => {
    const world = await newWorld();
    const { first, last } = await run<{ first: string[]; last: string[] }>({
      script: 'prefetch.mjs',
      env: { WORLD: world.origin },
    });
    // Both loops went on to the second page, and found the same there.
    expect(first).toHaveLength(20);
    expect(first.at(-1)).toMatch(/^\/archive\//);
    expect(last).toEqual(first);
    const pages = (await world.requests()).filter(({ url }) => url.includes('until='));
    // One for each of 20 loops, one more for the first loop.
    const seconds = pages.filter(({ url }) => url === pages[0]?.url);
    expect(seconds).toHaveLength(21);
  });

  it('are given up when the loops are collected', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang', query: 'until=' });
    const script = new Script({ script: 'left-loops.mjs', env: { WORLD: world.origin }, flags: ['--expose-gc'] });
    await vi.waitFor(async () => expect((await world.requests()).map(({ url }) => url).join()).toContain('/bob/'), {
      timeout: 10_000,
    });
    await vi.waitFor(async () => expect((await world.connections()).inFlight).toBe(0), { timeout: 5000 });
    script.release();
    expect(await script.reports()).toEqual({ done: true });
  });

  it('cost at most one message to the worker for each item that is loaded ahead', async () => {
    const world = await newWorld({ delayMs: 5 });
    const list = new MixcloudSync({ apiRoot: world.origin }).get<Listing<Cloudcast>>('archive/cloudcasts');
    const messages = vi.spyOn(Worker.prototype, 'postMessage');
    onTestFinished(() => messages.mockRestore());
    const items = [...list.all({ load: true, limit: 60 })];
    expect(items.filter(({ full }) => full)).toHaveLength(60);
    expect(messages.mock.calls.length).toBeGreaterThan(0);
    expect(messages.mock.calls.length).toBeLessThanOrEqual(60);
  });

  it('do not fill the memory of a program that begins loops and leaves them', { timeout: 60_000 }, async () => {
    const world = await newWorld({ log: false });
    await world.fault({ name: 'large-pages', param: 1_000_000 });
    const { grown } = await run<{ grown: number }>({
      script: 'prefetch-memory.mjs',
      env: { WORLD: world.origin },
      watchdog: 50,
    });
    // 200 pages would be 200 MB.
    expect(grown).toBeLessThan(100_000_000);
  });
});
