import { MixcloudSync } from 'mixcloud-client/sync';
import { world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world });
for (let count = 0; count < 300; count += 1) {
  console.log(`line ${count} ${mixcloud.get('bob').city}`);
  process.stderr.write(`error ${count}\n`);
}
process.exit(0);
