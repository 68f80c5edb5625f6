import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Deadline } from '../../../src/async/transport/deadline.ts';
import { closedFailure } from '../../../src/shared/protocol/failure.ts';

describe('Deadline', () => {
  it('ends once, for the first reason', () => {
    const deadline = new Deadline(1000, undefined);
    const reasons: string[] = [];
    deadline.onEnd(({ message }) => reasons.push(message));
    deadline.end({ type: 'failure', kind: 'aborted', message: 'first' });
    deadline.end({ type: 'failure', kind: 'timeout', message: 'second' });
    expect(reasons).toEqual(['first']);
    expect(deadline.failure?.message).toBe('first');
  });

  it('counts from its last start', async () => {
    const deadline = new Deadline(400, undefined);
    const ended = new Promise<number>((resolve) => deadline.onEnd(() => resolve(performance.now())));
    let started = 0;
    for (let count = 0; count < 5; count += 1) {
      deadline.start();
      // A busy machine may pause for longer than the timeout.
      if (!deadline.failure) started = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect((await ended) - started).toBeGreaterThan(398);
    expect(deadline.failure).toMatchObject({ kind: 'timeout' });
  });

  it('leaves no listener on the signal', () => {
    const { signal } = new AbortController();
    const deadline = new Deadline(1000, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    deadline.release();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('leaves no timer of a wait that it ended', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const deadline = new Deadline(60_000, undefined);
    deadline.start();
    const wait = deadline.wait(50_000);
    expect(timers()).toBe(before + 2);
    deadline.end({ type: 'failure', kind: 'aborted', message: 'aborted' });
    await wait;
    expect(timers()).toBe(before);
  });

  it('ends a wait when it is closed, and every later one', async () => {
    const deadline = new Deadline(1000, undefined);
    const wait = deadline.wait(60_000);
    deadline.close(closedFailure());
    await wait;
    expect(deadline.failure).toMatchObject({ code: 'ERR_MIXCLOUD_CLOSED' });
    const other = new Deadline(1000, undefined);
    other.close(closedFailure());
    expect(other.failure).toBeUndefined();
    await other.waitFor(new Promise(() => {}));
    expect(other.failure).toMatchObject({ code: 'ERR_MIXCLOUD_CLOSED' });
  });
});
