import { describe, expect, it, vi } from 'vitest';
import { LightSignal } from '../../../src/async/transport/light-signal.ts';

describe('a light signal', () => {
  it('calls its listeners once it is aborted', () => {
    const signal = new LightSignal();
    const listeners = [vi.fn(() => expect(signal.aborted).toBe(true)), vi.fn()];
    for (const listener of listeners) signal.addEventListener('abort', listener);
    expect(signal.aborted).toBe(false);
    signal.abort();
    for (const listener of listeners) expect(listener).toHaveBeenCalledTimes(1);
  });

  it('calls no listener that was removed', () => {
    const signal = new LightSignal();
    const [removed, kept] = [vi.fn(), vi.fn()];
    signal.addEventListener('abort', removed);
    signal.addEventListener('abort', kept);
    signal.removeEventListener('abort', removed);
    signal.abort();
    expect(removed).not.toHaveBeenCalled();
    expect(kept).toHaveBeenCalledTimes(1);
  });
});
