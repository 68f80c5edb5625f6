import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { CountingServer } from './counting-server.ts';
import { run, scriptPath } from './run-script.ts';

/** `npm run test:once` makes many more calls, and others each time. */
const { ONCE_SEED, npm_lifecycle_event: script } = process.env;
const LONG = script === 'test:once';
const SEED = ONCE_SEED !== undefined ? Number(ONCE_SEED) : LONG ? Date.now() % 2 ** 20 : 2;

const PROCESSES = 5;
const CALLS = LONG ? 2000 : 100;

interface Report {
  readonly calls: readonly {
    readonly token: string;
    readonly result: string;
    readonly code?: string;
    readonly sent?: boolean;
    readonly message?: string;
  }[];
  readonly workers: number;
}

it('sends no request twice, whatever happens to the worker and to the server', { timeout: 600_000 }, async () => {
  const server = new CountingServer(SEED);
  const origin = await server.start();
  onTestFinished(() => server.stop());
  const NODE_OPTIONS = `--import ${pathToFileURL(scriptPath('once-fate.mjs')).href}`;
  const reports = await Promise.all(
    Array.from({ length: PROCESSES }, (_, index) => {
      const env = { WORLD: origin, SEED: String(SEED * PROCESSES + index), CALLS: String(CALLS), NODE_OPTIONS };
      return run<Report>({ script: 'once.mjs', env, watchdog: LONG ? 550 : 60 });
    }),
  );
  const calls = reports.flatMap((report) => report.calls);
  const results = new Map<string, number>();
  for (const { result } of calls) results.set(result, (results.get(result) ?? 0) + 1);
  const workers = reports.reduce((sum, report) => sum + report.workers, 0);
  console.info(`seed ${SEED}: ${calls.length} calls, ${workers} workers:`, Object.fromEntries(results));

  expect(calls).toHaveLength(PROCESSES * CALLS);
  const arrivals = calls.map((call) => ({ ...call, count: server.arrivals.get(call.token) ?? 0 }));
  expect(arrivals.filter(({ count }) => count > 1)).toEqual([]);
  expect(arrivals.filter(({ result, count }) => result === 'done' && count !== 1)).toEqual([]);
  expect(arrivals.filter(({ sent, count }) => sent === false && count > 0)).toEqual([]);
  // Otherwise the test would say nothing.
  expect(results.get('done')).toBeGreaterThan(calls.length / 3);
  for (const name of ['MixcloudConnectionError', 'MixcloudTimeoutError', 'MixcloudWorkerError']) {
    expect(results.get(name), name).toBeGreaterThan(0);
  }
  expect(workers).toBeGreaterThan(PROCESSES * 2);
});
