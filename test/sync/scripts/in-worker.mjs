import { isMainThread, Worker } from 'node:worker_threads';
import { MixcloudSync } from 'mixcloud-client/sync';
import { tell, world } from './tell.mjs';

const { city } = new MixcloudSync({ apiRoot: world }).get('bob');
if (isMainThread) {
  // Twice, and beside the blocking calls of this thread: each thread has its own way to wait.
  const codes = [];
  for (let count = 0; count < 2; count += 1) {
    const worker = new Worker(new URL(import.meta.url), { stdout: true });
    worker.stdout.setEncoding('utf8').on('data', (text) => codes.push(JSON.parse(text)));
    await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
  }
  tell({ city, codes });
} else tell({ city });
