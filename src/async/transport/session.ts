import { redact } from '../../shared/base/secret.ts';
import { closedFailure, redactFailure } from '../../shared/protocol/failure.ts';
import type {
  ApiRequest,
  ApiResult,
  Batch,
  Failure,
  OperationResult,
  OperationStep,
} from '../../shared/protocol/messages.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import { withTrace } from './attempts.ts';
import { Deadline } from './deadline.ts';
import { withDecoding } from './decoding.ts';
import { DependencyError } from './dependency.ts';
import { createDispatch } from './dispatch.ts';
import type { DispatcherLike } from './dispatcher-like.ts';
import { LoginListeners } from './login-listeners.ts';
import { openPools, type Pools } from './pool.ts';
import { withRateLimit } from './rate-limit.ts';
import { RateLimitGates } from './rate-limit-gates.ts';
import { withRedirects } from './redirects.ts';
import { withBody } from './request-body.ts';
import { withRetries } from './retries.ts';
import type { RequestHooks, Sender } from './sender.ts';
import { Trace } from './trace.ts';

export type { RequestHooks } from './sender.ts';

/**
 * Sends batches of requests. It owns the pools of connections and the senders that make up a request, limits how many are
 * sent at once, and removes secrets from the results. It never rejects and returns plain data, so that it works the same
 * in a worker thread, which alone takes a {@link LargeResponse} too.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #dispatcher: DispatcherLike | undefined;
  readonly #keepLarge: boolean;
  readonly #gates = new RateLimitGates();
  #pools: Promise<Pools> | undefined;
  readonly #active = new Set<Promise<ApiResult>>();
  readonly #listeners = new LoginListeners();

  /** Sends requests with `dispatcher`, or else with pools of its own. With `keepLarge`, a result may be a `LargeResponse`. */
  constructor(options: SessionOptions, dispatcher?: DispatcherLike, keepLarge = false) {
    this.#options = options;
    this.#dispatcher = dispatcher;
    this.#keepLarge = keepLarge;
  }

  /** Carries out a step of an operation. */
  async run(step: OperationStep, hooks?: RequestHooks, options?: SessionOptions): Promise<readonly OperationResult[]> {
    return 'requests' in step ? this.sendAll(step, hooks, options) : [await this.#listeners.run(step, hooks)];
  }

  /**
   * Sends the requests of a batch, at most `concurrency` at once. Returns their results in the same order.
   *
   * The clients that share a session have `options` of their own. Only the proxy is always that of the session.
   */
  async sendAll(
    batch: Batch,
    hooks: RequestHooks = {},
    options: SessionOptions = this.#options,
  ): Promise<readonly ApiResult[]> {
    const { requests, concurrency } = batch;
    const [only] = requests;
    const sender = this.#createSender(options, hooks);
    if (requests.length === 1 && only) return [await this.#send(sender, only, hooks)];
    const results: ApiResult[] = [];
    const pending = requests.entries();
    const sendPending = async () => {
      for (const [index, request] of pending) results[index] = await this.#send(sender, request, hooks);
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, sendPending));
    return results;
  }

  /** Closes the session's own pools, once the requests under way have their results. A later request opens others. */
  async close(): Promise<void> {
    // If the pools could not be opened, the requests that needed them have reported it.
    const opened = this.#pools?.catch(() => undefined);
    this.#pools = undefined;
    await Promise.all(this.#active);
    // `close()` would also wait for connections that no request needs any more.
    await (await opened)?.destroy();
  }

  #createSender({ userAgent, retries, maxRateLimitWait }: SessionOptions, { onEvent }: RequestHooks): Sender {
    const { proxy } = this.#options;
    const dispatch = createDispatch({ userAgent, proxy }, () => this.#getDispatcher());
    const attempt = withBody(withDecoding(withRedirects(dispatch), this.#keepLarge), this.#dispatcher === undefined);
    const retried = withRetries(onEvent ? withTrace(attempt) : attempt, retries);
    if (maxRateLimitWait === 0) return retried;
    return (request, call) =>
      this.#gates.use(request.secrets, (gate) => withRateLimit(retried, maxRateLimitWait, gate)(request, call));
  }

  async #send(sender: Sender, request: ApiRequest, hooks: RequestHooks): Promise<ApiResult> {
    const { signal, closed, onProgress, onEvent } = hooks;
    if (closed?.aborted) return closedFailure();
    const deadline = new Deadline(request.timeout, signal, closed);
    const trace = onEvent && new Trace(request, onEvent);
    let sent = false;
    const onSent = () => {
      sent = true;
      trace?.noteSent();
    };
    const sending = sender(request, { deadline, onProgress, onSent, trace }).catch(
      (error: unknown): Failure =>
        error instanceof DependencyError
          ? error.toFailure()
          : { type: 'failure', kind: 'connection', message: String(error) },
    );
    this.#active.add(sending);
    const result = await sending;
    this.#active.delete(sending);
    deadline.release();
    if (result.type === 'failure') trace?.fail(result);
    return redactResult(result.type === 'failure' ? { ...result, sent } : result, request);
  }

  #getDispatcher(): DispatcherLike | Promise<DispatcherLike> {
    if (this.#dispatcher) return this.#dispatcher;
    if (this.#pools) return this.#pools;
    const pools = openPools(this.#options.proxy);
    this.#pools = pools;
    // If that fails, the next request tries again.
    pools.catch(() => {
      if (this.#pools === pools) this.#pools = undefined;
    });
    return pools;
  }
}

function redactResult(result: ApiResult, { secrets }: ApiRequest): ApiResult {
  if (Object.keys(secrets).length === 0) return result;
  if (result.type !== 'response') return redactFailure(result, secrets);
  // Not spread: the body of a large response would go with it.
  const { type, status, contentType, retryAfter, text } = result;
  return {
    type,
    status,
    contentType: contentType && redact(contentType, secrets),
    retryAfter,
    text: redact(text, secrets),
  };
}
