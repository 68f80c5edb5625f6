import { describe, expect, it } from 'vitest';
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
