// One process with four copies: both entries, as ES modules and as CommonJS. Their classes must know each other's objects.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as esm from 'mixcloud-client';
import * as esmSync from 'mixcloud-client/sync';

const require = createRequire(import.meta.url);
const cjs = require('mixcloud-client');
const cjsSync = require('mixcloud-client/sync');
assert.notEqual(esm.Mixcloud, cjs.Mixcloud, 'there are two copies to speak of');

const { apiRoot, oauthRoot, accessToken, clientId, clientSecret, code } = JSON.parse(process.argv[2]);
const copies = [esm, cjs];
const copiesSync = [esmSync, cjsSync];

const errors = Object.keys(esm).filter((name) => /^Mixcloud.*Error$/.test(name));
assert.equal(errors.length, 9);
for (const maker of copies) {
  for (const name of errors) {
    const error = new maker[name]('made', { retryAfter: 1, contentType: null, excerpt: '', timeout: 1 });
    assert.match(error.code, /^ERR_MIXCLOUD(_[A-Z]+)*$/);
    for (const judge of copies) {
      assert.equal(error.code, judge[name].code);
      for (const other of errors) {
        const expected = other === name || other === 'MixcloudError';
        assert.equal(error instanceof judge[other], expected, `${name} instanceof ${other}`);
      }
    }
  }
}

const thrown = async (call) => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
};

for (const Client of [esm.Mixcloud, cjs.Mixcloud, esmSync.MixcloudSync, cjsSync.MixcloudSync]) {
  const mixcloud = new Client({ apiRoot, accessToken, raiseExceptions: true });
  const missing = await thrown(() => mixcloud.get('nobody-of-that-name'));
  const revoked = await thrown(() => new Client({ apiRoot, accessToken: 'revoked', raiseExceptions: true }).me());
  const refused = await thrown(() => new Client({ apiRoot: 'http://127.0.0.1:1', retries: 0 }).get('bob'));
  const late = await thrown(() => new Client({ apiRoot: `${apiRoot}/fault/hang`, timeout: 50, retries: 0 }).get('bob'));
  const bob = await mixcloud.get('bob');
  const popular = await mixcloud.popular();
  for (const judge of copies) {
    assert.ok(missing instanceof judge.MixcloudError && !(missing instanceof judge.MixcloudConnectionError));
    assert.ok(revoked instanceof judge.MixcloudAuthorizationError && revoked.code === 'ERR_MIXCLOUD_AUTHORIZATION');
    assert.ok(refused instanceof judge.MixcloudConnectionError && refused.code === 'ECONNREFUSED');
    assert.ok(late instanceof judge.MixcloudTimeoutError && late.code === 'ERR_MIXCLOUD_TIMEOUT');
    assert.ok(bob.pictures instanceof judge.AccessDict && !(popular instanceof judge.AccessDict));
    assert.ok(popular instanceof judge.AccessList && !(bob instanceof judge.AccessList));
  }
  const blocking = Client.name === 'MixcloudSync';
  for (const judge of blocking ? copiesSync : copies) {
    assert.ok(mixcloud instanceof judge[Client.name]);
    assert.ok(bob instanceof judge[blocking ? 'ResourceSync' : 'Resource']);
    assert.ok(popular[0] instanceof judge[blocking ? 'ResourceSync' : 'Resource']);
    assert.ok(popular instanceof judge[blocking ? 'ResourceListSync' : 'ResourceList']);
  }
  for (const judge of blocking ? copies : copiesSync) {
    assert.ok(!(mixcloud instanceof judge[blocking ? 'Mixcloud' : 'MixcloudSync']));
  }
}

// The helper of one copy, the client of the other.
const app = { oauthRoot, clientId, clientSecret, redirectUri: 'https://example.com/code', raiseExceptions: true };
const oauth = new cjs.MixcloudOAuth({ ...app, mixcloud: new esm.Mixcloud() });
assert.equal(await oauth.accessToken(code), accessToken);
const oauthSync = new esmSync.MixcloudOAuthSync({ ...app, mixcloud: new cjsSync.MixcloudSync() });
const used = await thrown(() => oauthSync.accessToken(code));
assert.ok(used instanceof cjs.MixcloudOAuthError && used instanceof esm.MixcloudOAuthError);

console.log('ok');
