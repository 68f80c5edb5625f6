/** Uploads and actions, each with a token of its own, by which the server can tell them apart. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const { SEED, CALLS } = process.env;
const path = join(tmpdir(), `mixcloud-once-${process.pid}.mp3`);
writeFileSync(path, Buffer.alloc(400_000, 'ID3'));
const bytes = new Uint8Array(50_000).fill(1);

const METHODS = [
  (client, name) => client.follow(name),
  (client, name) => client.unfollow(name),
  (client, name) => client.upload(bytes, name),
  (client, name) => client.favorite(`${name}/mix`),
  (client, name) => client.upload(path, name, { picture: bytes }),
  (client, name) => client.edit(`${name}/mix`, { name }),
];

// Workers that may end. A busy machine takes long to start one.
let endsLeft = Number(CALLS) / 25;
const started = [];
process.on('worker', (worker) => started.push(worker.threadId));
const createClient = () => new MixcloudSync({ apiRoot: world, timeout: 400 });
let mixcloud = createClient();
const calls = [];
for (let index = 0; index < Number(CALLS); index += 1) {
  const token = `call-${SEED}-${index}`;
  if (index % 50 === 49) {
    mixcloud.close();
    mixcloud = createClient();
  }
  mixcloud.accessToken = token;
  try {
    const result = METHODS[index % METHODS.length](mixcloud, `user-${index}`);
    calls.push({ token, result: result.error ? 'refused' : 'done' });
  } catch ({ name, code, sent, message }) {
    calls.push({ token, result: name, code, sent, message });
    if (name === 'MixcloudWorkerError') endsLeft -= 1;
    // A worker has a copy of the environment at its start.
    if (endsLeft <= 0) process.env.MORTAL = 'no';
  }
}
// The `worker` events of the process come when the event loop turns.
await new Promise((resolve) => setTimeout(resolve, 0));
tell({ calls, workers: started.length });
