import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

let workers = 0;
process.on('worker', () => {
  workers += 1;
});
const first = new MixcloudSync({ apiRoot: world, userAgent: 'first/1', retries: 0 });
const second = new MixcloudSync({ apiRoot: world, userAgent: 'second/2', retries: 1, raiseExceptions: true });
await new Promise((resolve) => setImmediate(resolve));
const told = {};
// The world answers the first request for each of these with a reset, and the next one.
told.unrepeated = attempt(() => first.get('peter').name);
told.repeated = attempt(() => second.get('alice').username);
told.quiet = attempt(() => first.get('nobody-at-all').error.type);
told.raising = attempt(() => second.get('nobody-at-all'));
first.close();
told.closed = attempt(() => first.get('bob'));
told.open = attempt(() => second.get('bob').city);
await new Promise((resolve) => setImmediate(resolve));
tell({ ...told, workers });
