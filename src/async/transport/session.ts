import type { Dispatcher } from 'undici';
import { isLoopback } from '../../shared/base/loopback.ts';
import { redact } from '../../shared/base/secret.ts';
import { closedFailure, redactFailure } from '../../shared/protocol/failure.ts';
import type { ApiRequest, ApiResult, Batch, Failure, Progress } from '../../shared/protocol/messages.ts';
import { getRateLimit } from '../../shared/protocol/rate-limit.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import { isTransient } from './connection-failure.ts';
import { type AbortSignalLike, Deadline } from './deadline.ts';
import { ACCEPT_ENCODING, decompress } from './decompress.ts';
import type { DispatcherLike } from './dispatcher-like.ts';
import { MultipartBody } from './multipart-body.ts';
import { openPool } from './pool.ts';
import { RateLimitGate } from './rate-limit-gate.ts';
import { type RawResponse, ResponseCollector } from './response-collector.ts';

/** How a caller follows and ends what it asked for. */
export interface RequestHooks {
  readonly signal?: AbortSignalLike | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const MAX_REDIRECTS = 5;
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
const UNAVAILABLE_STATUSES = new Set([502, 503, 504]);
const MIN_PAUSE = 150;
const MAX_PAUSE = 10_000;
// A limit of exactly as long as the caller would wait is waited out, though its answer took some time to come.
const DEADLINE_SLACK = 1000;

/**
 * Sends requests: pool, time-outs, retries, redirects, decompression, rate limits and uploads. It never rejects and
 * answers with plain data, so that it works the same in a worker thread.
 *
 * undici's interceptors for retries and redirects are not used: the one resumes a body that was cut short by asking for
 * the rest of it, which needs a server that knows ranges, and pauses without jitter; the other follows any origin.
 */
export class Session {
  readonly #settings: SessionOptions;
  readonly #given: DispatcherLike | undefined;
  #own: Promise<Dispatcher> | undefined;
  readonly #gate = new RateLimitGate();
  #closed = false;
  readonly #underWay = new Set<Promise<ApiResult>>();
  // Calls that wait for something else than the network, and would go on waiting after the session's end.
  readonly #waiting = new Set<Deadline>();

  constructor(settings: SessionOptions, dispatcher?: DispatcherLike) {
    this.#settings = settings;
    this.#given = dispatcher;
  }

  /** Sends the requests of a step, at most `concurrency` at once, and replies to each in their order. */
  async sendAll(batch: Batch, hooks: RequestHooks = {}): Promise<readonly ApiResult[]> {
    const { requests, concurrency } = batch;
    const [only] = requests;
    if (requests.length === 1 && only) return [await this.#send(only, hooks)];
    const results: ApiResult[] = [];
    const left = requests.entries();
    const work = async () => {
      for (const [index, request] of left) results[index] = await this.#send(request, hooks);
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, work));
    return results;
  }

  /** Ends the pool that the session owns, once what is under way is answered. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const deadline of this.#waiting) deadline.end(closedFailure());
    // A pool that could not be opened has been reported to those who wanted it.
    const pool = await this.#own?.catch(() => undefined);
    if (!pool) return;
    await Promise.all(this.#underWay);
    // Closed, it would wait for what has been given up too: a proxy or a server that never lets a connection be made.
    await pool.destroy();
  }

  async #send(request: ApiRequest, hooks: RequestHooks): Promise<ApiResult> {
    if (this.#closed) return closedFailure();
    const { secrets } = request;
    const sending = this.#sendWithinLimit(request, hooks).catch(
      (error: unknown): Failure => ({ type: 'failure', kind: 'connection', message: String(error) }),
    );
    this.#underWay.add(sending);
    const result = await sending;
    this.#underWay.delete(sending);
    if (Object.keys(secrets).length === 0) return result;
    if (result.type !== 'response') return redactFailure(result, secrets);
    const { text, contentType } = result;
    return { ...result, text: redact(text, secrets), contentType: contentType && redact(contentType, secrets) };
  }

  /** Waits out a rate limit if the settings allow it. */
  async #sendWithinLimit(request: ApiRequest, hooks: RequestHooks): Promise<ApiResult> {
    const longest = this.#settings.maxRateLimitWait * 1000;
    // What takes an hour to send is sent once; and without a wait there is nothing to hold back for.
    if (longest === 0 || request.parts) return this.#sendAndRetry(request, hooks);
    const deadline = Date.now() + longest;
    if (this.#gate.wait === 0) {
      const result = await this.#sendAndRetry(request, hooks);
      if (!this.#mayWait(result, deadline)) return result;
    }
    return this.#inTurn(hooks, async () => {
      for (;;) {
        const { wait } = this.#gate;
        if (wait > 0 && Date.now() + wait <= deadline + DEADLINE_SLACK) {
          const ended = await this.#rest(wait, hooks);
          if (ended) return ended;
        }
        if (this.#closed) return closedFailure();
        const result = await this.#sendAndRetry(request, hooks);
        if (!this.#mayWait(result, deadline)) return result;
      }
    });
  }

