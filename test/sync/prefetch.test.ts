import { Worker } from 'node:worker_threads';
import type { Cloudcast, Listing } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newWorld } from '../support/world.ts';
import { run, Script } from './run-script.ts';

describe('pages that blocking loops read ahead', () => {
  it('are kept for the latest 16 loops, and fetched again for the others', async () => {
    const world = await newWorld();
    const script = new Script({ script: 'prefetch.mjs', env: { WORLD: world.origin } });
    await script.line(/begun/);
    await vi.waitFor(async () => expect((await world.connections()).inFlight).toBe(0), { timeout: 5000 });
    // Of a dropped loop, the request may have been cancelled before it was sent.
    const secondPages = async () => {
      const pages = (await world.requests()).filter(({ url }) => url.includes('until='));
      return pages.filter(({ url }) => url === pages[0]?.url).length;
    };
    const before = await secondPages();
    expect(before).toBeGreaterThanOrEqual(16);
    script.release();
    const { kept, dropped } = await script.reports<{ kept: string[][]; dropped: string[][] }>();
    // All loops went on to the second page, and found the same there. Those that were dropped fetched it again.
    const [first] = kept;
    expect(first?.at(-1)).toMatch(/^\/archive\//);
    for (const keys of [...kept, ...dropped]) expect(keys).toEqual(first);
    expect((await secondPages()) - before).toBe(2);
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
