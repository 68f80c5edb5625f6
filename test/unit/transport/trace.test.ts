import { afterEach, describe, expect, it, vi } from 'vitest';
import { withTrace } from '../../../src/async/transport/attempts.ts';
import { withRetries } from '../../../src/async/transport/retries.ts';
import { Trace } from '../../../src/async/transport/trace.ts';
import type { PlainEvent, PlainFailureEvent } from '../../../src/shared/protocol/events.ts';
import { closedFailure } from '../../../src/shared/protocol/failure.ts';
import { apiResponse, connectionFailure, getRequest, newCall, rawResponse, replying } from './support.ts';

const TOKEN = 'TheToken0123456789abcdef';

function listen(rest: Parameters<typeof getRequest>[0] = {}) {
  const events: PlainEvent[] = [];
  const request = getRequest({ secrets: { access_token: TOKEN }, ...rest });
  return { events, request, trace: new Trace(request, (event) => void events.push(event)) };
}

describe('Trace', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('numbers the requests of a process, behind a part that no other has', async () => {
    vi.resetModules();
    const { Trace: FirstTrace } = await import('../../../src/async/transport/trace.ts');
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) new FirstTrace(getRequest(), ({ id }) => ids.push(id)).wait('retry', 1);
    const [prefix = ''] = ids[0]?.split('-') ?? [];
    expect(prefix).toMatch(/^[\da-f]{8}$/);
    expect(ids).toEqual([1, 2, 3].map((number) => `${prefix}-${number}`));
    const { trace, events } = listen();
    trace.wait('retry', 1);
    expect(events[0]?.id).not.toContain(prefix);
  });

  it('tells the time between a request and its response', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { trace, events } = listen();
    vi.advanceTimersByTime(500);
    trace.send('https://api.example/bob/');
    vi.advanceTimersByTime(20);
    trace.receive(rawResponse());
    expect(events[1]).toMatchObject({ type: 'response', elapsed: 20 });
  });

  it('has the URL of the request at the start of each attempt', () => {
    const { trace, events, request } = listen();
    trace.wait('rate-limit', 5);
    trace.startAttempt();
    trace.send('https://api.example/robert/');
    trace.startAttempt();
    trace.wait('retry', 10);
    expect(events).toMatchObject([
      { type: 'rate-limit', wait: 5, attempt: 1, method: 'GET', url: request.url },
      { type: 'request', attempt: 1, url: 'https://api.example/robert/' },
      { type: 'retry', wait: 10, attempt: 2, url: request.url },
    ]);
  });

  it('shows headers by name, without secrets and cookies', () => {
    const { trace, events } = listen();
    const location = `/bob/?access_token=${TOKEN}&metadata=1`;
    trace.send('https://api.example/bob/');
    trace.receive(
      rawResponse(302, { location, 'set-cookie': ['session=abc', 'x=y'], via: ['a', 'b'], empty: undefined }),
    );
    expect(events[1]).toMatchObject({
      headers: {
        location: '/bob/?access_token=[redacted]&metadata=1',
        'set-cookie': '[redacted]',
        via: 'a, b',
        empty: '',
      },
      status: 302,
      bytes: 2,
    });
  });

  it('shows the URL of a redirect without secrets', () => {
    const { trace, events } = listen({ secrets: { access_token: TOKEN, code: 'abc' } });
    trace.send(`https://api.example/x/${TOKEN}/?code=abc&access_token=${TOKEN}&page=2`);
    expect(events[0]?.url).toBe('https://api.example/x/[redacted]/?page=2');
  });

  it('reports a failure once, and no mistake of the caller', () => {
    const { trace, events } = listen();
    const failure = connectionFailure(`reset with ${TOKEN}`);
    trace.fail(failure);
    trace.fail(failure);
    trace.fail({ type: 'failure', kind: 'misuse', message: 'mp3: not there' });
    trace.fail({ type: 'failure', kind: 'range', message: 'mp3: empty' });
    trace.noteSent();
    trace.fail(closedFailure());
    expect(events.map((event) => (event as PlainFailureEvent).failure)).toMatchObject([
      { message: 'reset with [redacted]', sent: false },
      { code: 'ERR_MIXCLOUD_CLOSED', sent: true },
    ]);
  });

  it('counts attempts', async () => {
    const { trace, events, request } = listen();
    const { sender } = replying(connectionFailure('ECONNRESET'), apiResponse(503), apiResponse());
    await withRetries(withTrace(sender), 2)(request, { ...newCall(), trace });
    expect(events.map(({ type, attempt }) => `${type} ${attempt}`)).toEqual(['failure 1', 'retry 1', 'retry 2']);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    expect(listen().trace).not.toBe(trace);
  });
});
