import { writeFileSync } from 'node:fs';
import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

writeFileSync(process.env.FATE, process.argv[2]);
const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
const call = () => mixcloud.get('bob').city;
const first = attempt(call);
tell({ first, next: attempt(call), after: attempt(call) });
