import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimitGate } from '../../../src/async/transport/rate-limit-gate.ts';

describe('RateLimitGate', () => {
  let now: number;
  let random: number;

  beforeEach(() => {
    now = 0;
    random = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    vi.spyOn(Math, 'random').mockImplementation(() => random);
  });
  afterEach(() => void vi.restoreAllMocks());

  it('is open at first', () => {
    const gate = new RateLimitGate();
    expect([gate.wait, gate.idle]).toEqual([0, true]);
  });

  it('doubles its waits for limits of no time that follow each other, up to a minute', () => {
    const gate = new RateLimitGate();
    const waits: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      expect(gate.getWait(0)).toBe(gate.getWait(0.001));
      waits.push(gate.getWait(0));
      gate.shut(0);
      expect(gate.wait).toBe(waits.at(-1));
      now += gate.wait;
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('counts a limit once, however many requests hit it until its last moment', () => {
    const gate = new RateLimitGate();
    for (const at of [0, 249.5, 499]) {
      now = at;
      expect(gate.getWait(0)).toBe(250);
      gate.shut(0);
    }
    now += 250;
    expect(gate.getWait(0)).toBe(500);
  });

  it.each([
    [5, 0, 5000],
    [5, 0.5, 5250],
    [5, 1, 5500],
    [100, 0.5, 100_500],
    [100, 1, 101_000],
  ])('adds up to a tenth at random, and a second at most (%d s, %d)', (seconds, drawn, wait) => {
    random = drawn;
    const gate = new RateLimitGate();
    gate.shut(seconds);
    expect(gate.wait).toBe(wait);
  });

  it('remembers its limits until the API accepts a request', () => {
    const gate = new RateLimitGate();
    gate.shut(0);
    expect(gate.idle).toBe(false);
    now += gate.wait;
    expect(gate.idle).toBe(false);
    gate.reset();
    expect([gate.idle, gate.getWait(0)]).toEqual([true, 250]);
    // Of a request that was sent before the limit.
    gate.shut(0);
    gate.reset();
    expect(gate.idle).toBe(false);
    now += gate.wait;
    expect(gate.idle).toBe(true);
  });
});
