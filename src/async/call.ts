import type { RunningCall } from '../shared/client/lifetime.ts';
import { fromPlainEvent, type MixcloudEventListener, type PlainEvent } from '../shared/protocol/events.ts';
import type { Progress } from '../shared/protocol/messages.ts';
import { LightSignal } from './transport/light-signal.ts';
import type { RequestHooks } from './transport/session.ts';

/** Hooks of one call: how its caller follows and aborts it. */
export interface CallHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly onEvent?: MixcloudEventListener | undefined;
}

/** One call of an asynchronous client. Its batches share it as their hooks. */
export class Call implements RunningCall, RequestHooks {
  readonly signal: AbortSignal | undefined;
  /** Ends the waits of the call when its client is closed. */
  readonly closed = new LightSignal();
  readonly onProgress: CallHooks['onProgress'];
  readonly onEvent: ((event: PlainEvent) => void) | undefined;
  readonly #thrown: AbortController | undefined;
  // Listeners of the call that are running. There is more than one if a listener leads to another call of it.
  #listening = 0;
  #outlivesClose = false;

  constructor({ signal, onProgress, onEvent }: CallHooks) {
    if (onProgress || onEvent) this.#thrown = new AbortController();
    const thrown = this.#thrown?.signal;
    this.signal = signal && thrown ? AbortSignal.any([signal, thrown]) : (signal ?? thrown);
    this.onProgress = this.#guard(onProgress);
    this.onEvent = this.#guard(onEvent && ((event) => onEvent(fromPlainEvent(event, signal?.reason))));
  }

  /** Whether a listener of the call has closed its client. Then the call completes. */
  get outlivesClose(): boolean {
    return this.#outlivesClose;
  }

  onClose(): void {
    if (this.#listening > 0) this.#outlivesClose = true;
    else this.closed.abort();
  }

  /** Throws what a listener of the call has thrown. */
  throwIfListenerThrew(): void {
    this.#thrown?.signal.throwIfAborted();
  }

  /** Ends the call when its listener throws. The caller then gets the exception of the listener. */
  #guard<E>(listener: ((value: E) => void) | undefined): ((value: E) => void) | undefined {
    const thrown = this.#thrown;
    if (!listener || !thrown) return undefined;
    return (value) => {
      if (thrown.signal.aborted) return;
      this.#listening += 1;
      try {
        listener(value);
      } catch (error) {
        thrown.abort(error);
      } finally {
        this.#listening -= 1;
      }
    };
  }
}
