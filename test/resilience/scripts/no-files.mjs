/** Makes calls while no file can be opened, and after; tells what became of them. */
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { devNull } from 'node:os';
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const { ORIGIN: apiRoot, MODE: mode, TOKEN: accessToken, SHOW: show } = process.env;
const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({ apiRoot, accessToken, retries: 0, timeout: 10_000 });
const results = {};

async function attempt(name, call) {
  try {
    results[name] = { value: String(await call()) };
  } catch ({ name: error, code, sent, message, method }) {
    results[name] = { error, code, sent, message, method };
  }
}

/** Opens files until only so many more can be opened. Returns the function that closes them. */
function openAllBut(free) {
  const files = [];
  try {
    for (;;) files.push(openSync(devNull));
  } catch {}
  for (let n = 0; n < free; n += 1) closeSync(files.pop());
  return () => files.forEach(closeSync);
}

const get = () => mixcloud.get('bob');
const upload = async () => JSON.stringify(await mixcloud.upload(show, 'A show'));

let release = openAllBut(2);
await attempt('firstGet', get);
await attempt('firstUpload', upload);
release();
await attempt('laterGet', get);
release = openAllBut(0);
await attempt('file', upload);
await attempt('connections', () => mixcloud.getMany(Array(8).fill('bob')));
release();
await attempt('laterUpload', upload);
const left = readdirSync('/proc/self/fd').filter((file) => {
  try {
    return readlinkSync(`/proc/self/fd/${file}`) === show;
  } catch {
    return false;
  }
});
process.stdout.write(`${JSON.stringify({ ...results, left: left.length })}\n`);
