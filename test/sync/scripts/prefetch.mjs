/** Begins loops over all() and leaves them, then goes on with the first and the last one. */
import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const LOOPS = 20;
const mixcloud = new MixcloudSync({ apiRoot: world });
const list = mixcloud.get('archive/cloudcasts');
const loops = Array.from({ length: LOOPS }, () => list.all());
for (const loop of loops) loop.next();
// A call, so that the worker has got all the pages.
mixcloud.get('bob');
const take = (loop) => Array.from({ length: 20 }, () => loop.next().value?.key);
const first = take(loops[0]);
const last = take(loops[LOOPS - 1]);
tell({ first, last });
