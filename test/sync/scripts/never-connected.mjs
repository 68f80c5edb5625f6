/** A call whose connection is never made, in the given mode, and no `close()`. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const [, , mode, apiRoot] = process.argv;
const Client = mode === 'async' ? Mixcloud : MixcloudSync;
try {
  await new Client({ apiRoot, timeout: 500, retries: 0 }).get('bob');
} catch (error) {
  console.log(error.name);
}
