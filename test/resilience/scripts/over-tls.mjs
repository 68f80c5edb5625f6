/** Makes one call with a token. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const { ORIGIN: apiRoot, MODE: mode, TOKEN: accessToken } = process.env;
const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({ apiRoot, accessToken, timeout: 5000 });
let told;
try {
  told = { value: (await mixcloud.me()).key };
} catch ({ name, code, message }) {
  told = { error: { name, code, message } };
}
await mixcloud.close();
process.stdout.write(`${JSON.stringify(told)}\n`);
