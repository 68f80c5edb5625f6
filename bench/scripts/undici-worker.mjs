// undici in a worker of synckit, with nothing around it: what is left when this package is taken away. Like the package, it
// loads only the part of undici that it needs, and sets the default of later versions for Node.js 20.
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { runAsWorker } from 'synckit';

if (process.versions.node.startsWith('20.')) setFlagsFromString('--wasm-tiering-budget=13000000');
const Pool = createRequire(import.meta.url)('undici/lib/dispatcher/pool.js');
const pools = new Map();

runAsWorker((url) => {
  const { origin, pathname, search } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 32 });
  pools.set(origin, pool);
  return new Promise((resolve, reject) => {
    const chunks = [];
    pool.dispatch(
      { path: pathname + search, method: 'GET', headers: { 'accept-encoding': 'gzip' } },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_controller, chunk) => chunks.push(chunk),
        onResponseEnd: () => resolve(gunzipSync(Buffer.concat(chunks)).toString('utf8')),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
});
