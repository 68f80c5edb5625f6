import { describe, expect, it, vi } from 'vitest';
import { withRetries } from '../../../src/async/transport/retries.ts';
import { closedFailure } from '../../../src/shared/protocol/failure.ts';
import type { ApiResponse } from '../../../src/shared/protocol/messages.ts';
import { apiResponse, connectionFailure, getRequest, newCall, replying } from './support.ts';

describe('withRetries', () => {
  it.each([
    connectionFailure('ECONNRESET'),
    connectionFailure('UND_ERR_SOCKET'),
    apiResponse(502),
    apiResponse(503),
    apiResponse(504),
  ])('sends an idempotent request again after $code$status', async (result) => {
    const { sender, sent } = replying<ApiResponse>(result, apiResponse());
    expect(await withRetries(sender, 1)(getRequest(), newCall())).toMatchObject({ status: 200 });
    expect(sent).toHaveLength(2);
  });

  it.each([
    connectionFailure('CERT_HAS_EXPIRED'),
    connectionFailure('ERR_MIXCLOUD_REDIRECT'),
    apiResponse(500),
    apiResponse(404),
    apiResponse(200),
  ])('returns $code$status at once', async (result) => {
    const { sender, sent } = replying<ApiResponse>(result);
    expect(await withRetries(sender, 3)(getRequest(), newCall())).toBe(result);
    expect(sent).toHaveLength(1);
  });

  it('pauses for longer each time, and never as long as another client', async () => {
    const pauses: number[][] = [[], [], []];
    for (let count = 0; count < 20; count += 1) {
      const call = newCall();
      const wait = vi.spyOn(call.deadline, 'wait').mockResolvedValue();
      await withRetries(replying<ApiResponse>(connectionFailure('ECONNRESET')).sender, 3)(getRequest(), call);
      for (const [attempt, [pause]] of wait.mock.calls.entries()) pauses[attempt]?.push(pause);
    }
    for (const [attempt, longest] of [150, 300, 600].entries()) {
      const drawn = pauses[attempt] ?? [];
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(longest / 2);
      expect(Math.max(...drawn)).toBeLessThanOrEqual(longest);
      expect(new Set(drawn).size).toBeGreaterThan(1);
    }
  });

  it('sends at most `retries` more times, and returns the last failure', async () => {
    const { sender, sent } = replying<ApiResponse>(connectionFailure('ECONNREFUSED'));
    expect(await withRetries(sender, 2)(getRequest(), newCall())).toMatchObject({ code: 'ECONNREFUSED' });
    expect(sent).toHaveLength(3);
  });

  it('sends nothing again that is not idempotent', async () => {
    const { sender, sent } = replying(apiResponse(503));
    const request = getRequest({ method: 'POST', idempotent: false });
    expect(await withRetries(sender, 5)(request, newCall())).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
  });

  it('returns a 503 whose Retry-After exceeds the time left', async () => {
    const { sender, sent } = replying(apiResponse(503, { retryAfter: 11 }));
    expect(await withRetries(sender, 5)(getRequest(), newCall(10_000))).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
  });

  it('waits for the seconds of Retry-After', async () => {
    const call = newCall();
    const wait = vi.spyOn(call.deadline, 'wait').mockResolvedValue();
    const { sender } = replying(apiResponse(503, { retryAfter: 3 }), apiResponse());
    expect(await withRetries(sender, 1)(getRequest(), call)).toMatchObject({ status: 200 });
    expect(wait.mock.calls).toEqual([[3000]]);
  });

  it('pauses briefly after a 503 without Retry-After', async () => {
    const call = newCall();
    const wait = vi.spyOn(call.deadline, 'wait').mockResolvedValue();
    await withRetries(replying(apiResponse(503), apiResponse()).sender, 1)(getRequest(), call);
    expect(wait.mock.calls[0]?.[0]).toBeLessThanOrEqual(150);
  });

  it.each([
    [0, 75],
    [0.5, 112.5],
    [1, 150],
  ])('takes half of a pause to all of it, as is drawn (%d)', async (drawn, pause) => {
    vi.spyOn(Math, 'random').mockReturnValue(drawn);
    const call = newCall();
    const wait = vi.spyOn(call.deadline, 'wait').mockResolvedValue();
    await withRetries(replying(apiResponse(503), apiResponse()).sender, 1)(getRequest(), call);
    expect(wait.mock.calls).toEqual([[pause]]);
    vi.restoreAllMocks();
  });

  it('ends a pause when the request is aborted', async () => {
    const { sender, sent } = replying(apiResponse(503, { retryAfter: 5 }));
    const abort = new AbortController();
    const result = withRetries(sender, 1)(getRequest(), newCall(10_000, abort.signal));
    setTimeout(() => abort.abort(), 10);
    expect(await result).toMatchObject({ kind: 'aborted' });
    expect(sent).toHaveLength(1);
  });

  it('pauses for ten seconds at most', async () => {
    const call = newCall();
    const wait = vi.spyOn(call.deadline, 'wait').mockResolvedValue();
    await withRetries(replying<ApiResponse>(connectionFailure('ECONNRESET')).sender, 12)(getRequest(), call);
    for (const [pause] of wait.mock.calls.slice(-4)) {
      expect(pause).toBeGreaterThanOrEqual(5000);
      expect(pause).toBeLessThanOrEqual(10_000);
    }
  });

  it('stops the timeout when it returns: a wait for a rate limit is not part of it', async () => {
    const call = newCall(40);
    await withRetries(replying(apiResponse()).sender, 1)(getRequest(), call);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(call.deadline.failure).toBeUndefined();
  });

  it('does not retry once the session closes', async () => {
    const { sender, sent } = replying(apiResponse(503));
    const call = newCall();
    const result = withRetries(sender, 5)(getRequest(), call);
    call.deadline.close(closedFailure());
    expect(await result).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
  });
});
