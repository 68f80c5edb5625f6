/**
 * Holds back the calls of one session while the API refuses them. Calls that hit a limit together wait together, and
 * are tried again one after another: all at once, they would hit it again.
 */
export class RateLimitGate {
  #opensAt = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** Milliseconds until requests are worth while again. */
  get wait(): number {
    return Math.max(0, this.#opensAt - Date.now());
  }

  /** Notes that the API refuses requests for some seconds. */
  shut(seconds: number): void {
    this.#opensAt = Math.max(this.#opensAt, Date.now() + seconds * 1000);
  }

  /** Runs `task` once those before it are done. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
