import { setMaxListeners } from 'node:events';
import type { Failure } from '../../shared/protocol/messages.ts';

/** Tells when a caller has given up; an `AbortSignal`, or what does as much for less. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(event: 'abort', listener: () => void): void;
  removeEventListener(event: 'abort', listener: () => void): void;
}

/** Ends one request: when its time is over, when its caller aborts, or when its session closes. */
export class Deadline {
  readonly #timeout: number;
  readonly #signal: AbortSignalLike | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #failure: Failure | undefined;
  #onEnd: ((failure: Failure) => void) | undefined;
  readonly #abort = () => this.end({ type: 'failure', kind: 'aborted', message: 'aborted' });

  constructor(timeout: number, signal: AbortSignalLike | undefined) {
    this.#timeout = timeout;
    this.#signal = signal;
    if (signal?.aborted) this.#abort();
    else if (signal) {
      // One signal may end many requests at once; Node.js takes more than ten listeners for a leak, and says so.
      if (signal instanceof AbortSignal) setMaxListeners(0, signal);
      signal.addEventListener('abort', this.#abort);
    }
  }

  /** Why the request has ended before its answer, if it has. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Milliseconds until its time is over. */
  get left(): number {
    return this.#timeout - (performance.now() - this.#startedAt);
  }

  /** Begins to count, or begins again: an upload may take as long as it moves. */
  start(): void {
    if (this.#failure) return;
    this.#startedAt = performance.now();
    if (this.#timer) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => {
      this.end({ type: 'failure', kind: 'timeout', message: `no complete answer within ${this.#timeout} ms` });
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
