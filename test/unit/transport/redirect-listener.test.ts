import { EventEmitter, getEventListeners, once } from 'node:events';
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RedirectListener } from '../../../src/async/transport/redirect-listener.ts';
import { closedFailure } from '../../../src/shared/protocol/failure.ts';
import { timers } from './support.ts';

// More than the system takes for a browser that reads nothing.
const LARGE = 'x'.repeat(16 * 1024 * 1024);

async function listen(timeout = 5000): Promise<RedirectListener> {
  const listener = await RedirectListener.open(0, timeout);
  if (!(listener instanceof RedirectListener)) throw new Error(listener.message);
  // Rejects if the test has responded to a browser that is still there.
  onTestFinished(() => listener.respond(null).catch(() => undefined));
  return listener;
}

interface Visited {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request as a browser does. `sent` resolves once the listener can read it. */
function visit({ redirectUri }: RedirectListener, query: string, options: RequestOptions = {}) {
  const { hostname, port, pathname } = new URL(redirectUri);
  const sending = request({ hostname, port, path: pathname + query, agent: false, ...options });
  const response = (async (): Promise<Visited> => {
    const [message] = await once(sending, 'response');
    return { status: message.statusCode, headers: message.headers, body: await text(message) };
  })();
  const sent = once(sending, 'finish');
  sending.end();
  return { response, sent, leave: () => sending.destroy() };
}

/** Resolves when the listener has handled what was sent to it before. */
async function handled(listener: RedirectListener): Promise<void> {
  await visit(listener, '', { path: '/other' }).response;
}

async function connectTo({ redirectUri }: RedirectListener): Promise<Socket> {
  const socket = connect(Number(new URL(redirectUri).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('RedirectListener', () => {
  it('has an address on loopback whose path cannot be guessed', async () => {
    const [one, other] = [await listen(), await listen()];
    for (const { redirectUri } of [one, other]) expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
    expect(new URL(one.redirectUri).pathname).not.toBe(new URL(other.redirectUri).pathname);
  });

  it('fails for a port that is taken', async () => {
    const { port } = new URL((await listen()).redirectUri);
    expect(await RedirectListener.open(Number(port), 5000)).toMatchObject({ type: 'failure', code: 'EADDRINUSE' });
  });

  it.each([
    ['?code=abc', { code: 'abc', error: null }],
    ['?code=abc&error=', { code: 'abc', error: null }],
    ['?error=access_denied', { code: null, error: 'access_denied' }],
    ['?code=abc&error=access_denied', { code: null, error: 'access_denied' }],
  ])('receives %s, and shows the browser how the login ends', async (query, redirect) => {
    const listener = await listen();
    const { response } = visit(listener, query);
    const received = await listener.receive({});
    expect(received).toEqual({ ...redirect, timeLeft: expect.any(Number) });
    const { timeLeft } = received as { timeLeft: number };
    expect(timeLeft).toBeGreaterThan(0);
    expect(timeLeft).toBeLessThanOrEqual(5000);
    await listener.respond('because of <this>');
    expect(await response).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', connection: 'close' },
      body: expect.stringMatching(/Not logged in.*because of &#60;this&#62;/s),
    });
  });

  it.each<readonly [string, string, RequestOptions, number, string]>([
    ['another path', '', { path: '/?code=x' }, 404, 'Not found'],
    ['another origin', '', { path: '//evil.example/?code=x' }, 404, 'Not found'],
    ['no URL', '', { path: 'http://[' }, 404, 'Not found'],
    ['another host', '?code=x', { headers: { host: 'evil.example' } }, 404, 'Not found'],
    ['POST', '?code=x', { method: 'POST' }, 405, 'Method not allowed'],
    ['OPTIONS', '?code=x', { method: 'OPTIONS' }, 405, 'Method not allowed'],
    [
      'Sec-Purpose',
      '?code=x',
      { headers: { 'sec-purpose': 'prefetch;prerender' } },
      503,
      'Not available to a prefetch',
    ],
    ['Purpose', '?code=x', { headers: { purpose: 'prefetch' } }, 503, 'Not available to a prefetch'],
    ['X-Moz', '?code=x', { headers: { 'x-moz': 'prefetch' } }, 503, 'Not available to a prefetch'],
    ['no code', '?state=x', {}, 400, 'Neither code nor error'],
    ['an empty code', '?code=&error=', {}, 400, 'Neither code nor error'],
  ])('rejects %s, and waits on', async (_what, query, options, status, reason) => {
    const listener = await listen();
    const received = listener.receive({});
    const rejected = await visit(listener, query, options).response;
    expect(rejected).toMatchObject({ status, body: `${reason}\n` });
    expect(rejected.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    expect(rejected.headers.allow).toBe(status === 405 ? 'GET' : undefined);
    const { response } = visit(listener, '?code=right');
    expect(await received).toMatchObject({ code: 'right' });
    await listener.respond(null);
    expect(await response).toMatchObject({ status: 200 });
  });

  it('rejects the path on the host of another URL', async () => {
    const listener = await listen();
    const { host, pathname } = new URL(listener.redirectUri);
    const options = { path: `http://evil.example${pathname}?code=x`, headers: { host } };
    expect(await visit(listener, '', options).response).toMatchObject({ status: 404 });
  });

  it('receives the first redirect, even if it came before anybody waited', async () => {
    const listener = await listen();
    for (const query of ['?code=first', '?code=second']) {
      await visit(listener, query).sent;
      await handled(listener);
    }
    expect(await listener.receive({})).toMatchObject({ code: 'first' });
  });

  it('stops waiting when its time is over, or its caller or client ends it', async () => {
    expect(await (await listen(30)).receive({})).toMatchObject({ kind: 'timeout' });
    const over = await listen(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await over.receive({})).toMatchObject({ kind: 'timeout' });
    const abort = new AbortController();
    const listener = await listen();
    const [aborted, closed] = [
      listener.receive({ signal: abort.signal }),
      (await listen()).receive({ closed: abort.signal }),
    ];
    abort.abort();
    expect(await aborted).toMatchObject({ kind: 'aborted' });
    expect(await closed).toEqual(closedFailure());
    expect(await listener.receive({ closed: abort.signal })).toEqual(closedFailure());
    // Even if the browser has returned.
    await visit(listener, '?code=late').sent;
    await handled(listener);
    expect(await listener.receive({ signal: abort.signal })).toMatchObject({ kind: 'aborted' });
  });

  it('leaves no timer, no listener of a signal and no connection', async () => {
    const before = timers();
    const { signal } = new AbortController();
    const listener = await listen();
    const early = await connectTo(listener);
    const { response } = visit(listener, '?code=x');
    await listener.receive({ signal, closed: signal });
    // A timer of an earlier test may end in the meantime.
    expect(timers()).toBeLessThanOrEqual(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await listener.respond(null);
    expect(timers()).toBeLessThanOrEqual(before);
    // Without this, the connection that the browser opened early would keep the process alive.
    await once(early.resume(), 'close');
    await response;
    await expect(connectTo(listener)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('does not wait for a browser that has left', async () => {
    const listener = await listen();
    const gone = visit(listener, '?code=x');
    void gone.response.catch(() => {});
    await listener.receive({});
    gone.leave();
    await handled(listener);
    const responded = listener.respond(null).then(() => 'done');
    expect(await Promise.race([responded, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe('done');
  });

  it('sends a large page whole before it closes the connection', async () => {
    const listener = await listen();
    const { response } = visit(listener, '?code=x');
    await listener.receive({});
    await listener.respond(LARGE);
    expect((await response).body.length).toBeGreaterThan(LARGE.length);
  });

  it('waits for a second at most for a browser that does not read', async () => {
    const listener = await listen();
    const { host, pathname } = new URL(listener.redirectUri);
    const socket = await connectTo(listener);
    socket.write(`GET ${pathname}?code=x HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    await listener.receive({});
    const order = new EventEmitter();
    // Timers of one thread fire in their order, however busy it is.
    const early = setTimeout(() => order.emit('next', 'early'), 900);
    const late = setTimeout(() => order.emit('next', 'late'), 1900);
    const first = once(order, 'next');
    void listener.respond(LARGE).then(() => order.emit('next', 'responded'));
    expect(await first).toEqual(['early']);
    expect(await once(order, 'next')).toEqual(['responded']);
    for (const timer of [early, late]) clearTimeout(timer);
    socket.destroy();
  });
});
