import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
mixcloud.get('peter');
// The answer for bob comes 700 ms late, when something else is asked for already.
const late = attempt(() => mixcloud.get('bob', { timeout: 300 }).city);
const own = attempt(() => mixcloud.get('alice').username);
const others = [];
for (let count = 0; count < 60; count += 1) others.push(mixcloud.get('certainuser').username);
tell({ late, own, others: [...new Set(others)] });
