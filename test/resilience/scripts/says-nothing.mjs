/** A program that logs all it gets from servers that fail, as one does in a hurry. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const { WORLD: world, MODE: mode, TOKEN: accessToken, FAULTS } = process.env;
const Client = mode === 'MixcloudSync' ? MixcloudSync : Mixcloud;

const FAILING = ['hang', 'reset', 'echo-url', 'error-token', 'redirect-loop', 'unavailable:9999999999', 'self-link'];

for (const fault of FAULTS?.split(',') ?? FAILING) {
  const options = { apiRoot: `${world}/fault/${fault}`, accessToken, raiseExceptions: true, retries: 1, timeout: 300 };
  const mixcloud = new Client(options);
  const calls = [
    () => mixcloud.get('bob'),
    () => mixcloud.popular(),
    () => mixcloud.follow('peter'),
    () => mixcloud.upload(new Uint8Array(9), 'x'),
    () => mixcloud.getMany(['bob', 'peter']),
  ];
  console.log(mixcloud);
  for (const call of calls) {
    try {
      const answer = await call();
      console.log('%s %o %j', answer, answer, answer);
    } catch (error) {
      console.log('%s %o %j', error, error, error);
      console.dir(error, { depth: null, showHidden: true });
    }
  }
  await mixcloud.close();
}
