/** Preloaded with NODE_OPTIONS: stalls, ends and breaks each worker thread at random moments, the same for the same SEED. */
import { isMainThread, threadId } from 'node:worker_threads';
import { createRandom } from './random.mjs';

const random = createRandom(Number(process.env.SEED) * 1000 + threadId);

/** Milliseconds in which the worker handles no event. The caller misses a reply after one second. */
const stall = (shortest, longest) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, shortest + random() * (longest - shortest));

const STALLS = [() => stall(1050, 1400), () => stall(10, 300)];
const ENDS = [
  () => process.exit(3),
  () => {
    throw new Error('an error that nothing expected');
  },
];
const { MORTAL } = process.env;

function waitForFate(fates) {
  if (fates.length === 0) return;
  setTimeout(() => {
    const [fate] = fates.splice(Math.floor(random() * fates.length), 1);
    fate();
    waitForFate(fates);
  }, random() * 900).unref();
}

// Each fate once, or a busy machine would spend more time with them than with calls.
if (!isMainThread) waitForFate(MORTAL === 'no' ? STALLS : [...STALLS, ...ENDS]);
