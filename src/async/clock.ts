import type { Failure } from '../shared/exchange.ts';

/** Ends one request: when its time is over, when its caller aborts, or when its session closes. */
export class Clock {
  readonly #timeout: number;
  readonly #signal: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: Failure | undefined;
  #onEnd: ((failure: Failure) => void) | undefined;
  readonly #abort = () => this.end({ ok: false, kind: 'aborted', message: 'aborted' });

  constructor(timeout: number, signal: AbortSignal | undefined) {
    this.#timeout = timeout;
    this.#signal = signal;
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener('abort', this.#abort);
  }

  /** Why the request has ended before its answer, if it has. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Begins to count, or begins again: an upload may take as long as it moves. */
  start(): void {
    if (this.#failure) return;
    if (this.#timer) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => {
      this.end({ ok: false, kind: 'timeout', message: `no complete answer within ${this.#timeout} ms` });
    }, this.#timeout);
  }

  /** What to do when the request ends; done at once if it has already. */
  onEnd(listener: (failure: Failure) => void): void {
    this.#onEnd = listener;
    if (this.#failure) listener(this.#failure);
  }

  end(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.stop();
    this.#onEnd?.(failure);
  }

  /** Leaves neither a timer nor a listener behind. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#signal?.removeEventListener('abort', this.#abort);
  }

  /** Waits, but not beyond the request's end. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.onEnd(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
