// A blocking script: no promise anywhere, and no `close()`.
import assert from 'node:assert/strict';
import { MixcloudConnectionError, MixcloudError } from 'mixcloud-client';
import { MixcloudOAuthSync, MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';

const { apiRoot, oauthRoot, accessToken, clientId, clientSecret, code } = JSON.parse(process.argv[2]);
const mixcloud = new MixcloudSync({ apiRoot, accessToken, raiseExceptions: true });

const bob = mixcloud.get('bob');
assert.ok(bob instanceof ResourceSync);
assert.equal(bob.city, 'London');
assert.equal(typeof bob.created_time.year, 'number');

const followers = bob.followers({ limit: 5 });
assert.ok(followers instanceof ResourceListSync && Array.isArray(followers));
assert.equal(followers.length, 5);

const keys = [...mixcloud.popular().all({ limit: 45 })].map((mix) => mix.key);
assert.equal(new Set(keys).size, 45);

assert.throws(
  () => mixcloud.get('nobody-of-that-name'),
  (error) => error instanceof MixcloudError && error.code === 'ERR_MIXCLOUD' && error.status === 404,
);
const nobody = new MixcloudSync({ apiRoot: 'http://127.0.0.1:1', retries: 0 });
assert.throws(() => nobody.get('bob'), MixcloudConnectionError);

const mp3 = new Uint8Array(300_000);
mp3.set(Buffer.from('ID3'));
const told = [];
const answer = mixcloud.upload(mp3, 'From a blocking script', {
  tags: ['House'],
  onProgress: ({ sent, total }) => told.push(sent / total),
});
assert.equal(answer.result.success, true);
assert.equal(told.at(-1), 1);

const oauth = new MixcloudOAuthSync({
  oauthRoot,
  clientId,
  clientSecret,
  redirectUri: 'https://example.com/code',
  mixcloud,
});
assert.equal(oauth.accessToken(code), accessToken);

console.log('ok');
