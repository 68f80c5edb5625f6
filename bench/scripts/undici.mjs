import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';

const dispatcher = new Agent();
const url = `${process.argv[2]}/bob/?metadata=1`;
const { body } = await request(url, { dispatcher, headers: { 'accept-encoding': 'gzip' } });
const user = JSON.parse(gunzipSync(await body.arrayBuffer()).toString('utf8'));
console.log(JSON.stringify(user));
await dispatcher.close();