  /** Whether a reply is a rate limit that ends before the deadline; in any case the gate is told of it. */
  #mayWait(result: ApiResult, deadline: number): boolean {
    const seconds = result.type === 'response' ? getRateLimit(result) : null;
    if (seconds === null) return false;
    this.#gate.shut(seconds);
    return Date.now() + seconds * 1000 <= deadline + DEADLINE_SLACK;
  }

  /** Runs a task after those that wait for the same rate limit; ends early when its caller or the session does. */
  #inTurn(hooks: RequestHooks, task: () => Promise<ApiResult>): Promise<ApiResult> {
    return new Promise((resolve) => {
      const deadline = new Deadline(0, hooks.signal);
      this.#waiting.add(deadline);
      deadline.onEnd(resolve);
      this.#gate
        .inTurn(async () => {
          deadline.stop();
          this.#waiting.delete(deadline);
          return deadline.failure ?? task();
        })
        .then(resolve);
    });
  }

  async #sendAndRetry(request: ApiRequest, hooks: RequestHooks): Promise<ApiResult> {
    const deadline = new Deadline(request.timeout, hooks.signal);
    try {
      deadline.start();
      for (let attempt = 0; ; attempt += 1) {
        const result = await this.#attempt(request, hooks, deadline);
        const passing = result.type === 'response' ? UNAVAILABLE_STATUSES.has(result.status) : isTransient(result);
        if (!passing || !request.idempotent || attempt >= this.#settings.retries || this.#closed) return result;
        const pause = getPause(attempt, result);
        // A server that is away for longer than the caller waits has answered all the same.
        if (result.type === 'response' && pause >= deadline.left) return result;
        await this.#pause(deadline, pause);
        if (deadline.failure) return deadline.failure;
      }
    } finally {
      deadline.stop();
    }
  }

  async #attempt(request: ApiRequest, hooks: RequestHooks, deadline: Deadline): Promise<ApiResult> {
    const later = request.preflightParts && (await MultipartBody.open(request.preflightParts));
    if (later && !(later instanceof MultipartBody)) return later;
    await later?.close();
    const body = request.parts && (await MultipartBody.open(request.parts, this.#given === undefined));
    if (body && !(body instanceof MultipartBody)) return body;
    try {
      const response = await this.#follow(request, hooks, deadline, body);
      if (response.type !== 'response') return body?.failure ?? response;
      const { status, headers } = response;
      const plain = await decompress(response.body, getHeader(response, 'content-encoding') ?? '');
      if ('type' in plain) return plain;
      // JSON does not allow the mark that some servers put before it.
      const text = plain.toString('utf8').replace(/^\uFEFF/, '');
      const contentType = getHeader(response, 'content-type');
      return { type: 'response', status, contentType, retryAfter: parseRetryAfter(headers['retry-after']), text };
    } finally {
      await body?.close();
    }
  }

  /** Sends a request and follows redirects of a GET within its origin. */
  async #follow(
    request: ApiRequest,
    hooks: RequestHooks,
    deadline: Deadline,
    body: MultipartBody | undefined,
  ): Promise<RawResponse | Failure> {
    let url = withSecrets(new URL(request.url), request);
    for (let hops = 0; ; hops += 1) {
      const response = await this.#exchange(url, request, hooks, deadline, body);
      const location =
        response.type === 'response' && REDIRECT_STATUSES.has(response.status) ? getHeader(response, 'location') : null;
      if (response.type !== 'response' || location === null) return response;
      const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      const refusal = redirectFailure(request, url, target, hops);
      if (refusal || !target) return refusal ?? response;
      url = withSecrets(target, request);
    }
  }

  async #exchange(
    url: URL,
    request: ApiRequest,
    hooks: RequestHooks,
    deadline: Deadline,
    body: MultipartBody | undefined,
  ): Promise<RawResponse | Failure> {
    const unsafe = this.#refusePlainProxy(url, request);
    if (unsafe) return unsafe;
    const dispatcher: DispatcherLike = this.#given ?? (await this.#pool());
    return new Promise((settle) => {
      const handler = new ResponseCollector(settle);
      deadline.onEnd((failure) => handler.end(failure));
      if (deadline.failure) return;
      const headers: Record<string, string> = {
        'user-agent': this.#settings.userAgent,
        accept: 'application/json, text/javascript, */*',
        'accept-encoding': ACCEPT_ENCODING,
      };
      if (body) {
        headers['content-type'] = body.contentType;
        headers['content-length'] = String(body.size);
      }
      const pieces = body?.read(() => deadline.start(), hooks.onProgress);
      const options = {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers,
        body: pieces ?? null,
        // The clock of the request does this, with the bound that the caller gave.
        headersTimeout: 0,
        bodyTimeout: 0,
      };
      try {
        dispatcher.dispatch(options, handler);
      } catch (error) {
        handler.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #pool(): Promise<Dispatcher> {
    this.#own ??= openPool(this.#settings.proxy);
    return this.#own;
  }

  /** A plain request to this machine is private, but not when it takes its way over another one. */
  #refusePlainProxy(url: URL, request: ApiRequest): Failure | undefined {
    const { proxy } = this.#settings;
    if (proxy === null || url.protocol === 'https:' || Object.keys(request.secrets).length === 0) return undefined;
    const way = proxy.by === 'url' ? proxy.url : proxy.http;
    if (way === '' || (URL.canParse(way) && isLoopback(new URL(way)))) return undefined;
    const message = 'proxy: a secret is not sent in plain text over a proxy on another machine; use https';
    return { type: 'failure', kind: 'misuse', message };
  }

  /** Waits on the caller's behalf; gives the reason when the wait is ended from outside. */
  async #rest(milliseconds: number, hooks: RequestHooks): Promise<Failure | undefined> {
    const deadline = new Deadline(milliseconds, hooks.signal);
    await this.#pause(deadline, milliseconds);
    deadline.stop();
    return deadline.failure;
  }

  async #pause(deadline: Deadline, milliseconds: number): Promise<void> {
    this.#waiting.add(deadline);
    await deadline.pause(milliseconds);
    this.#waiting.delete(deadline);
  }
}

