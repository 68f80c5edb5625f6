import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LightSignal } from '../../../src/async/transport/light-signal.ts';
import type { ResponseCollector } from '../../../src/async/transport/response-collector.ts';
import { Session } from '../../../src/async/transport/session.ts';
import type { ApiRequest } from '../../../src/shared/protocol/messages.ts';
import { getRequest } from './support.ts';

const TOKEN = 'TheToken0123456789abcdef';
const OPTIONS = { retries: 2, maxRateLimitWait: 0, proxy: null, userAgent: 'test/1' };
const controller = { abort: () => {} } as unknown as Parameters<ResponseCollector['onRequestStart']>[0];

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Called before the response arrives. */
  readonly before?: (body: AsyncIterable<Uint8Array> | null) => unknown;
}

/** A dispatcher without a network, and the number of requests that it was given. */
function answering({ status = 200, headers = {}, body = '{}', before }: Answer) {
  const dispatcher = {
    count: 0,
    dispatch(options: object, handler: object) {
      dispatcher.count += 1;
      const collector = handler as ResponseCollector;
      collector.onRequestStart(controller);
      void Promise.resolve(before?.((options as { body: AsyncIterable<Uint8Array> | null }).body)).then(() => {
        collector.onResponseStart(controller, status, headers);
        collector.onResponseData(controller, Buffer.from(body));
        collector.onResponseEnd();
      });
      return true;
    },
  };
  return dispatcher;
}

const sendWith = async (answer: Answer, request: ApiRequest) => {
  const [result] = await new Session(OPTIONS, answering(answer)).sendAll({ requests: [request], concurrency: 1 });
  return result;
};

describe('a session', () => {
  const withToken = getRequest({ secrets: { access_token: TOKEN } });

  it('shows no secret in a failure', async () => {
    const result = await sendWith({ headers: { 'content-encoding': TOKEN } }, withToken);
    expect(result).toMatchObject({ type: 'failure', message: expect.stringContaining('unknown encoding') });
    expect(JSON.stringify(result)).not.toMatch(new RegExp(TOKEN, 'i'));
  });

  it('shows no secret in a response', async () => {
    const headers = { 'content-type': `text/plain; token=${TOKEN}` };
    const result = await sendWith({ headers, body: `{"token": "${TOKEN}"}` }, withToken);
    expect(result).toMatchObject({ type: 'response', contentType: expect.stringContaining('text/plain') });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  it("keeps each piece of a file as it was for a caller's dispatcher, which may keep it", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mixcloud-session-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [path, bytes] = [join(folder, 'show.mp3'), randomBytes(2_000_000)];
    await writeFile(path, bytes);
    const parts = [{ name: 'mp3', file: { from: 'path', path, cwd: '/' }, maxSize: 1e7 }] as const;
    const kept: Uint8Array[] = [];
    const before: Answer['before'] = async (body) => {
      for await (const piece of body ?? []) kept.push(piece);
    };
    await sendWith({ before }, getRequest({ method: 'POST', idempotent: false, parts }));
    expect(Buffer.concat(kept).includes(bytes)).toBe(true);
  });

  it('sends nothing again once its client is closed, and lets the request that was sent complete', async () => {
    const closed = new LightSignal();
    const dispatcher = answering({ status: 503, before: () => closed.abort() });
    const session = new Session(OPTIONS, dispatcher);
    const [result] = await session.sendAll({ requests: [getRequest()], concurrency: 1 }, { closed });
    expect(result).toMatchObject({ status: 503 });
    expect(dispatcher.count).toBe(1);
  });

  it('ends a request that pauses before a retry when its client is closed, and those that have not begun', async () => {
    const closed = new LightSignal();
    const dispatcher = answering({ status: 503, headers: { 'retry-after': '5' } });
    const session = new Session(OPTIONS, dispatcher);
    const requests = Array.from({ length: 3 }, () => getRequest());
    const results = session.sendAll({ requests, concurrency: 1 }, { closed });
    await new Promise((resolve) => setTimeout(resolve, 50));
    closed.abort();
    for (const result of await results) expect(result).toMatchObject({ kind: 'closed' });
    expect(dispatcher.count).toBe(1);
  });

  it('lets requests under way complete before it closes its connections', async () => {
    let respond = () => {};
    const server = createServer((_request, response) => {
      respond = () => void response.end('{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const arrived = once(server, 'request');
    const ended = once(server, 'close');
    const session = new Session(OPTIONS);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const results = session.sendAll({ requests: [getRequest({ url })], concurrency: 1 });
    await arrived;
    const closed = session.close();
    // After the time in which it would end its connections.
    setTimeout(respond, 50);
    expect(await results).toMatchObject([{ status: 200 }]);
    await closed;
    server.close();
    // Of its own accord, once no connection is left.
    await ended;
  });
});
