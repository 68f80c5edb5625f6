/** Makes calls where `Error` is frozen; tells what became of them. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const { ORIGIN: apiRoot, MODE: mode } = process.env;
Object.freeze(Error);
const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({ apiRoot, raiseExceptions: true, retries: 0 });
const { city, created_time: created } = await mixcloud.get('bob');
const items = [];
for await (const { type } of (await mixcloud.popular()).all({ limit: 3 })) items.push(type);
let failure;
try {
  await mixcloud.get('nobody');
} catch (error) {
  failure = error.name;
}
process.stdout.write(`${JSON.stringify({ city, year: created.year, items, failure })}\n`);
