/** Calls the API at `localhost` in the given mode, and says how that ends. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const [, , mode, port, accessToken] = process.argv;
const Client = mode === 'async' ? Mixcloud : MixcloudSync;
const mixcloud = new Client({ apiRoot: `http://localhost:${port}`, accessToken, retries: 0 });
try {
  const { key } = await mixcloud.get('bob');
  console.log(JSON.stringify({ key }));
} catch ({ name, message }) {
  console.log(JSON.stringify({ name, message }));
}
