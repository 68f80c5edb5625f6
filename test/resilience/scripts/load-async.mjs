/** Thousands of calls, fifty at once; tells what came of them. */
import { Mixcloud } from 'mixcloud-client';
import { collectKeys, makeCall, memory } from './mixed-calls.mjs';

const { WORLD: world, TOKEN: accessToken, CALLS: calls } = process.env;
const AT_ONCE = 50;

const warnings = [];
process.on('warning', (warning) => warnings.push(String(warning)));
process.on('unhandledRejection', (error) => warnings.push(`unhandled: ${error}`));

const mixcloud = new Mixcloud({ apiRoot: world, accessToken, raiseExceptions: true, retries: 0, timeout: 20_000 });
const place = { world, ...(await collectKeys(mixcloud)) };
// One for all, as a program has that ends everything at once: a listener left behind would be seen.
const { signal } = new AbortController();
const wrong = [];
let failed = 0;
let next = 0;

async function run(until) {
  const work = async () => {
    while (next < until) {
      const n = next;
      next += 1;
      try {
        const error = await makeCall(mixcloud, place, n, n % 2 === 0 ? { signal } : {});
        if (error !== null) failed += 1;
      } catch (error) {
        wrong.push(`${n}: ${error.stack}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const began = performance.now();
// What a program keeps for good, it has after a part of the calls.
await run(Math.floor(calls / 4));
const early = await memory();
await run(Number(calls));
const late = await memory();
const seconds = (performance.now() - began) / 1000;
await mixcloud.close();
await new Promise((resolve) => setTimeout(resolve, 100));
const left = process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|FSReq|TLS/.test(kind));
const told = { calls: next, failed, wrong: wrong.slice(0, 5), warnings, left, early, late, seconds };
process.stdout.write(`${JSON.stringify(told)}\n`);
