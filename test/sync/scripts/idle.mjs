import { existsSync, writeFileSync } from 'node:fs';
import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, block, tell, world } from './tell.mjs';

const [, , fate, turns] = process.argv;
const ended = new Promise((resolve) => process.on('worker', (worker) => worker.once('exit', resolve)));
const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
mixcloud.get('peter');
writeFileSync(process.env.FATE, fate);
while (existsSync(process.env.FATE)) block(5);
block(100);
// Whether the script lets the event loop turn, by which it hears of the worker's end.
if (turns === 'turns') await ended;
const call = () => mixcloud.get('bob').city;
const first = attempt(call);
tell({ first, next: attempt(call), after: attempt(call) });
