import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
mixcloud.get('peter');
const call = () => mixcloud.get('bob').city;
const first = attempt(call);
tell({ first, next: attempt(call), after: attempt(call) });
