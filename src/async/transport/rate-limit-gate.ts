/** A place in the queue of requests that wait for a rate limit. */
export interface Turn {
  /** Resolves when the requests before it have left. */
  readonly ready: Promise<void>;
  /** Lets the next one go on. */
  leave(): void;
}

// Milliseconds. A limit may name no time, or a time that is over: then the waits start with this and double.
const MIN_WAIT = 250;
const MAX_MIN_WAIT = 60_000;
// Part of a wait that is added at random, so that clients do not return all at once, and its maximum in milliseconds.
const JITTER = 0.1;
const MAX_JITTER = 1000;

/**
 * Holds back the requests of one user while the API refuses them. Requests that hit a limit together wait together,
 * and are sent again one after another: all at once, they would hit it again.
 *
 * It counts with a monotonic clock, since the wall clock may be set.
 */
export class RateLimitGate {
  #opensAt = 0;
  // How many limits followed each other.
  #limits = 0;
  #last: Promise<void> = Promise.resolve();

  /** Whether there is no limit, and none to remember. */
  get idle(): boolean {
    return this.#limits === 0 && this.wait === 0;
  }

  /** When the limit ends, by the monotonic clock. */
  get opensAt(): number {
    return this.#opensAt;
  }

  /** Milliseconds until the limit ends. */
  get wait(): number {
    return Math.max(0, this.#opensAt - performance.now());
  }

  /** Milliseconds to wait for a limit of so many seconds, at least. */
  getWait(seconds: number): number {
    const limits = this.wait > 0 ? this.#limits : this.#limits + 1;
    return Math.max(seconds * 1000, Math.min(MIN_WAIT * 2 ** (limits - 1), MAX_MIN_WAIT));
  }

  /** Closes the gate for a limit of so many seconds. */
  shut(seconds: number): void {
    const wait = this.getWait(seconds);
    // Requests that hit the same limit together count once.
    if (this.wait === 0) this.#limits += 1;
    const jitter = Math.random() * Math.min(wait * JITTER, MAX_JITTER);
    this.#opensAt = Math.max(this.#opensAt, performance.now() + wait + jitter);
  }

  /** Notes that the API has accepted a request. */
  reset(): void {
    this.#limits = 0;
  }

  /** Takes a place at the end of the queue. */
  queue(): Turn {
    const ready = this.#last;
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = ready.then(() => left);
    return { ready, leave: () => leave() };
  }
}
