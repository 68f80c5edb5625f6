import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { Deadline } from '../../../src/async/transport/deadline.ts';
import { closedFailure } from '../../../src/shared/protocol/failure.ts';
import { timers } from './support.ts';

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

  it('tells how much time is left', () => {
    const deadline = new Deadline(60_000, undefined);
    deadline.start();
    expect(deadline.timeLeft).toBeLessThanOrEqual(60_000);
    expect(deadline.timeLeft).toBeGreaterThan(50_000);
    deadline.release();
  });

  it('leaves no listener on its signals', () => {
    const signals = [new AbortController().signal, new AbortController().signal] as const;
    const listeners = () => signals.map((signal) => getEventListeners(signal, 'abort').length);
    const deadline = new Deadline(1000, ...signals);
    expect(listeners()).toEqual([1, 1]);
    deadline.release();
    expect(listeners()).toEqual([0, 0]);
  });

  it('shares its signal with many others without a warning', () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const { signal } = new AbortController();
    const deadlines = Array.from({ length: 20 }, () => new Deadline(1000, signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(20);
    expect(emitWarning).not.toHaveBeenCalled();
    emitWarning.mockRestore();
    for (const deadline of deadlines) deadline.release();
  });

  it('starts again after a stop, but not after its end', () => {
    const before = timers();
    const deadline = new Deadline(60_000, undefined);
    deadline.start();
    deadline.stop();
    expect(timers()).toBe(before);
    deadline.start();
    expect(timers()).toBe(before + 1);
    deadline.end({ type: 'failure', kind: 'aborted', message: 'aborted' });
    deadline.start();
    expect(timers()).toBe(before);
  });

  it('leaves no timer of a wait that it ended', async () => {
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

  it('lets a request go on when it is closed after a wait', async () => {
    const deadline = new Deadline(1000, undefined);
    await deadline.waitFor(Promise.resolve());
    deadline.close(closedFailure());
    expect(deadline.failure).toBeUndefined();
  });
});
