import type { RateLimit } from './protocol.ts';
import { ApiError } from './reply.ts';

// What the clock adds below a millionth is its own error, and no time to wait.
const up = (count: number) => Math.ceil(count - 1e-6);

/** After so many requests none is answered until the time is over; then counting starts anew. */
export class Limiter {
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
    // Rounded up, or a client that waits exactly as long as it is told comes a moment too early.
    const seconds = Number.isInteger(this.#limit.retryAfter) ? up(left) : up(left * 1000) / 1000;
    throw new ApiError(403, 'RateLimitException', `You have hit your rate limit. Retry after ${seconds} seconds.`, {
      within: { retry_after: seconds },
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
