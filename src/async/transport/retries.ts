/** Sends a request again after a failure that may be over in a moment. */
import type { ApiResult } from '../../shared/protocol/messages.ts';
import { isTransient } from './connection-failure.ts';
import type { Sender } from './sender.ts';

const UNAVAILABLE_STATUSES = new Set([502, 503, 504]);
const MIN_PAUSE = 150;
const MAX_PAUSE = 10_000;

/**
 * Sends an idempotent request up to `retries` more times, all within one timeout.
 *
 * undici's own interceptor is not used: it resumes a body that was cut short with a range request, and pauses without
 * jitter.
 */
export function withRetries(next: Sender, retries: number): Sender {
  return async (request, call) => {
    const { deadline } = call;
    deadline.start();
    try {
      for (let attempt = 0; ; attempt += 1) {
        const result = await next(request, call);
        const retryable = result.type === 'response' ? UNAVAILABLE_STATUSES.has(result.status) : isTransient(result);
        if (!retryable || !request.idempotent || attempt >= retries || deadline.closing) return result;
        const pause = getPause(attempt, result);
        // If Retry-After exceeds the time left, return the 503 instead of timing out.
        if (result.type === 'response' && pause >= deadline.timeLeft) return result;
        call.trace?.wait('retry', pause);
        await deadline.wait(pause);
        if (deadline.failure) return deadline.failure;
      }
    } finally {
      deadline.stop();
    }
  };
}

/** Milliseconds. They grow to spare a server in trouble, and are jittered so that clients do not return all at once. */
function getPause(attempt: number, result: ApiResult): number {
  const retryAfter = result.type === 'response' ? (result.retryAfter ?? 0) * 1000 : 0;
  const pause = Math.min(MIN_PAUSE * 2 ** attempt, MAX_PAUSE) * (0.5 + Math.random() / 2);
  return Math.max(retryAfter, pause);
}
