/** Waits for a rate limit to end, if the caller allows it. */
import type { ApiResult } from '../../shared/protocol/messages.ts';
import { getRateLimit } from '../../shared/protocol/rate-limit.ts';
import type { RateLimitGate } from './rate-limit-gate.ts';
import type { Sender } from './sender.ts';

// A limit that lasts exactly the allowed wait is waited for, although its response took some time to arrive.
const SLACK = 1000;

/**
 * Sends a request again when the rate limit that refused it has ended, if that takes at most `maxWait` seconds.
 *
 * The senders that share a gate wait together.
 */
export function withRateLimit(next: Sender, maxWait: number, gate: RateLimitGate): Sender {
  return async (request, call) => {
    // A body with files is never sent twice.
    if (maxWait === 0 || request.parts?.some((part) => 'file' in part)) return next(request, call);
    const latest = performance.now() + maxWait * 1000 + SLACK;
    const mayWait = (result: ApiResult) => {
      const seconds = result.type === 'response' ? getRateLimit(result) : null;
      if (seconds === null) {
        if (result.type === 'response') gate.reset();
        return false;
      }
      // A limit that is too long to wait for must not hold back other requests.
      if (performance.now() + gate.getWait(seconds) > latest) return false;
      gate.shut(seconds);
      return true;
    };
    const { deadline } = call;
    if (gate.wait === 0) {
      const result = await next(request, call);
      if (!mayWait(result)) return result;
    }
    const turn = gate.queue();
    let reported: number | undefined;
    const report = () => {
      if (gate.opensAt === reported) return;
      reported = gate.opensAt;
      call.trace?.wait('rate-limit', gate.wait);
    };
    try {
      // Before its turn, which may come late.
      report();
      await deadline.waitFor(turn.ready);
      for (;;) {
        // A timer may fire a fraction of a millisecond early.
        const { wait } = gate;
        if (!deadline.failure && wait > 0 && performance.now() + wait <= latest) {
          report();
          await deadline.wait(Math.ceil(wait) + 1);
        }
        const failure = deadline.failure ?? deadline.closing;
        if (failure) return failure;
        const result = await next(request, call);
        if (!mayWait(result)) return result;
      }
    } finally {
      turn.leave();
    }
  };
}
