// Both kinds of client in a worker thread of the caller's, while the main thread has clients of its own.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MixcloudSync } from 'mixcloud-client/sync';

const { apiRoot } = JSON.parse(process.argv[2]);
const mixcloud = new MixcloudSync({ apiRoot });
assert.equal(mixcloud.get('bob').city, 'London');

for (const script of ['mixed.cjs', 'commonjs.cjs']) {
  const worker = new Worker(new URL(script, import.meta.url), { argv: process.argv.slice(2), stdout: true });
  let said = '';
  worker.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const ended = once(worker, 'exit');
  assert.equal(mixcloud.get('peter').type, 'user');
  assert.deepEqual(await ended, [0]);
  assert.equal(said, 'ok\n');
}

console.log('ok');
