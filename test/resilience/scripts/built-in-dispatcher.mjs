/** Gives the client the dispatcher of Node.js's own `fetch`; tells what became of the call. */
import { Mixcloud } from 'mixcloud-client';

const { ORIGIN: apiRoot } = process.env;
await (await fetch(`${apiRoot}/bob/`)).text();
const dispatcher = globalThis[Symbol.for('undici.globalDispatcher.1')];
// Redirects of undici 6, which check the handler by themselves.
const more = process.versions.undici.startsWith('6.') ? { maxRedirections: 2 } : {};
const redirecting = { dispatch: (options, handler) => dispatcher.dispatch({ ...options, ...more }, handler) };
const results = [];
for (const each of [dispatcher, redirecting]) {
  try {
    results.push((await new Mixcloud({ apiRoot, dispatcher: each, retries: 0, timeout: 5000 }).get('bob')).city);
  } catch (error) {
    results.push(`${error.name}: ${error.message}`);
  }
}
process.stdout.write(`${JSON.stringify({ undici: process.versions.undici, results })}\n`);
