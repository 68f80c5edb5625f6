import { threadId } from 'node:worker_threads';
import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const [, , token] = process.argv;
// Taken in at ten megabytes a second; the system's buffers take several at once.
const mixcloud = new MixcloudSync({ apiRoot: `${world}/fault/slow-read:10000000`, accessToken: token });
const other = new MixcloudSync({ apiRoot: world });
const file = new Uint8Array(20_000_000);
file.set(new TextEncoder().encode('ID3'));
const threads = new Set();
const seen = [];
let nested;
const onProgress = (progress) => {
  threads.add(threadId);
  seen.push({ ...progress, at: performance.now() });
  // A call within a call.
  nested ??= other.get('bob').city;
};
const began = performance.now();
const { result } = mixcloud.upload(file, 'Told', { onProgress });
const ms = performance.now() - began;

let calls = 0;
const thrown = attempt(() =>
  mixcloud.upload(file, 'Refused', {
    onProgress: () => {
      calls += 1;
      throw new RangeError('not so fast');
    },
  }),
);
const next = attempt(() => other.get('peter').username);
tell({
  success: result.success,
  ms,
  seen: seen.map((one) => ({ ...one, at: one.at - began })),
  threads: [...threads],
  nested,
  thrown,
  calls,
  next,
});
