/** Thousands of blocking calls from several threads at once; tells what came of them. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { MixcloudSync } from 'mixcloud-client/sync';
import { collectKeys, makeCall, memory } from './mixed-calls.mjs';

const { WORLD: world, TOKEN: accessToken, CALLS: calls } = process.env;
const THREADS = 4;
const warnings = [];
process.on('warning', (warning) => warnings.push(String(warning)));
process.on('unhandledRejection', (error) => warnings.push(`unhandled: ${error}`));

async function thread() {
  const options = { apiRoot: world, accessToken, raiseExceptions: true, retries: 0, timeout: 20_000 };
  const mixcloud = new MixcloudSync(options);
  const place = { world, ...(await collectKeys(mixcloud)) };
  const share = Math.floor(calls / THREADS);
  const wrong = [];
  let failed = 0;
  let early;
  for (let n = 0; n < share; n += 1) {
    if (n === Math.floor(share / 4)) early = await memory();
    try {
      if ((await makeCall(mixcloud, place, workerData * share + n, {})) !== null) failed += 1;
    } catch (error) {
      wrong.push(`${n}: ${error.stack}`);
    }
  }
  const late = await memory();
  mixcloud.close();
  parentPort.postMessage({ calls: share, failed, wrong: wrong.slice(0, 5), warnings, early, late });
}

async function main() {
  const began = performance.now();
  const told = await Promise.all(
    Array.from({ length: THREADS }, (_, number) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: number });
      return new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    }),
  );
  const sum = (name) => told.reduce((total, one) => total + one[name], 0);
  const all = (name) => told.flatMap((one) => one[name]);
  const most = (when) => ({
    heap: Math.max(...told.map((one) => one[when].heap)),
    rss: Math.max(...told.map((one) => one[when].rss)),
  });
  const seconds = (performance.now() - began) / 1000;
  const result = {
    calls: sum('calls'),
    failed: sum('failed'),
    wrong: all('wrong'),
    left: [],
    early: most('early'),
    late: most('late'),
    seconds,
  };
  process.stdout.write(`${JSON.stringify({ ...result, warnings: [...warnings, ...all('warnings')] })}\n`);
}

await (isMainThread ? main() : thread());
