import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
mixcloud.get('peter');
const began = performance.now();
// The response for bob comes after 3 s, while other requests are sent.
const late = attempt(() => mixcloud.get('bob', { timeout: 300 }).city);
const own = attempt(() => mixcloud.get('alice').username);
const others = [];
// Until it has arrived.
while (performance.now() - began < 3500) others.push(mixcloud.get('certainuser').username);
tell({ late, own, others: [...new Set(others)] });
