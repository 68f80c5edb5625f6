import { MixcloudSync } from 'mixcloud-client/sync';

const mixcloud = new MixcloudSync({ apiRoot: process.env.WORLD });
const { city } = mixcloud.get('bob');
process.stdout.write(`${JSON.stringify({ city, hooks: globalThis.hooks ?? [] })}\n`);
