/** Begins loops over all(), and goes on with some of them when it is told to. */
import { once } from 'node:events';
import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const LOOPS = 20;
const mixcloud = new MixcloudSync({ apiRoot: world });
const list = mixcloud.get('archive/cloudcasts');
const loops = Array.from({ length: LOOPS }, () => list.all());
for (const loop of loops) loop.next();
// A call, so that the worker has got all the pages.
mixcloud.get('bob');
process.stdout.write('begun\n');
await once(process.stdin.resume(), 'end');
// The worker keeps the latest 16 of 20.
const [kept, dropped] = [
  [19, 4],
  [3, 0],
];
const take = (index) => Array.from({ length: 20 }, () => loops[index].next().value?.key);
tell({ kept: kept.map(take), dropped: dropped.map(take) });
