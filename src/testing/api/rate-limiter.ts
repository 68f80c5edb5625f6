import { ApiError } from '../server/response.ts';
import type { RateLimit } from './api-state.ts';

// What the clock adds below a millionth is its own error.
const roundUp = (count: number) => Math.ceil(count - 1e-6);

/** After so many requests, rejects all until the time is over. Then counting starts anew. */
export class RateLimiter {
  readonly #limit: RateLimit;
  #used = 0;
  #until: number | undefined;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  check(): void {
    const now = performance.now();
    if (this.#until !== undefined && now >= this.#until) {
      this.#until = undefined;
      this.#used = 0;
    }
    if (this.#until === undefined && this.#used < this.#limit.after) {
      this.#used += 1;
      return;
    }
    this.#until ??= now + this.#limit.retryAfter * 1000;
    const left = (this.#until - now) / 1000;
    // Rounded up, so that a client that waits exactly as long as it is told is not a moment too early.
    const seconds = Number.isInteger(this.#limit.retryAfter) ? roundUp(left) : roundUp(left * 1000) / 1000;
    throw new ApiError(403, 'RateLimitException', `You have hit your rate limit. Retry after ${seconds} seconds.`, {
      within: { retry_after: seconds },
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
