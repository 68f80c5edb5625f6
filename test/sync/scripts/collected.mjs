import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function use() {
  // A session each, and with it a connection each.
  for (let count = 0; count < 20; count += 1) new MixcloudSync({ apiRoot: world }).get('bob');
}

const kept = new MixcloudSync({ apiRoot: world });
kept.get('bob');
use();
for (let round = 0; round < 5; round += 1) {
  await turn();
  globalThis.gc();
}
await turn();
kept.get('bob');
tell({ done: true });
// The end of the process would end the connections too.
process.stdin.resume();
