/** Preloaded with NODE_OPTIONS: in worker threads only, meets the fate that the file named by FATE holds. */
import { readFileSync, rmSync } from 'node:fs';
import Module from 'node:module';
import { isMainThread } from 'node:worker_threads';
import zlib from 'node:zlib';

const fates = {
  exit: () => process.exit(3),
  // After a reply or two without a result.
  'exit-late': () => void setTimeout(() => process.exit(3), 1500),
  throw: () => {
    throw new Error('an error that nothing expected');
  },
  reject: () => void Promise.reject(new Error('a rejection that nothing expected')),
  // No event is handled any more; the first without, the second with the processor at work.
  stuck: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  spin: () => {
    for (;;);
  },
  memory: () => {
    const kept = [];
    for (;;) kept.push(new Array(1000).fill(Math.random()));
  },
  // For a while it answers nothing, and that just when it has the answer in hand.
  'stall-at-answer': () => {
    const { gunzipSync } = zlib;
    zlib.gunzipSync = (...given) => {
      zlib.gunzipSync = gunzipSync;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
      return gunzipSync(...given);
    };
  },
  'broken-module': () => {
    const { _load } = Module;
    Module._load = function load(request, ...rest) {
      if (request === 'synckit') throw new Error('a module that cannot be loaded');
      return _load.call(this, request, ...rest);
    };
  },
};

function meet() {
  let fate;
  try {
    fate = readFileSync(process.env.FATE, 'utf8');
  } catch {
    return;
  }
  if (fate === '') return;
  // Met once: the next worker has a future.
  rmSync(process.env.FATE);
  fates[fate]();
}

if (!isMainThread) {
  meet();
  setInterval(meet, 10).unref();
}
