import { setTimeout as pause } from 'node:timers/promises';
import type { Mixcloud, ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { newWorld } from '../support/world.ts';

/** What each request takes, in milliseconds. */
const DELAY = 100;
const PAGES = 10;
const PER_PAGE = 5;
const ATTEMPTS = 5;

async function timed(act: () => unknown): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** The least of a few measurements, or the first that is small enough: other work on the machine makes them larger. */
async function least(limit: number, measure: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < ATTEMPTS && best > limit; count += 1) best = Math.min(best, await measure());
  return best;
}

/** Spends time as a script does: a blocking one blocks. */
function work(mode: 'async' | 'sync', ms = DELAY): Promise<void> | void {
  if (mode === 'async') return pause(ms);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const favorites = (mixcloud: Mixcloud, limit = 40) => mixcloud.get('bob/favorites', { params: { limit } });
const archive = (mixcloud: Mixcloud) => mixcloud.get('archive/cloudcasts', { params: { limit: PER_PAGE } });

describe.each(modes)('with 100 ms for each request ($mode)', ({ mode, Mixcloud }) => {
  it('loadAll() of 40 items with concurrency 8 takes less than half of the time of one by one', {
    timeout: 60_000,
  }, async () => {
    const world = await newWorld({ delayMs: DELAY });
    const mixcloud = clientOf(Mixcloud, world);
    // It is an eighth. A busy machine adds to it what eight calls at once take.
    const ratio = await least(0.5, async () => {
      const list = (await favorites(mixcloud)) as unknown as ResourceList;
      const together = await timed(() => list.loadAll({ concurrency: 8 }));
      expect(list.filter(({ full }) => full)).toHaveLength(40);
      const others = (await favorites(mixcloud)) as unknown as ResourceList;
      const oneByOne = await timed(async () => {
        for (const mix of others) await mix.load();
      });
      return together / oneByOne;
    });
    console.info(`${mode}: loadAll() takes ${ratio.toFixed(2)} of the time of load() one by one`);
    expect(ratio).toBeLessThanOrEqual(0.5);
    expect((await world.connections()).maxInFlight).toBe(8);
  });

  it('all() reads ahead while the caller works', { timeout: 60_000 }, async () => {
    const world = await newWorld({ delayMs: DELAY });
    const mixcloud = clientOf(Mixcloud, world);
    // The first call opens the connection.
    await mixcloud.get('bob');
    const inTurn = () =>
      timed(async () => {
        let list = (await archive(mixcloud)) as unknown as ResourceList | null;
        for (let page = 1; list; page += 1) {
          await work(mode);
          list = page < PAGES ? await list.next() : null;
        }
      });
    const ahead = () =>
      timed(async () => {
        const list = (await archive(mixcloud)) as unknown as ResourceList;
        let items = 0;
        for await (const _mix of list.all({ limit: PAGES * PER_PAGE })) {
          items += 1;
          if (items % PER_PAGE === 0) await work(mode);
        }
        expect(items).toBe(PAGES * PER_PAGE);
      });
    // It is half of the time, and all of it without reading ahead. Both are measured each time, since other work on the
    // machine makes both longer.
    const ratio = await least(0.75, async () => (await ahead()) / (await inTurn()));
    console.info(`${mode}: all() takes ${ratio.toFixed(2)} of the time of one page after another`);
    expect(ratio).toBeLessThanOrEqual(0.75);
  });

  it('all({ load: true }) loads 8 at once, across pages', { timeout: 60_000 }, async () => {
    const world = await newWorld({ delayMs: DELAY });
    const mixcloud = clientOf(Mixcloud, world);
    const keys = ((await favorites(mixcloud)) as unknown as ResourceList).map(({ key }) => key);
    // Five rounds of eight, and one more for the first page: 1.2 times as long. Items that wait for the end of their page take
    // 1.6 times as long, and those that are loaded one by one eight times. A busy machine makes both longer.
    const ratio = await least(1.4, async () => {
      const known = await timed(() => mixcloud.getMany(keys, { concurrency: 8 }));
      const list = (await favorites(mixcloud, 20)) as unknown as ResourceList;
      let items = 0;
      const taken = await timed(async () => {
        for await (const mix of list.all({ load: true, concurrency: 8, limit: 40 })) items += Number(mix.full);
      });
      expect(items).toBe(40);
      return taken / known;
    });
    console.info(`${mode}: all({ load: true }) takes ${ratio.toFixed(2)} times as long as loading the known keys`);
    expect((await world.connections()).maxInFlight).toBe(8);
    expect(ratio).toBeLessThanOrEqual(1.4);
  });

  it('all({ load: true }) loads while the caller works', { timeout: 60_000 }, async () => {
    const world = await newWorld({ delayMs: DELAY });
    const mixcloud = clientOf(Mixcloud, world);
    let worked = 0;
    const ratio = await least(1.25, async () => {
      const list = (await favorites(mixcloud, 10)) as unknown as ResourceList;
      worked = 0;
      const ms = await timed(async () => {
        for await (const _mix of list.all({ load: true, concurrency: 8, limit: 30 })) {
          worked += await timed(() => work(mode, DELAY / 2));
        }
      });
      return ms / worked;
    });
    console.info(
      `${mode}: all({ load: true }) takes ${ratio.toFixed(2)} times the caller's own ${worked.toFixed(0)} ms`,
    );
    // Loading in turn would take three times as long: the delay for each item, and half of it to work.
    expect(ratio).toBeLessThanOrEqual(1.25);
  });
});
