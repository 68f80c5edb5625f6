import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world });

function use() {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

function call(times) {
  for (let count = 0; count < times; count += 1) {
    if (mixcloud.get('bob').city !== 'London') throw new Error('a wrong answer');
  }
  return use();
}

const warm = call(1500);
const began = performance.now();
const second = call(5000);
tell({ warm, second, ms: performance.now() - began });
