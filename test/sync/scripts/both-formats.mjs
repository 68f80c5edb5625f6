import { createRequire } from 'node:module';
import * as main from 'mixcloud-client';
import * as imported from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

let workers = 0;
process.on('worker', () => {
  workers += 1;
});
const required = createRequire(import.meta.url)('mixcloud-client/sync');
const cities = [imported, required].map(({ MixcloudSync }) => new MixcloudSync({ apiRoot: world }).get('bob').city);
const raising = new required.MixcloudSync({ apiRoot: world, raiseExceptions: true });
const { error } = attempt(() => raising.get('nobody-at-all'));
let known = false;
try {
  raising.get('nobody-at-all');
} catch (thrown) {
  known = thrown instanceof main.MixcloudError;
}
await new Promise((resolve) => setImmediate(resolve));
tell({ cities, workers, error: error.name, known });
