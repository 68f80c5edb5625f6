/** A worker that dies while a loop loads items ahead. */
import { existsSync, writeFileSync } from 'node:fs';
import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, block, tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
const list = mixcloud.get('archive/cloudcasts');
const keys = [];
const reports = [];
const loop = attempt(() => {
  for (const item of list.all({ load: true, onError: (error) => reports.push(error.name) })) {
    if (keys.push(item.key) !== 3) continue;
    writeFileSync(process.env.FATE, 'exit');
    while (existsSync(process.env.FATE)) block(5);
    block(100);
  }
});
const again = attempt(() => [...list.all({ load: true, limit: 12 })].map(({ key }) => key));
tell({ loop, keys, reports, again, list: list.map(({ key }) => key) });
