/** A place in the queue of requests that wait for a rate limit. */
export interface Turn {
  /** Resolves when the requests before it have left. */
  readonly ready: Promise<void>;
  /** Lets the next one go on. */
  leave(): void;
}

/**
 * Holds back the requests of one session while the API refuses them. Requests that hit a limit together wait together,
 * and are sent again one after another: all at once, they would hit it again.
 */
export class RateLimitGate {
  #opensAt = 0;
  #last: Promise<void> = Promise.resolve();

  /** Milliseconds until the limit ends. */
  get wait(): number {
    return Math.max(0, this.#opensAt - Date.now());
  }

  /** Notes that the API refuses requests for some seconds. */
  shut(seconds: number): void {
    this.#opensAt = Math.max(this.#opensAt, Date.now() + seconds * 1000);
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
