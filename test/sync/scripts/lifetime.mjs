import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const threads = { started: 0, ended: 0 };
process.on('worker', (worker) => {
  threads.started += 1;
  worker.once('exit', () => {
    threads.ended += 1;
  });
});
/** Lets events happen until so many threads have ended, or for a while. */
async function settle(ended) {
  for (let turns = 0; threads.ended < ended && turns < 20_000; turns += 1) await turn();
  await turn();
  return { ...threads };
}
const create = (options) => new MixcloudSync({ apiRoot: world, ...options });

const first = create();
const second = create();
first.get('bob');
first.close();
const oneOpen = { threads: await settle(0), city: second.get('bob').city };
second.close();
second.close();
const noneOpen = await settle(1);

const third = create();
const again = { city: third.get('bob').city, threads: await settle(1) };
third.close();
await settle(2);

async function collect() {
  for (let round = 0; round < 5; round += 1) {
    await turn();
    globalThis.gc();
  }
}

(() => create().get('bob'))();
await collect();
const collected = await settle(3);

async function useDerived() {
  const derived = create().withOptions({ timeout: 5000 });
  derived.get('bob');
  await collect();
  return { city: derived.get('bob').city, threads: await settle(0) };
}
const parentCollected = await useDerived();
await collect();
await settle(4);

const uploader = create({ accessToken: process.argv[2] });
const mp3 = new Uint8Array(3_000_000);
mp3.set([0x49, 0x44, 0x33]);
const { result } = uploader.upload(mp3, 'Closed on the way', { onProgress: () => uploader.close() });
const closedMeanwhile = { success: result.success, threads: await settle(5) };

tell({ oneOpen, noneOpen, again, collected, parentCollected, closedMeanwhile });
