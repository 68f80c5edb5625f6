// An old script, blocking and then not.
const assert = require('node:assert/strict');
const { Mixcloud, MixcloudError, Resource } = require('mixcloud-client');
const { MixcloudSync, ResourceSync } = require('mixcloud-client/sync');

const { apiRoot, accessToken } = JSON.parse(process.argv[2]);

const blocking = new MixcloudSync({ apiRoot, accessToken, raiseExceptions: true });
const bob = blocking.get('bob');
assert.ok(bob instanceof ResourceSync);
assert.equal(bob.city, 'London');
assert.equal([...blocking.popular().all({ limit: 45 })].length, 45);
assert.equal(blocking.edit('perfect-mix', { description: 'From an old script' }).result.success, true);
assert.throws(() => blocking.get('nobody-of-that-name'), MixcloudError);

const mixcloud = new Mixcloud({ apiRoot, accessToken, raiseExceptions: true });
mixcloud
  .get('bob')
  .then((user) => {
    assert.ok(user instanceof Resource);
    return user.followers({ limit: 5 });
  })
  .then((followers) => {
    assert.equal(followers.length, 5);
    return mixcloud.get('nobody-of-that-name').then(
      () => assert.fail('this was to be rejected'),
      (error) => assert.ok(error instanceof MixcloudError),
    );
  })
  .then(() => console.log('ok'));
