import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runAsWorker } from 'synckit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadUndici } from '../../../src/async/transport/undici.ts';
import { decodeTexts, type SentText } from '../../../src/sync/worker/shared-text.ts';
import type { WorkerMessage, WorkerReply } from '../../../src/sync/worker/worker-messages.ts';
import { getRequest } from '../transport/support.ts';

vi.mock(import('synckit'), async (original) => ({ ...(await original()), runAsWorker: vi.fn() }));
vi.mock(import('../../../src/async/transport/undici.ts'), async (original) => {
  const actual = await original();
  return { ...actual, loadUndici: vi.fn(actual.loadUndici) };
});
vi.mock(import('node:v8'), async (original) => ({ ...(await original()), setFlagsFromString: vi.fn() }));

type Handle = (message: WorkerMessage) => Promise<WorkerReply<SentText>>;
type Start = WorkerMessage & { type: 'start' };
type Prefetch = WorkerMessage & { type: 'prefetch' };

const OPTIONS = { retries: 0, maxRateLimitWait: 0, proxy: null, userAgent: 'test/1' };
const NOTHING = { collectedSessions: [], collectedJobs: [], received: 0 } as const;

/** Loads the worker's program in this thread. Returns what replies to the messages. */
async function loadWorker(): Promise<Handle> {
  vi.resetModules();
  vi.mocked(runAsWorker).mockReset();
  vi.mocked(loadUndici).mockClear();
  await import('../../../src/sync/worker/worker.ts');
  return vi.mocked(runAsWorker).mock.calls[0]?.[0] as unknown as Handle;
}

/** Requests that wait for their responses, by their paths. */
const waiting = new Map<string, ServerResponse>();
const ended: string[] = [];
const connections: Socket[] = [];
// An idle connection would end by itself within seconds.
const server = createServer({ keepAliveTimeout: 60_000 }, ({ url = '' }, response) => {
  waiting.set(url, response);
  response.on('close', () => {
    waiting.delete(url);
    if (!response.writableFinished) ended.push(url);
  });
  if (url.startsWith('/now/')) response.end('{}');
});
server.on('connection', (socket) => connections.push(socket));
let origin: string;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const response of waiting.values()) response.destroy();
  await vi.waitFor(() => expect(waiting.size).toBe(0));
  ended.length = 0;
  connections.length = 0;
});

