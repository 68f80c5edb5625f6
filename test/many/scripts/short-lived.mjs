// Ten thousand clients of one parent: each is made and dropped, and some make a call.
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const [, , mode, apiRoot] = process.argv;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const parent = new (mode === 'async' ? Mixcloud : MixcloudSync)({ apiRoot, maxRateLimitWait: 1 });
let created = 0;

async function use(clients) {
  for (let count = 0; count < clients; count += 1, created += 1) {
    const client = parent.withOptions({ accessToken: `token-of-listener-${created}` });
    if (count % 25 === 0) await client.get('bob', { timeout: 5000 });
  }
}

async function heapSize() {
  for (let round = 0; round < 5; round += 1) {
    await turn();
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

await use(2000);
const before = await heapSize();
await use(8000);
const growth = (await heapSize()) - before;
const { city } = await parent.get('bob');
console.log(JSON.stringify({ created, growth, city }));
// The end of the process would end the connections too.
process.stdin.resume();
