/** Reads a long body that comes byte by byte; tells how much memory that took. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const { ORIGIN: apiRoot, MODE: mode } = process.env;
let length = 0;
const jsonDecoder = (text) => {
  length = text.length;
  return {};
};
const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({ apiRoot, jsonDecoder, retries: 0, timeout: 45_000 });
await mixcloud.get('bob');
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ length, rss: maxRSS / 1024 })}\n`);
