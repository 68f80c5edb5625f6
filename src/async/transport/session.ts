import type { Dispatcher } from 'undici';
import { redact } from '../../shared/base/secret.ts';
import { closedFailure, redactFailure } from '../../shared/protocol/failure.ts';
import type { ApiRequest, ApiResult, Batch, Failure } from '../../shared/protocol/messages.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import { Deadline } from './deadline.ts';
import { withDecoding } from './decoding.ts';
import { DependencyError } from './dependency.ts';
import { createDispatch } from './dispatch.ts';
import type { DispatcherLike } from './dispatcher-like.ts';
import { openPool } from './pool.ts';
import { withRateLimit } from './rate-limit.ts';
import { RateLimitGate } from './rate-limit-gate.ts';
import { withRedirects } from './redirects.ts';
import { withBody } from './request-body.ts';
import { withRetries } from './retries.ts';
import type { RequestHooks, Sender } from './sender.ts';

export type { RequestHooks } from './sender.ts';

/**
 * Sends batches of requests. It owns the pool of connections and the senders that make up a request, limits how many are
 * sent at once, and removes secrets from the results. It never rejects and returns plain data, so that it works the same
 * in a worker thread.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #dispatcher: DispatcherLike | undefined;
  readonly #sender: Sender;
  #pool: Promise<Dispatcher> | undefined;
  #closed = false;
  readonly #active = new Map<Deadline, Promise<ApiResult>>();

  /** Sends requests with `dispatcher`, or else with a pool of its own. */
  constructor(options: SessionOptions, dispatcher?: DispatcherLike) {
    this.#options = options;
    this.#dispatcher = dispatcher;
    const dispatch = createDispatch(options, () => this.#getDispatcher());
    const attempt = withBody(withDecoding(withRedirects(dispatch)), dispatcher === undefined);
    this.#sender = withRateLimit(withRetries(attempt, options.retries), options.maxRateLimitWait, new RateLimitGate());
  }

  /** Sends the requests of a batch, at most `concurrency` at once. Returns their results in the same order. */
  async sendAll(batch: Batch, hooks: RequestHooks = {}): Promise<readonly ApiResult[]> {
    const { requests, concurrency } = batch;
    const [only] = requests;
    if (requests.length === 1 && only) return [await this.#send(only, hooks)];
    const results: ApiResult[] = [];
    const pending = requests.entries();
    const sendPending = async () => {
      for (const [index, request] of pending) results[index] = await this.#send(request, hooks);
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, sendPending));
    return results;
  }

  /** Closes the session's own pool, once the requests that were sent have their responses. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const deadline of this.#active.keys()) deadline.close(closedFailure());
    // If the pool could not be opened, the requests that needed it have reported it.
    const pool = await this.#pool?.catch(() => undefined);
    if (!pool) return;
    await Promise.all(this.#active.values());
    // `close()` would also wait for connections that no request needs any more.
    await pool.destroy();
  }

  async #send(request: ApiRequest, { signal, onProgress }: RequestHooks): Promise<ApiResult> {
    if (this.#closed) return closedFailure();
    const deadline = new Deadline(request.timeout, signal);
    let sent = false;
    const onSent = () => {
      sent = true;
    };
    const sending = this.#sender(request, { deadline, onProgress, onSent }).catch(
      (error: unknown): Failure =>
        error instanceof DependencyError
          ? error.toFailure()
          : { type: 'failure', kind: 'connection', message: String(error) },
    );
    this.#active.set(deadline, sending);
    const result = await sending;
    this.#active.delete(deadline);
    deadline.release();
    return redactResult(result.type === 'failure' ? { ...result, sent } : result, request);
  }

  #getDispatcher(): DispatcherLike | Promise<DispatcherLike> {
    if (this.#dispatcher) return this.#dispatcher;
    this.#pool ??= this.#openPool();
    return this.#pool;
  }

  async #openPool(): Promise<Dispatcher> {
    try {
      return await openPool(this.#options.proxy);
    } catch (error) {
      // The next request tries again.
      this.#pool = undefined;
      throw error;
    }
  }
}

function redactResult(result: ApiResult, { secrets }: ApiRequest): ApiResult {
  if (Object.keys(secrets).length === 0) return result;
  if (result.type !== 'response') return redactFailure(result, secrets);
  const { text, contentType } = result;
  return { ...result, text: redact(text, secrets), contentType: contentType && redact(contentType, secrets) };
}
