// Fetches texts with undici's innermost call, and nothing around it. Only the part of undici that this needs is loaded.
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

const Pool = createRequire(import.meta.url)('undici/lib/dispatcher/pool.js');
const pools = new Map();

export function dispatchText(url) {
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
}

export async function closePools() {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map((pool) => pool.close()));
}
