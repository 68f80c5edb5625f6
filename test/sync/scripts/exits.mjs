import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

// How the script ends: by itself after calls, after none, in the middle, or with a request under way.
const [, , how] = process.argv;
const mixcloud = new MixcloudSync({ apiRoot: world });
let ended = performance.now();
process.on('exit', () => tell({ ms: performance.now() - ended }));
if (how !== 'unused') mixcloud.get('bob');
if (how === 'ahead') mixcloud.get('archive/cloudcasts').all().next();
ended = performance.now();
if (how === 'exit') {
  process.exit(0);
  mixcloud.get('peter');
}