function withSecrets(url: URL, request: ApiRequest): URL {
  for (const [name, value] of Object.entries(request.secrets)) url.searchParams.set(name, value);
  return url;
}

/** Growing, so that a server in trouble is left alone; jittered, so that many clients do not come back as one. */
function getPause(attempt: number, result: ApiResult): number {
  const asked = result.type === 'response' ? (result.retryAfter ?? 0) * 1000 : 0;
  const pause = Math.min(MIN_PAUSE * 2 ** attempt, MAX_PAUSE) * (0.5 + Math.random() / 2);
  return Math.max(asked, pause);
}

function redirectFailure(request: ApiRequest, from: URL, to: URL | undefined, hops: number): Failure | undefined {
  const refuse = (message: string): Failure => ({
    type: 'failure',
    kind: 'connection',
    code: 'ERR_MIXCLOUD_REDIRECT',
    message,
  });
  if (!to) return refuse('answered with a redirect to no URL');
  if (request.method !== 'GET') return refuse(`answered with a redirect, which a ${request.method} does not follow`);
  if (to.origin !== from.origin) return refuse(`answered with a redirect to another origin, ${to.origin}`);
  if (hops >= MAX_REDIRECTS) return refuse(`answered with more than ${MAX_REDIRECTS} redirects`);
  return undefined;
}

function getHeader(response: RawResponse, name: string): string | null {
  const value = response.headers[name];
  return (Array.isArray(value) ? value.join(', ') : value) ?? null;
}

/** Seconds that a `Retry-After` header names, as a number or as a date. */
function parseRetryAfter(header: string | string[] | undefined): number | null {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}
