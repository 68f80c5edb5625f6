// A program of today: ES modules, promises, and no `close()`.
import assert from 'node:assert/strict';
import {
  Mixcloud,
  MixcloudConnectionError,
  MixcloudError,
  MixcloudOAuth,
  Resource,
  ResourceList,
} from 'mixcloud-client';

const { apiRoot, oauthRoot, accessToken, clientId, clientSecret, code } = JSON.parse(process.argv[2]);
const mixcloud = new Mixcloud({ apiRoot, accessToken, raiseExceptions: true });

const bob = await mixcloud.get('bob');
assert.ok(bob instanceof Resource);
assert.equal(bob.city, 'London');
assert.equal(typeof bob.created_time.year, 'number');

const followers = await bob.followers({ limit: 5 });
assert.ok(followers instanceof ResourceList && Array.isArray(followers));
assert.equal(followers.length, 5);

const keys = [];
for await (const mix of (await mixcloud.popular()).all({ limit: 45 })) keys.push(mix.key);
assert.equal(new Set(keys).size, 45);

await assert.rejects(mixcloud.get('nobody-of-that-name'), (error) => {
  return error instanceof MixcloudError && error.code === 'ERR_MIXCLOUD' && error.status === 404;
});
const nobody = new Mixcloud({ apiRoot: 'http://127.0.0.1:1', retries: 0 });
await assert.rejects(nobody.get('bob'), MixcloudConnectionError);

const mp3 = new Uint8Array(300_000);
mp3.set(Buffer.from('ID3'));
const told = [];
const answer = await mixcloud.upload(mp3, 'From an ES module', {
  tags: ['House'],
  onProgress: ({ sent, total }) => told.push(sent / total),
});
assert.equal(answer.result.success, true);
assert.equal(told.at(-1), 1);

const oauth = new MixcloudOAuth({
  oauthRoot,
  clientId,
  clientSecret,
  redirectUri: 'https://example.com/code',
  mixcloud,
});
assert.equal(await oauth.accessToken(code), accessToken);

console.log('ok');
