// A CommonJS program that requires one entry and imports the other.
const assert = require('node:assert/strict');
const { MixcloudError, Resource } = require('mixcloud-client');

const { apiRoot } = JSON.parse(process.argv[2]);

async function main() {
  const { MixcloudSync } = await import('mixcloud-client/sync');
  const { Mixcloud } = await import('mixcloud-client');
  const { ResourceSync } = require('mixcloud-client/sync');
  assert.throws(() => new MixcloudSync({ apiRoot, raiseExceptions: true }).get('nobody-of-that-name'), MixcloudError);
  await assert.rejects(new Mixcloud({ apiRoot, raiseExceptions: true }).get('nobody-of-that-name'), MixcloudError);
  assert.ok(new MixcloudSync({ apiRoot }).get('bob') instanceof ResourceSync);
  assert.ok((await new Mixcloud({ apiRoot }).get('bob')) instanceof Resource);
  console.log('ok');
}

main();
