/** Begins loops whose next page hangs, and leaves them to the garbage collector. */
import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world });

function begin() {
  const list = mixcloud.get('archive/cloudcasts');
  for (let count = 0; count < 5; count += 1) list.all().next();
}

begin();
for (let round = 0; round < 5; round += 1) {
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc();
}
await new Promise((resolve) => setImmediate(resolve));
mixcloud.get('bob');
tell({ done: true });
// The end of the process would end the requests too.
process.stdin.resume();
