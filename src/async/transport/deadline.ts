import { getBuiltin } from '../../shared/base/builtin.ts';
import { isAbortSignal } from '../../shared/base/kind.ts';
import { closedFailure } from '../../shared/protocol/failure.ts';
import type { Failure } from '../../shared/protocol/messages.ts';

// Not the globals: a jsdom environment has others, and fake timers would stop the clock of a real request.
const { clearTimeout, setTimeout } = getBuiltin('node:timers');

/** The part of `AbortSignal` that is used here. The worker has a signal of its own, which costs less. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(event: 'abort', listener: () => void): void;
  removeEventListener(event: 'abort', listener: () => void): void;
}

/** Ends one request: when its timeout expires, when its caller aborts it, or when its session closes. */
export class Deadline {
  readonly #timeout: number;
  readonly #signal: AbortSignalLike | undefined;
  readonly #closed: AbortSignalLike | undefined;
  #timer: NodeJS.Timeout | undefined;
  #endsAt = Number.POSITIVE_INFINITY;
  #waiting = false;
  #closing: Failure | undefined;
  #failure: Failure | undefined;
  #onEnd: ((failure: Failure) => void) | undefined;
  readonly #abort = () => this.end({ type: 'failure', kind: 'aborted', message: 'aborted' });

  readonly #close = () => this.close(closedFailure());

  /** `signal` ends the request at once. `closed` ends its waits. */
  constructor(timeout: number, signal: AbortSignalLike | undefined, closed?: AbortSignalLike) {
    this.#timeout = timeout;
    this.#signal = signal;
    this.#closed = closed;
    closed?.addEventListener('abort', this.#close);
    if (signal?.aborted) this.#abort();
    else if (signal) {
      // One signal may abort many requests. Node.js warns of a leak at the eleventh listener.
      if (isAbortSignal(signal)) liftListenerLimit(signal);
      signal.addEventListener('abort', this.#abort);
    }
  }

  /** Why the request ended before its response arrived, if it did. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The failure that ends the request's next wait, once its session has closed. */
  get closing(): Failure | undefined {
    return this.#closing;
  }

  /** Milliseconds until the timeout expires, once it is started. */
  get timeLeft(): number {
    return this.#endsAt - performance.now();
  }

  /** Starts the timeout, or starts it again: an upload may take any time as long as bytes move. */
  start(): void {
    if (this.#failure) return;
    this.#endsAt = performance.now() + this.#timeout;
    if (this.#timer) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => {
      this.end({ type: 'failure', kind: 'timeout', message: `no complete answer within ${this.#timeout} ms` });
    }, this.#timeout);
  }

  /** Stops the timeout. The caller can still abort. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Removes the timer and the listener of the signal. */
  release(): void {
    this.stop();
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#closed?.removeEventListener('abort', this.#close);
  }

  /** Sets the function that is called when the request ends, or at once if it has ended. `undefined` removes it. */
  onEnd(listener: ((failure: Failure) => void) | undefined): void {
    this.#onEnd = listener;
    if (this.#failure) listener?.(this.#failure);
  }

  /** Ends the request. Only the first call has an effect. */
  end(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.release();
    this.#onEnd?.(failure);
  }

  /** Lets the request complete if it was sent, and ends it if it waits, now or later. */
  close(failure: Failure): void {
    this.#closing = failure;
    if (this.#waiting) this.end(failure);
  }

  /** Waits, but not beyond the end of the request. */
  wait(milliseconds: number): Promise<void> {
    return this.#waitUntilEnd((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      return () => clearTimeout(timer);
    });
  }

  /** Waits for a promise that does not reject, but not beyond the end of the request. */
  waitFor(promise: Promise<unknown>): Promise<void> {
    return this.#waitUntilEnd((resolve) => {
      void promise.then(() => resolve());
      return () => undefined;
    });
  }

  #waitUntilEnd(begin: (resolve: () => void) => () => void): Promise<void> {
    if (this.#closing) this.end(this.#closing);
    if (this.#failure) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting = false;
        this.onEnd(undefined);
        resolve();
      };
      this.#waiting = true;
      const cancel = begin(done);
      this.onEnd(() => {
        cancel();
        done();
      });
    });
  }
}

/**
 * One signal may end many requests at once; Node.js takes more than ten listeners for a leak, and says so. The signals of a
 * jsdom environment are not Node.js's own: they have no limit, and cannot be given one.
 */
function liftListenerLimit(signal: AbortSignal): void {
  try {
    getBuiltin('node:events').setMaxListeners(0, signal);
  } catch {}
}
