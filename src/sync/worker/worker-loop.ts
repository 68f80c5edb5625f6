import type {
  ApiRequest,
  ApiResult,
  NumberedRequest,
  NumberedResult,
  Prefetch,
} from '../../shared/protocol/messages.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import type { JobListener } from './event-inbox.ts';
import { type JobHandle, WorkerClient } from './worker-client.ts';

/** A loop on the calling thread, whose requests the worker sends while the thread does other things. */
export class WorkerLoop {
  readonly #session: number;
  readonly #options: SessionOptions;
  readonly #listener: JobListener | undefined;
  readonly #pending = new Map<number, ApiRequest>();
  #handle: JobHandle | undefined;

  /** `listener` is called with the events of the requests, while the thread waits. */
  constructor(session: number, options: SessionOptions, listener: JobListener | undefined) {
    this.#session = session;
    this.#options = options;
    this.#listener = listener;
  }

  /** Submits requests, and returns the results that have arrived. Blocks if there are requests to wait for. */
  send(prefetch: Prefetch): readonly NumberedResult[] {
    const { waitFor } = prefetch;
    const worker = WorkerClient.get();
    // A loop that has nothing under way can go on in a worker that has replaced another.
    const isLost = this.#pending.size === 0 && !worker.has(this.#handle);
    const handle = this.#handle === undefined || isLost ? worker.openLoop(this.#listener) : this.#handle;
    this.#handle = handle;
    for (const { id, request } of prefetch.requests) this.#pending.set(id, request);
    const events = this.#listener !== undefined;
    const received: NumberedResult[] = [];
    let { requests } = prefetch;
    for (;;) {
      const pending = [...this.#pending.keys()];
      const sent = { ...prefetch, requests };
      const body = { session: this.#session, options: this.#options, prefetch: sent, events, pending };
      const results = worker.prefetch(handle, body);
      // If the worker has dropped requests, it is sent all of them.
      requests = results ? [] : this.#unanswered;
      for (const { id } of results ?? []) this.#pending.delete(id);
      received.push(...(results ?? []));
      const isOver = waitFor.length === 0 || received.some(({ id }) => waitFor.includes(id));
      if (results && isOver) return received;
    }
  }

  /** Throws what the listener has thrown. Events may arrive while another call waits. */
  throwIfListenerThrew(): void {
    if (this.#handle) WorkerClient.get().throwIfListenerThrew(this.#handle);
  }

  /** Ends the loop, with the same result for every request under way. */
  fail({ requests }: Prefetch, result: ApiResult): NumberedResult[] {
    const failed = [...this.#unanswered, ...requests].map(({ id }) => ({ id, result }));
    this.cancel();
    this.#pending.clear();
    return failed;
  }

  /** Ends the loop, and what it has under way. */
  cancel(): void {
    if (this.#handle) WorkerClient.get().cancel(this.#handle, this.#pending.size > 0);
    this.#handle = undefined;
  }

  get #unanswered(): NumberedRequest[] {
    return Array.from(this.#pending, ([id, request]) => ({ id, request }));
  }
}
