// Prints the milliseconds of processor time that ten thousand calls take, on all threads of the process.
import { gunzipSync } from 'node:zlib';

const CALLS = 10_000;
// Until hardly anything is compiled any more.
const WARM_UP = 3000;
const [, , name, origin] = process.argv;

const contenders = {
  async undici() {
    const { Agent, request } = await import('undici');
    const dispatcher = new Agent();
    const headers = { 'accept-encoding': 'gzip' };
    return async () => {
      const { body } = await request(`${origin}/bob/?metadata=1`, { dispatcher, headers });
      return JSON.parse(gunzipSync(await body.arrayBuffer()).toString('utf8'));
    };
  },
  async async() {
    const { Mixcloud } = await import('mixcloud-client');
    const mixcloud = new Mixcloud({ apiRoot: origin });
    return async () => (await mixcloud.get('bob')).data;
  },
  async sync() {
    const { MixcloudSync } = await import('mixcloud-client/sync');
    const mixcloud = new MixcloudSync({ apiRoot: origin });
    return () => mixcloud.get('bob').data;
  },
};

const call = await contenders[name]();
if ((await call()).key !== '/bob/') throw new Error(`${name} read another thing`);
for (let count = 0; count < WARM_UP; count += 1) await call();
const before = process.cpuUsage();
for (let count = 0; count < CALLS; count += 1) await call();
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit();
