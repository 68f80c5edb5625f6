import type { ApiResult, Batch, NumberedRequest, NumberedResult, Prefetch } from '../../shared/protocol/messages.ts';

/**
 * Sends the requests of one loop in the order in which they were added, at most `concurrency` at once. Keeps their results
 * until the loop has received them.
 */
export class RequestQueue {
  readonly #sendAll: (batch: Batch) => Promise<readonly ApiResult[]>;
  readonly #known = new Set<number>();
  readonly #waiting: NumberedRequest[] = [];
  readonly #results = new Map<number, ApiResult>();
  #senderCount = 0;
  // Resolves when the senders that were started have ended.
  #ended = Promise.resolve();
  #awaited: readonly number[] = [];
  #wake: () => void = () => undefined;

  /** `sendAll` sends a batch of one request, and never rejects. */
  constructor(sendAll: (batch: Batch) => Promise<readonly ApiResult[]>) {
    this.#sendAll = sendAll;
  }

  /** Adds requests. Those that were added before are ignored: a message of which no reply came is sent again. */
  add({ requests, concurrency }: Prefetch): void {
    const added = requests.filter(({ id }) => !this.#known.has(id));
    for (const { id } of added) this.#known.add(id);
    this.#waiting.push(...added);
    // Each sender takes a request before it waits for anything.
    while (this.#waiting.length > 0 && this.#senderCount < concurrency) {
      const sender = this.#sendWaiting();
      this.#ended = this.#ended.then(() => sender);
    }
  }

  /** Whether the request was added, and its result not received. */
  has(id: number): boolean {
    return this.#known.has(id);
  }

  /** Calls `wake` once one of the requests has its result. Replaces the function of an earlier call. */
  onResult(ids: readonly number[], wake: () => void): void {
    this.#awaited = ids;
    this.#wake = wake;
    if (ids.some((id) => this.#results.has(id))) wake();
  }

  /** Returns those results of `pending` that have arrived. The loop has received all others, which are dropped. */
  collect(pending: readonly number[]): NumberedResult[] {
    const kept = new Set(pending);
    for (const id of this.#known) {
      if (kept.has(id)) continue;
      this.#known.delete(id);
      this.#results.delete(id);
    }
    return pending.flatMap((id) => {
      const result = this.#results.get(id);
      return result ? { id, result } : [];
    });
  }

  /** Drops the requests that were not sent yet. Resolves when none is under way. */
  async settle(): Promise<void> {
    this.#waiting.length = 0;
    await this.#ended;
  }

  async #sendWaiting(): Promise<void> {
    this.#senderCount += 1;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { id, request } = next;
      const [result] = await this.#sendAll({ requests: [request], concurrency: 1 });
      if (result) this.#results.set(id, result);
      if (this.#awaited.includes(id)) this.#wake();
    }
    this.#senderCount -= 1;
  }
}
