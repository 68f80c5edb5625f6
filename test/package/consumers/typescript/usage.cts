// A TypeScript program that is compiled to CommonJS.
import assert = require('node:assert/strict');
import mixcloudClient = require('mixcloud-client');

import { MixcloudSync } from 'mixcloud-client/sync';

const { apiRoot }: Record<string, string | undefined> = JSON.parse(process.argv[2] ?? '{}');

const city: string | undefined = new MixcloudSync({ apiRoot }).get<mixcloudClient.User>('bob').city;
assert.equal(city, 'London');

const mixcloud = new mixcloudClient.Mixcloud({ apiRoot });
mixcloud.get<mixcloudClient.User>('bob').then((bob) => {
  assert.equal(bob.name.length > 0, true);
  console.log('ok');
});
