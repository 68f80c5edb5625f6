/** Uploads a file as a user who may not read it. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const { WORLD: apiRoot, MODE: mode, TOKEN: accessToken, FILE: file } = process.env;
const mixcloud = new (mode === 'sync' ? MixcloudSync : Mixcloud)({ apiRoot, accessToken });
// All code that the call needs is read before: nobody may not be allowed to read that either.
await mixcloud.upload(new Uint8Array(1), `Warm (${mode})`, { unlisted: true });
await fetch(`${apiRoot}/me/`).then((answer) => answer.text());
if (process.getuid?.() === 0) process.setuid(65534);
let error;
try {
  await mixcloud.upload(file, 'A show');
} catch (caught) {
  const { name, code, message } = caught;
  error = { name, code, message };
}
process.stdout.write(`${JSON.stringify({ error })}\n`);