describe('the program of the worker', () => {
  let handle: Handle;
  beforeEach(async () => {
    handle = await loadWorker();
  });

  const start = (job: number, path: string, rest: Partial<Start> = {}) =>
    handle({
      type: 'start',
      job,
      session: 1,
      options: OPTIONS,
      step: { requests: [getRequest({ url: `${origin}${path}` })], concurrency: 1 },
      events: false,
      wait: 5000,
      ...NOTHING,
      ...rest,
    });
  const poll = (job: number, wait = 5000) => handle({ type: 'poll', job, wait, ...NOTHING });
  /** Sends a loop's requests ahead. They have the numbers 1, 2… */
  const prefetch = (job: number, paths: readonly string[], rest: Partial<Prefetch> = {}) => {
    const requests = paths.map((path, index) => ({ id: index + 1, request: getRequest({ url: `${origin}${path}` }) }));
    return handle({
      type: 'prefetch',
      job,
      session: 1,
      options: OPTIONS,
      prefetch: { requests, waitFor: [], concurrency: 2 },
      pending: requests.map(({ id }) => id),
      events: false,
      wait: 0,
      ...NOTHING,
      ...rest,
    });
  };
  /** Fetches what has arrived of a loop, once one of the requests has. */
  const fetch = (job: number, pending: readonly number[], rest: Partial<Prefetch> = {}) =>
    prefetch(job, [], { pending, prefetch: { requests: [], waitFor: pending, concurrency: 2 }, wait: 5000, ...rest });
  // Each has a connection of its own, so they come in any order.
  const arrived = (...paths: string[]) => vi.waitFor(() => expect([...waiting.keys()].sort()).toEqual(paths.sort()));

  it('replies when the results are there, or else after the wait', async () => {
    expect(await start(1, '/now/')).toMatchObject({ results: [{ status: 200, text: '{}' }] });
    expect(await start(2, '/later/', { wait: 10 })).toEqual({ type: 'reply', results: null, progress: null });
    await arrived('/later/');
    const reply = poll(2);
    waiting.get('/later/')?.end('{}');
    expect(await reply).toMatchObject({ results: [{ status: 200 }] });
  });

  it('tells how far an upload is', async () => {
    const file = { from: 'bytes', bytes: new Uint8Array(1000), filename: 'a.mp3', type: 'audio/mpeg' } as const;
    const request = getRequest({
      method: 'POST',
      url: `${origin}/later/`,
      idempotent: false,
      parts: [{ name: 'mp3', file, maxSize: 1000 }],
    });
    await start(1, '/later/', { step: { requests: [request], concurrency: 1 }, wait: 0 });
    await arrived('/later/');
    await vi.waitFor(async () => {
      const { progress } = (await poll(1, 5)) as WorkerReply & { type: 'reply' };
      expect(progress?.total).toBeGreaterThan(1000);
      expect(progress?.sent).toBe(progress?.total);
    });
  });

  it.each([
    ['closed', () => handle({ type: 'close', session: 1, ...NOTHING })],
    ['collected', () => start(9, '/now/', { session: 2, collectedSessions: [1] })],
  ])('sends the requests of a session over one connection, which ends when the session is %s', async (_how, end) => {
    for (const job of [1, 2]) {
      await start(job, '/now/');
      // The connection is free a moment later.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connections).toHaveLength(1);
    const [connection] = connections;
    await end();
    await vi.waitFor(() => expect(connection?.destroyed).toBe(true), { timeout: 3000 });
    // Nothing of it is left.
    const options = { ...OPTIONS, proxy: { by: 'url', url: 'http://127.0.0.1:9' } } as const;
    expect(await start(3, '/now/', { options })).toMatchObject({
      results: [{ type: 'failure', code: 'ECONNREFUSED' }],
    });
  });

  it('replies without the results as often as it is polled', async () => {
    await start(1, '/later/', { wait: 5 });
    for (let count = 0; count < 3; count += 1) expect(await poll(1, 5)).toMatchObject({ results: null });
  });

  it('keeps results until the next message for another job, in case that its reply came too late', async () => {
    const { results } = (await start(1, '/now/')) as WorkerReply & { type: 'reply' };
    expect(await poll(1)).toMatchObject({ results });
    expect(await poll(1)).toMatchObject({ results });
    await start(2, '/now/');
    expect(await poll(1)).toEqual({ type: 'dropped' });
  });

  it('cancels the request of a job that the caller does not want any more', async () => {
    await start(1, '/one/', { wait: 0 });
    await start(2, '/two/', { wait: 0 });
    await arrived('/one/', '/two/');
    expect(await handle({ type: 'cancel', job: 1, ...NOTHING })).toMatchObject({ results: null });
    await arrived('/two/');
    await start(3, '/now/', { collectedJobs: [2] });
    await arrived();
    expect(ended).toEqual(['/one/', '/two/']);
    expect(await poll(1)).toEqual({ type: 'dropped' });
  });

  it('cancels what was started ahead when its session is closed, and lets other requests complete', async () => {
    await prefetch(1, ['/ahead/']);
    await start(2, '/upload/', { wait: 0 });
    await prefetch(3, ['/other/'], { session: 2 });
    await arrived('/ahead/', '/upload/', '/other/');
    await handle({ type: 'close', session: 1, ...NOTHING });
    await arrived('/upload/', '/other/');
    waiting.get('/upload/')?.end('{}');
    expect(await poll(2)).toMatchObject({ results: [{ status: 200 }] });
    expect(ended).toEqual(['/ahead/']);
  });

  it('cancels everything of a session whose client was collected', async () => {
    await start(1, '/one/', { wait: 0 });
    await start(2, '/two/', { wait: 0, session: 2 });
    await prefetch(3, ['/ahead/']);
    await arrived('/one/', '/two/', '/ahead/');
    await start(4, '/now/', { session: 2, collectedSessions: [1] });
    await arrived('/two/');
    expect(ended.sort()).toEqual(['/ahead/', '/one/']);
  });

  it('keeps the latest sixteen loops of a session', async () => {
    for (let job = 1; job <= 18; job += 1) await prefetch(job, [`/ahead/${job}/`]);
    await prefetch(19, ['/other/'], { session: 2 });
    expect(await fetch(3, [1], { wait: 0 })).toEqual({ type: 'prefetched', results: [] });
    expect([await fetch(1, [1]), await fetch(2, [1])]).toEqual([{ type: 'dropped' }, { type: 'dropped' }]);
    // The first two have taken the places of the fourth and the fifth.
    await vi.waitFor(() => expect(waiting.size).toBe(15));
  });

  it('drops the loop that was used least recently', async () => {
    for (let job = 1; job <= 16; job += 1) await prefetch(job, [`/ahead/${job}/`]);
    await fetch(1, [1], { wait: 0 });
    await prefetch(17, ['/ahead/17/']);
    expect(await fetch(1, [1], { wait: 0 })).toEqual({ type: 'prefetched', results: [] });
    expect(await fetch(2, [1])).toEqual({ type: 'dropped' });
    await vi.waitFor(() => expect(waiting.size).toBe(15));
  });

  it('waits for the result that a loop needs, and for none if it needs none', async () => {
    const wait = 60_000;
    expect(await prefetch(1, ['/later/'], { wait })).toEqual({ type: 'prefetched', results: [] });
    await arrived('/later/');
    const reply = fetch(1, [1], { wait });
    waiting.get('/later/')?.end('{}');
    expect(await reply).toMatchObject({ results: [{ id: 1, result: { status: 200 } }] });
  });

  it('sends the requests of a loop while the caller works, and keeps their results until it has them', async () => {
    expect(await prefetch(1, ['/one/', '/two/', '/now/'])).toEqual({ type: 'prefetched', results: [] });
    await arrived('/one/', '/two/');
    const reply = fetch(1, [1, 2, 3]);
    waiting.get('/two/')?.end('{}');
    expect(await reply).toMatchObject({ results: [{ id: 2, result: { status: 200 } }] });
    // It was sent once there was room for it.
    expect(await fetch(1, [1, 3])).toMatchObject({ results: [{ id: 3, result: { status: 200 } }] });
    expect(await fetch(1, [1], { wait: 5 })).toEqual({ type: 'prefetched', results: [] });
    // The loop has received the others.
    expect(await fetch(1, [1, 2])).toEqual({ type: 'dropped' });
  });

  it('sends the events of a loop, the last ones with the reply to its end', async () => {
    await prefetch(1, ['/now/', '/later/'], { events: true });
    await arrived('/later/');
    // Cloned, as by the message to the other thread.
    const first = structuredClone(await fetch(1, [1]));
    const last = await handle({ type: 'cancel', job: 1, ...NOTHING, received: 3 });
    const types = [first, last].map(({ events = [] }) => events.map(({ job, event }) => `${job} ${event.type}`).sort());
    expect(types).toEqual([['1 request', '1 request', '1 response'], ['1 failure']]);
    await arrived();
    expect(ended).toEqual(['/later/']);
  });

  it('sends events until the calling thread has received them', async () => {
    // Cloned, as by the message to the other thread.
    const { events = [] } = structuredClone(await start(1, '/now/', { events: true }));
    expect(events.map(({ job, event }) => [job, event.type])).toEqual([
      [1, 'request'],
      [1, 'response'],
    ]);
    expect((await poll(1)).events).toEqual(events);
    const { events: both = [] } = structuredClone(await start(2, '/now/', { events: true }));
    expect(both.map(({ job }) => job)).toEqual([1, 1, 2, 2]);
    for (const received of [1, 2, 3]) {
      const reply = await handle({ type: 'poll', job: 2, wait: 0, ...NOTHING, received });
      expect(reply.events).toEqual(both.slice(received));
    }
    expect(await handle({ type: 'ping', ...NOTHING, received: 4 })).not.toHaveProperty('events');
    expect(await start(3, '/now/', { received: 4 })).not.toHaveProperty('events');
  });

  describe('a large text', () => {
    const text = `"Αθήνα"`.padEnd(200_000);
    const respond = async (path: string, body: string) => {
      await arrived(path);
      waiting.get(path)?.end(body);
    };
    const resultsOf = async (reply: Promise<WorkerReply<SentText>>) => {
      const { results } = (await reply) as WorkerReply<SentText> & { type: 'reply' };
      return results ?? [];
    };

    it('is in shared memory, also when it is asked for again', async () => {
      const reply = start(1, '/large/');
      await respond('/large/', text);
      const [sent] = await resultsOf(reply);
      expect(sent).toMatchObject({ status: 200, text: { memory: expect.any(SharedArrayBuffer) } });
      const repeated = (await poll(1)) as WorkerReply<SentText>;
      expect(decodeTexts(repeated)).toMatchObject({ results: [{ status: 200, text }] });
    });

    it('is in shared memory in the results of a loop', async () => {
      await prefetch(1, ['/large/']);
      await respond('/large/', text);
      const reply = (await fetch(1, [1])) as WorkerReply<SentText>;
      expect(JSON.stringify(reply)).not.toContain('Αθήνα');
      expect(decodeTexts(reply)).toMatchObject({ results: [{ id: 1, result: { text } }] });
    });

    it('is sent as it is if the memory is full', async () => {
      const huge = text.padEnd(3_000_000);
      const requests = ['/a/', '/b/'].map((path) => getRequest({ url: `${origin}${path}` }));
      const reply = start(1, '/', { step: { requests, concurrency: 2 } });
      await arrived('/a/', '/b/');
      waiting.get('/a/')?.end(huge);
      waiting.get('/b/')?.end(text);
      const [first, second] = await resultsOf(reply);
      expect(first).toMatchObject({ text: huge });
      expect(second).toMatchObject({ text: { offset: 0 } });
    });

    it('is sent without a secret', async () => {
      const secret = 'TheToken0123456789abcdef';
      const requests = [getRequest({ url: `${origin}/large/`, secrets: { access_token: secret } })];
      const reply = start(1, '/', { step: { requests, concurrency: 1 } });
      await respond(`/large/?access_token=${secret}`, `"${secret}"`.padEnd(200_000));
      const [sent] = await resultsOf(reply);
      expect(sent).toMatchObject({ text: expect.stringMatching(/^"\[redacted\]" +$/) });
    });
  });

  it('loads undici before the first message', () => {
    expect(loadUndici).toHaveBeenCalledTimes(1);
  });

  it('reports an error of its own as plain data', async () => {
    const reply = await handle({ type: 'poll', job: 1, wait: 0, ...NOTHING, collectedJobs: null } as never);
    expect(reply).toMatchObject({ type: 'error', error: { name: 'TypeError' } });
  });
});

describe('the flag that lets a process on Node.js 20 exit at once', () => {
  it.each([
    ['20.18.1', '', 1],
    ['20.18.1', '--wasm-tiering-budget=5', 0],
    ['22.0.0', '', 0],
    ['26.1.0', '', 0],
  ])('on %s, with NODE_OPTIONS=%s, is set %i times', async (node, options, times) => {
    const versions = vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, node });
    vi.stubEnv('NODE_OPTIONS', options);
    vi.mocked(setFlagsFromString).mockReset();
    await loadWorker();
    versions.mockRestore();
    expect(vi.mocked(setFlagsFromString).mock.calls).toEqual(Array(times).fill(['--wasm-tiering-budget=13000000']));
  });
});
