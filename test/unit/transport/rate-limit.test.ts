import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withRateLimit } from '../../../src/async/transport/rate-limit.ts';
import { RateLimitGate } from '../../../src/async/transport/rate-limit-gate.ts';
import type { Sender } from '../../../src/async/transport/sender.ts';
import { Trace } from '../../../src/async/transport/trace.ts';
import { closedFailure } from '../../../src/shared/protocol/failure.ts';
import { apiResponse, connectionFailure, getRequest, newCall, rateLimit, replying } from './support.ts';

const FILE = { name: 'mp3', file: { from: 'path', path: 'show.mp3', cwd: '/' }, maxSize: 9 } as const;

const until = (condition: () => boolean) =>
  new Promise<void>((resolve) => {
    const check = () => (condition() ? resolve() : setTimeout(check, 5));
    check();
  });

describe('withRateLimit', () => {
  it('waits until the limit ends, and sends the request again', async () => {
    const { sender, sent } = replying(rateLimit(0.3), apiResponse());
    const startedAt = performance.now();
    const result = await withRateLimit(sender, 5, new RateLimitGate())(getRequest(), newCall());
    expect(result).toMatchObject({ status: 200 });
    expect(performance.now() - startedAt).toBeGreaterThan(280);
    expect(sent).toHaveLength(2);
  });

  it.each([
    ['a limit that is longer', 5, getRequest(), rateLimit(7)],
    ['every limit when it is 0', 0, getRequest(), rateLimit(0.1)],
    ['a limit of a request with a file', 5, getRequest({ parts: [FILE] }), rateLimit(0.1)],
    ['a 403 that is no rate limit', 5, getRequest(), apiResponse(403)],
  ])('returns %s', async (_what, maxWait, request, result) => {
    const { sender, sent } = replying(result);
    expect(await withRateLimit(sender, maxWait, new RateLimitGate())(request, newCall())).toBe(result);
    expect(sent).toHaveLength(1);
  });

  it('sends a body of texts again, since it was refused', async () => {
    const { sender, sent } = replying(rateLimit(0.1), apiResponse());
    const request = getRequest({ method: 'POST', parts: [{ name: 'name', value: 'x' }] });
    expect(await withRateLimit(sender, 5, new RateLimitGate())(request, newCall())).toMatchObject({ status: 200 });
    expect(sent).toEqual([request, request]);
  });

  it('waits for a limit that lasts exactly as long as it may', async () => {
    const { sender, sent } = replying(rateLimit(0.3), apiResponse());
    const slow: Sender = async (request, call) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return sender(request, call);
    };
    expect(await withRateLimit(slow, 0.3, new RateLimitGate())(getRequest(), newCall())).toMatchObject({ status: 200 });
    expect(sent).toHaveLength(2);
  });

  it('is not let through earlier by a shorter limit', () => {
    const gate = new RateLimitGate();
    gate.shut(100);
    gate.shut(1);
    expect(gate.wait).toBeGreaterThan(90_000);
  });

  it('sends the requests that wait together one after another, in their order', async () => {
    const log: string[] = [];
    let refused = 0;
    const sender: Sender = async ({ url }) => {
      if (refused < 3) {
        refused += 1;
        return rateLimit(0.2);
      }
      log.push(`> ${url}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push(`< ${url}`);
      return apiResponse();
    };
    const limited = withRateLimit(sender, 5, new RateLimitGate());
    await Promise.all(['a', 'b', 'c'].map((url) => limited(getRequest({ url }), newCall())));
    expect(log).toEqual(['> a', '< a', '> b', '< b', '> c', '< c']);
  });

  it('lets the others go on when one that waits is aborted', async () => {
    const { sender, sent } = replying(rateLimit(0.3), rateLimit(0.3), apiResponse());
    const limited = withRateLimit(sender, 5, new RateLimitGate());
    const abort = new AbortController();
    const first = limited(getRequest(), newCall(10_000, abort.signal));
    const second = limited(getRequest(), newCall());
    await until(() => sent.length === 2);
    abort.abort();
    expect(await first).toMatchObject({ kind: 'aborted' });
    expect(await second).toMatchObject({ status: 200 });
  });

  it.each([0, 0.001])('pauses for a limit of %d seconds, and longer each time', async (seconds) => {
    const times: number[] = [];
    const sender: Sender = async () => {
      times.push(performance.now());
      return rateLimit(seconds);
    };
    const result = await withRateLimit(sender, 2, new RateLimitGate())(getRequest(), newCall());
    expect(result).toMatchObject({ status: 403 });
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    // 250, 500, 1000 ms, and the next would be too long.
    expect(gaps.length).toBeGreaterThan(1);
    expect(gaps.length).toBeLessThan(5);
    for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThan(240 * 2 ** index);
  });

  it('adds some time at random', async () => {
    const gates = Array.from({ length: 10 }, () => new RateLimitGate());
    for (const gate of gates) gate.shut(10);
    const waits = gates.map(({ wait }) => wait);
    expect(Math.min(...waits)).toBeGreaterThan(9_900);
    expect(Math.max(...waits)).toBeLessThan(11_001);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(10);
  });

  it('does not depend on the wall clock', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(0);
    const { sender, sent } = replying(rateLimit(0.2), rateLimit(60));
    const limited = withRateLimit(sender, 1, new RateLimitGate());
    expect(await limited(getRequest(), newCall())).toMatchObject({ status: 403 });
    expect(sent).toHaveLength(2);
    vi.restoreAllMocks();
  });

  it.each([1e300, Number.MAX_VALUE])('is not held back by a limit of %d seconds', async (seconds) => {
    let active = 0;
    let most = 0;
    let limits = 0;
    const sender: Sender = async () => {
      limits += 1;
      if (limits === 1) return rateLimit(seconds);
      active += 1;
      most = Math.max(most, active);
      await new Promise((resolve) => setTimeout(resolve, 20));
      active -= 1;
      return apiResponse();
    };
    const limited = withRateLimit(sender, 5, new RateLimitGate());
    expect(await limited(getRequest(), newCall())).toMatchObject({ status: 403 });
    await Promise.all(Array.from({ length: 5 }, () => limited(getRequest(), newCall())));
    expect(most).toBe(5);
  });

  it('ends the requests that wait when their session closes', async () => {
    const { sender, sent } = replying(rateLimit(30));
    const limited = withRateLimit(sender, 60, new RateLimitGate());
    const calls = [newCall(), newCall(), newCall()];
    const results = calls.map((call) => limited(getRequest(), call));
    await until(() => sent.length === 3);
    for (const { deadline } of calls) deadline.close(closedFailure());
    for (const result of await Promise.all(results)) expect(result).toMatchObject({ code: 'ERR_MIXCLOUD_CLOSED' });
    expect(sent).toHaveLength(3);
  });
});

describe('withRateLimit, by the clock,', () => {
  let now: number;

  beforeEach(() => {
    now = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => void vi.restoreAllMocks());

  /** A call whose waits take no time, and what it waits for and reports. */
  function clockedCall() {
    const call = newCall();
    const waits: number[] = [];
    vi.spyOn(call.deadline, 'wait').mockImplementation(async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    });
    const reported: number[] = [];
    const trace = new Trace(getRequest(), (event) => void (event.type === 'rate-limit' && reported.push(event.wait)));
    return { call: { ...call, trace }, waits, reported };
  }

  /** A gate that another request has shut, and the turn of that request. */
  function shutGate(seconds: number) {
    const gate = new RateLimitGate();
    gate.shut(seconds);
    return { gate, other: gate.queue() };
  }

  it('waits until just after each limit, and reports it', async () => {
    const { call, waits, reported } = clockedCall();
    const { sender } = replying(rateLimit(1), rateLimit(2.0005), apiResponse());
    const limited = withRateLimit(sender, 5, new RateLimitGate());
    expect(await limited(getRequest(), call)).toMatchObject({ status: 200 });
    expect(waits).toEqual([1001, 2002]);
    expect(reported).toEqual([1000, 2000.5]);
  });

  it.each([
    [5, 200],
    [6, 200],
    [6.5, 403],
  ])('waits for a second more than it may, but no longer (%d s: %d)', async (seconds, status) => {
    const { call } = clockedCall();
    const limited = withRateLimit(replying(rateLimit(seconds), apiResponse()).sender, 5, new RateLimitGate());
    expect(await limited(getRequest(), call)).toMatchObject({ status });
  });

  it('reports the limit of another request at once, before its turn, and once', async () => {
    const { call, waits, reported } = clockedCall();
    const { gate, other } = shutGate(2);
    const result = withRateLimit(replying(apiResponse()).sender, 5, gate)(getRequest(), call);
    expect(reported).toEqual([2000]);
    now += 1000;
    other.leave();
    expect(await result).toMatchObject({ status: 200 });
    expect([waits, reported]).toEqual([[1001], [2000]]);
  });

  it('waits no more if the limit is over when its turn comes', async () => {
    const { call, waits } = clockedCall();
    const { gate, other } = shutGate(2);
    const result = withRateLimit(replying(apiResponse()).sender, 5, gate)(getRequest(), call);
    now += 2000;
    other.leave();
    expect(await result).toMatchObject({ status: 200 });
    expect(waits).toEqual([]);
  });

  it('waits for the last fraction of a millisecond', async () => {
    const { call, waits } = clockedCall();
    const { gate, other } = shutGate(2);
    now += 1999.5;
    other.leave();
    await withRateLimit(replying(apiResponse()).sender, 5, gate)(getRequest(), call);
    expect(waits).toEqual([2]);
  });

  it('is sent at once if the limit that others wait for is too long for it', async () => {
    const { call, waits } = clockedCall();
    const { gate, other } = shutGate(60);
    other.leave();
    const { sender, sent } = replying(rateLimit(60));
    expect(await withRateLimit(sender, 5, gate)(getRequest(), call)).toMatchObject({ status: 403 });
    expect([waits, sent.length]).toEqual([[], 1]);
  });

  it.each([
    ['forgets', 'a response', apiResponse(), true],
    ['forgets', 'an error of the API', apiResponse(404), true],
    ['remembers', 'a failure of the connection', connectionFailure('ECONNRESET'), false],
  ])('%s limits that are over after %s', async (_what, _result, result, idle) => {
    const { gate, other } = shutGate(1);
    now += 1000;
    other.leave();
    await withRateLimit(replying(result).sender, 5, gate)(getRequest(), newCall());
    expect(gate.idle).toBe(idle);
  });
});
