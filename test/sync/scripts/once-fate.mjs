/** Preloaded with NODE_OPTIONS: stalls, ends and breaks each worker thread at random moments, the same for the same SEED. */
import { isMainThread, threadId } from 'node:worker_threads';
import { createRandom } from './random.mjs';

const random = createRandom(Number(process.env.SEED) * 1000 + threadId);

/** Milliseconds in which the worker handles no event. The caller misses a reply after one second. */
const stall = (shortest, longest) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, shortest + random() * (longest - shortest));

const FATES = [
  () => stall(1050, 1400),
  () => stall(10, 300),
  () => process.exit(3),
  () => {
    throw new Error('an error that nothing expected');
  },
];

function waitForFate() {
  setTimeout(() => {
    FATES[Math.floor(random() * FATES.length)]();
    waitForFate();
  }, random() * 900).unref();
}

if (!isMainThread) waitForFate();
