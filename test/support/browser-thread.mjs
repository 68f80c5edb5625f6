/**
 * Stands in for the browser of a login, in a thread of its own: a blocking login blocks the thread that opens the URL. Opens
 * the URL, is sent back by the site, and makes the given visits to that address in order, each with changes of its own.
 */
import { request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

function send(url, { method = 'GET', headers = {}, path }) {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve) => {
    const options = { hostname, port, path: path ?? pathname + search, method, headers, agent: false };
    const sent = request(options, async (response) => {
      let body = '';
      for await (const part of response.setEncoding('utf8')) body += part;
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    sent.on('error', ({ code }) => resolve({ status: 0, headers: {}, body: code }));
    sent.end();
  });
}

const { url, visits } = workerData;
const { headers } = await send(url, {});
const results = [];
for (const { query, ...change } of visits) {
  const back = new URL(headers.location);
  if (query !== undefined) back.search = query;
  const result = send(back.href, change);
  // Those that wait for the outcome are under way together, as tabs are.
  results.push(change.waits ? result : await result);
}
parentPort.postMessage(await Promise.all(results));
