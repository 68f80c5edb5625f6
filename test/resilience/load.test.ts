import { expect, it, vi } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { newWorld } from '../support/world.ts';
import { run } from '../sync/run-script.ts';
import { LOAD_CALLS } from './load-calls.ts';

/** `npm run test:load` makes the full number of calls; an ordinary run a part of it. */
const FULL = process.env.npm_lifecycle_event === 'test:load';

interface Report {
  readonly calls: number;
  /** Calls that ended with the error that they were to end with. */
  readonly failed: number;
  readonly wrong: readonly string[];
  readonly warnings: readonly string[];
  readonly left: readonly string[];
  readonly early: Memory;
  readonly late: Memory;
  readonly seconds: number;
}

/** Megabytes. */
interface Memory {
  readonly heap: number;
  readonly rss: number;
}

// What the first quarter of the calls may leave room for; a leak of a kilobyte a call would be more.
const HEAP_GROWTH = 4;
const RSS_GROWTH = 80;

// The pool's 32, and those that were given up and that the server has yet to hear of.
const MOST_CONNECTIONS = 40;

it.each([
  { mode: 'async', script: 'load-async.mjs', calls: FULL ? LOAD_CALLS.async : 2000, pools: 1 },
  { mode: 'sync, from four threads', script: 'load-sync.mjs', calls: LOAD_CALLS.sync, pools: 4 },
])(
  'gives each of many calls its own answer or error, and leaves nothing behind ($mode)',
  async ({ mode, script, calls, pools }) => {
    const world = await newWorld({ log: false });
    const reports = await run<Report>({
      script: new URL(`scripts/${script}`, import.meta.url).pathname,
      env: { WORLD: world.origin, TOKEN: OWNER_TOKEN, CALLS: String(calls) },
      flags: ['--expose-gc'],
      watchdog: 280,
    });
    const { early, late } = reports;
    console.info(
      `${mode}: ${calls} calls in ${reports.seconds.toFixed(1)} s, ${reports.failed} of them faulty; ` +
        `heap ${early.heap.toFixed(1)} to ${late.heap.toFixed(1)} MB, all ${early.rss.toFixed(0)} to ${late.rss.toFixed(0)} MB`,
    );
    expect(reports.wrong).toEqual([]);
    expect(reports.warnings).toEqual([]);
    expect(reports.left).toEqual([]);
    expect(reports.calls).toBe(calls);
    expect(reports.failed).toBe(calls / 20);
    expect(late.heap - early.heap).toBeLessThan(HEAP_GROWTH);
    expect(late.rss - early.rss).toBeLessThan(RSS_GROWTH);
    expect((await world.connections()).maxOpen).toBeLessThanOrEqual(MOST_CONNECTIONS * pools);
    await vi.waitFor(async () => expect((await world.connections()).open).toBe(0), { timeout: 5000, interval: 50 });
  },
  300_000,
);
