import { existsSync, writeFileSync } from 'node:fs';
import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, block, tell, world } from './tell.mjs';

function killWorker() {
  writeFileSync(process.env.FATE, 'exit');
  while (existsSync(process.env.FATE)) block(5);
  block(100);
}

const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
const list = mixcloud.get('archive/cloudcasts');
const left = attempt(() => {
  for (const item of list.all()) {
    killWorker();
    return item.type;
  }
});
mixcloud.get('bob');
killWorker();
const closed = attempt(() => mixcloud.close());
const other = attempt(() => new MixcloudSync({ apiRoot: world }).get('bob').city);
tell({ left, closed, other });
