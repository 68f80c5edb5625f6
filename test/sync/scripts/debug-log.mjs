/** A program that knows nothing of NODE_DEBUG. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import { world } from './tell.mjs';

const [, , mode, token] = process.argv;
const types = [];
const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({
  apiRoot: world,
  accessToken: token,
  maxRateLimitWait: 5,
  onEvent: ({ type }) => types.push(type),
});
await mixcloud.follow('bob');
await mixcloud.get('peter');
await mixcloud.getMany(['alice', 'luke'], { concurrency: 1 });
await mixcloud.get('100%25');
process.stdout.write(`${JSON.stringify({ types })}\n`);
