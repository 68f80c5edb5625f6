import { randomBytes } from 'node:crypto';
import { getEventListeners, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DependencyError } from '../../../src/async/transport/dependency.ts';
import { LargeResponse } from '../../../src/async/transport/large-response.ts';
import { LightSignal } from '../../../src/async/transport/light-signal.ts';
import { openPools } from '../../../src/async/transport/pool.ts';
import type { ResponseCollector } from '../../../src/async/transport/response-collector.ts';
import { Session } from '../../../src/async/transport/session.ts';
import type { PlainEvent } from '../../../src/shared/protocol/events.ts';
import type { ApiRequest } from '../../../src/shared/protocol/messages.ts';
import { getRequest, rateLimit } from './support.ts';

vi.mock(import('../../../src/async/transport/pool.ts'), async (original) => {
  const actual = await original();
  return { ...actual, openPools: vi.fn(actual.openPools) };
});

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

/** A dispatcher without a network, and the number of requests that it was given. It repeats the last answer. */
function answering(...answers: Answer[]) {
  const dispatcher = {
    count: 0,
    dispatch(options: object, handler: object) {
      dispatcher.count += 1;
      const { status = 200, headers = {}, body = '{}', before } = answers[dispatcher.count - 1] ?? answers.at(-1) ?? {};
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
  const [result] = await new Session(OPTIONS, answering(answer)).run({ requests: [request], concurrency: 1 });
  return result;
};

/** A server on loopback, and its connections. */
async function serve(listener: RequestListener) {
  // An idle connection would end by itself within seconds.
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { connections, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const one = (rest: Partial<ApiRequest> = {}) => ({ requests: [getRequest(rest)], concurrency: 1 });

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

  it('shows no secret in a large response, neither in its text nor in its body', async () => {
    const body = `{"token": "${TOKEN}"}`.padEnd(200_000);
    const session = new Session(OPTIONS, answering({ body }), true);
    const [secret, plain] = await session.sendAll({ requests: [withToken, getRequest()], concurrency: 1 });
    expect(secret).toMatchObject({ text: '{"token": "[redacted]"}'.padEnd(200_000 + 10 - TOKEN.length) });
    expect(secret).not.toBeInstanceOf(LargeResponse);
    expect(Object.keys(secret ?? {})).toEqual(['type', 'status', 'contentType', 'retryAfter', 'text']);
    // Its body is for the worker.
    expect(plain).toBeInstanceOf(LargeResponse);
    const [eager] = await new Session(OPTIONS, answering({ body })).sendAll(one());
    expect(eager).not.toBeInstanceOf(LargeResponse);
    expect(eager).toMatchObject({ text: body });
  });

  it('leaves a response without a type as it is', async () => {
    expect(await sendWith({}, withToken)).toMatchObject({ status: 200, contentType: null });
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
    const { server, url } = await serve((_request, response) => {
      respond = () => void response.end('{}');
    });
    const arrived = once(server, 'request');
    const ended = once(server, 'close');
    const session = new Session(OPTIONS);
    const results = session.sendAll(one({ url }));
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

  it.each([2, 3])('sends %i requests of a batch, two at once, and keeps the order of the results', async (count) => {
    const waiting: [url: string, response: ServerResponse][] = [];
    let most = 0;
    const { url } = await serve(({ url: path = '' }, response) => {
      waiting.push([path, response]);
      most = Math.max(most, waiting.length);
      // The later one of two is answered first.
      if (waiting.length === 2 || path === '/2') for (const [text, held] of waiting.splice(0).reverse()) held.end(text);
    });
    const session = new Session(OPTIONS);
    const requests = Array.from({ length: count }, (_, index) => getRequest({ url: `${url}${index}` }));
    const results = await session.sendAll({ requests, concurrency: 2 });
    expect(results).toMatchObject(requests.map((_, index) => ({ status: 200, text: `/${index}` })));
    expect(most).toBe(2);
    await session.close();
  });

  it('sends requests over one connection, ends it when it is closed, and opens another for a later request', async () => {
    const { connections, url } = await serve((_request, response) => void response.end('{}'));
    const session = new Session(OPTIONS);
    for (let count = 0; count < 2; count += 1) {
      expect(await session.sendAll(one({ url }))).toMatchObject([{ status: 200 }]);
      // The connection is free a moment later.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connections).toHaveLength(1);
    await session.close();
    await vi.waitFor(() => expect(connections[0]?.destroyed).toBe(true), { timeout: 3000 });
    expect(await session.sendAll(one({ url }))).toMatchObject([{ status: 200 }]);
    expect(connections).toHaveLength(2);
    await session.close();
  });

  it('sends a request that comes while it closes over a connection of its own', async () => {
    const held = new Map<string, ServerResponse>();
    const { url } = await serve(({ url: path = '' }, response) => void held.set(path, response));
    const session = new Session(OPTIONS);
    const first = session.sendAll(one({ url: `${url}first` }));
    await vi.waitFor(() => expect(held.size).toBe(1));
    const closed = session.close();
    const second = session.sendAll(one({ url: `${url}second` }));
    await vi.waitFor(() => expect(held.size).toBe(2));
    held.get('/first')?.end('{}');
    await closed;
    held.get('/second')?.end('{}');
    expect([...(await first), ...(await second)]).toMatchObject([{ status: 200 }, { status: 200 }]);
    await session.close();
  });

  it('tries again to open its connections with the next request', async () => {
    const { url } = await serve((_request, response) => void response.end('{}'));
    const session = new Session(OPTIONS);
    vi.mocked(openPools).mockRejectedValueOnce(new DependencyError('undici', new Error('not there')));
    const failure = { kind: 'dependency', message: expect.stringContaining("its dependency 'undici'"), sent: false };
    expect(await session.sendAll(one({ url }))).toMatchObject([failure]);
    expect(await session.sendAll(one({ url }))).toMatchObject([{ status: 200 }]);
    await session.close();
  });

  it('may be closed while its connections cannot be opened', async () => {
    const session = new Session(OPTIONS);
    let fail = (_error: Error) => {};
    const opening = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    vi.mocked(openPools).mockReturnValueOnce(opening);
    const results = session.sendAll(one());
    const closed = session.close();
    fail(new DependencyError('undici', new Error('not there')));
    expect(await results).toMatchObject([{ kind: 'dependency' }]);
    await closed;
  });

  it('returns any other error of a request as a failure', async () => {
    const session = new Session(OPTIONS);
    vi.mocked(openPools).mockRejectedValueOnce(new RangeError('no memory'));
    const failure = { kind: 'connection', message: 'RangeError: no memory', sent: false };
    expect(await session.sendAll(one())).toMatchObject([failure]);
  });

  it.each([
    [1, 200],
    [0, 403],
  ])('waits for a rate limit if that may take %i seconds', async (maxRateLimitWait, status) => {
    const { status: limited, text: body } = rateLimit(0.01);
    const dispatcher = answering({ status: limited, body }, {});
    const session = new Session({ ...OPTIONS, maxRateLimitWait }, dispatcher);
    expect(await session.sendAll(one())).toMatchObject([{ status }]);
  });

  it.each([false, true])('tells whether a request that failed was sent: %s', async (sent) => {
    const events: PlainEvent[] = [];
    const dispatch = (_options: object, handler: object) => {
      const collector = handler as ResponseCollector;
      if (sent) collector.onRequestStart(controller);
      collector.onResponseError(null, new Error('no route'));
      return true;
    };
    const onEvent = (event: PlainEvent) => events.push(event);
    const results = await new Session(OPTIONS, { dispatch }).sendAll(one({ idempotent: false }), { onEvent });
    const failure = { kind: 'connection', message: 'no route', sent };
    expect(results).toMatchObject([failure]);
    expect(events).toMatchObject([{ type: 'request' }, { type: 'failure', failure }]);
  });

  it('tells of each attempt', async () => {
    const events: string[] = [];
    const onEvent = ({ type, attempt }: PlainEvent) => events.push(`${type} ${attempt}`);
    await new Session(OPTIONS, answering({ status: 503 }, {})).sendAll(one(), { onEvent });
    expect(events).toEqual(['request 1', 'response 1', 'retry 1', 'request 2', 'response 2']);
  });

  it('tells of an end between two attempts', async () => {
    const closed = new LightSignal();
    const events: string[] = [];
    const onEvent = ({ type }: PlainEvent) => {
      events.push(type);
      if (type === 'retry') setImmediate(() => closed.abort());
    };
    await new Session(OPTIONS, answering({ status: 503 })).sendAll(one(), { onEvent, closed });
    expect(events).toEqual(['request', 'response', 'retry', 'failure']);
  });

  it('leaves nothing of a request behind', async () => {
    const { signal } = new AbortController();
    const session = new Session(OPTIONS, answering({}));
    const sendOne = async () => {
      const [result] = await session.sendAll(one(), { signal });
      return new WeakRef(result as object);
    };
    const result = await sendOne();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    await vi.waitFor(() => {
      collectGarbage();
      // A failed assertion would keep the result itself.
      expect(result.deref() === undefined).toBe(true);
    });
    await session.close();
  });
});
