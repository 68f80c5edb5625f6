/** Begins many loops over pages of 1 MB, and tells how much memory that takes. */
import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world });
const list = mixcloud.get('archive/cloudcasts');
const begin = (count) => {
  for (let begun = 0; begun < count; begun += 1) list.all().next();
  // Waits until the worker has read what it was told to.
  for (let calls = 0; calls < 10; calls += 1) mixcloud.get('archive/cloudcasts');
};
begin(50);
const before = process.memoryUsage().rss;
begin(200);
tell({ grown: process.memoryUsage().rss - before });
