/** A server, in a thread of its own, that answers when so many requests are under way, or when the last one has come. */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { together, total } = workerData;
let arrived = 0;
let most = 0;
const waiting = [];

const server = createServer(async ({ url }, response) => {
  arrived += 1;
  waiting.push({ url, response });
  most = Math.max(most, waiting.length);
  if (waiting.length < together && arrived < total) return;
  // A client that sends too many at once sends them now.
  await sleep(20);
  for (const { url, response } of waiting.splice(0)) {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ key: url.split('?')[0], type: 'user' }));
  }
});

parentPort.on('message', () => parentPort.postMessage(most));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
