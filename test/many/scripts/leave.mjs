/** Ends something that asks for several pages or items in one of many ways, and says what is left behind. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const [, , mode, way] = process.argv;
const Client = mode === 'async' ? Mixcloud : MixcloudSync;
const mixcloud = new Client({ apiRoot: process.env.WORLD, raiseExceptions: true, retries: 2 });
const abort = new AbortController();

const ways = {
  // Every item of every page.
  whole: async (list) => {
    for await (const item of list.all({ limit: 60 })) void item.key;
  },
  break: async (list) => {
    for await (const item of list.all()) if (item.key) break;
  },
  abort: async (list) => {
    let count = 0;
    for await (const item of list.all({ signal: abort.signal })) {
      void item.key;
      count += 1;
      if (count === 20) setTimeout(() => abort.abort(new Error('enough')), 50);
    }
  },
  page: async (list) => {
    for await (const item of list.all()) void item.key;
  },
  many: async () => {
    const keys = Array.from({ length: 24 }, (_, index) => (index === 5 ? 'nobody-at-all' : 'bob'));
    const options = mode === 'async' ? { signal: abort.signal } : {};
    await mixcloud.getMany(keys, { concurrency: 24, ...options });
  },
};

const list = await mixcloud.get('archive/cloudcasts');
let error = null;
try {
  await ways[way](list);
} catch (thrown) {
  error = thrown.name === 'Error' ? thrown.message : thrown.name;
}
// Sockets close in the next turn of the event loop.
await new Promise((resolve) => setImmediate(resolve));
const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
const ended = performance.now();
process.on('exit', () => {
  process.stdout.write(`${JSON.stringify({ error, timers, ms: performance.now() - ended })}\n`);
});
