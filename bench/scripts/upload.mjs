// Uploads a file and prints the milliseconds that it took and the bytes by which memory grew meanwhile.
import { peakMemory } from './peak-memory.cjs';

const [, , mode, apiRoot, path] = process.argv;
const { Mixcloud, MixcloudSync } = await import(mode === 'sync' ? 'mixcloud-client/sync' : 'mixcloud-client');

const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({ apiRoot, accessToken: 'bench' });
// What a first call loads does not belong to the upload.
await mixcloud.get('bob');

const before = process.memoryUsage.rss();
const start = performance.now();
const { result } = await mixcloud.upload(path, 'A long show');
const milliseconds = performance.now() - start;
const growth = peakMemory() - before;
console.log(JSON.stringify({ milliseconds, growth, key: result.key }));
await mixcloud.close();
