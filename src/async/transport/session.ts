import type { Dispatcher } from 'undici';
import { redact } from '../../shared/base/secret.ts';
import type { SessionSettings } from '../../shared/input/client-options.ts';
import { isLoopback } from '../../shared/input/origin.ts';
import { rateLimitOf } from '../../shared/operations/parse-response.ts';
import { closedFailure, redactFailure } from '../../shared/protocol/failure.ts';
import type { Failure, Progress, Reply, Request, Step } from '../../shared/protocol/messages.ts';
import { isPassing } from './connection-failure.ts';
import { Clock, type Ending } from './deadline.ts';
import { ACCEPT_ENCODING, decompress } from './decompress.ts';
import type { DispatcherLike } from './dispatcher-like.ts';
import { MultipartBody } from './multipart-body.ts';
import { openPool } from './pool.ts';
import { RateLimitGate } from './rate-limit-gate.ts';
import { ExchangeHandler, type RawAnswer } from './response-collector.ts';

/** How a caller follows and ends what it asked for. */
export interface Control {
  readonly signal?: Ending | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const UNAVAILABLE = new Set([502, 503, 504]);
const FIRST_PAUSE = 150;
const LONGEST_PAUSE = 10_000;
// A limit of exactly as long as the caller would wait is waited out, though its answer took some time to come.
const CLOCK_SLACK = 1000;

/**
 * Sends requests: pool, time-outs, retries, redirects, decompression, rate limits and uploads. It never rejects and
 * answers with plain data, so that it works the same in a worker thread.
 *
 * undici's interceptors for retries and redirects are not used: the one resumes a body that was cut short by asking for
 * the rest of it, which needs a server that knows ranges, and pauses without jitter; the other follows any origin.
 */
export class Session {
  readonly #settings: SessionSettings;
  readonly #given: DispatcherLike | undefined;
  #own: Promise<Dispatcher> | undefined;
  readonly #gate = new RateLimitGate();
  #closed = false;
  readonly #underWay = new Set<Promise<Reply>>();
  // Calls that wait for something else than the network, and would go on waiting after the session's end.
  readonly #waiting = new Set<Clock>();

  constructor(settings: SessionSettings, dispatcher?: DispatcherLike) {
    this.#settings = settings;
    this.#given = dispatcher;
  }

  /** Sends the requests of a step, at most `concurrency` at once, and replies to each in their order. */
  async perform(step: Step, control: Control = {}): Promise<readonly Reply[]> {
    const { requests, concurrency } = step;
    const [only] = requests;
    if (requests.length === 1 && only) return [await this.#send(only, control)];
    const replies: Reply[] = [];
    const left = requests.entries();
    const work = async () => {
      for (const [index, request] of left) replies[index] = await this.#send(request, control);
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, work));
    return replies;
  }

  /** Ends the pool that the session owns, once what is under way is answered. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const clock of this.#waiting) clock.end(closedFailure());
    // A pool that could not be opened has been reported to those who wanted it.
    const pool = await this.#own?.catch(() => undefined);
    if (!pool) return;
    await Promise.all(this.#underWay);
    // Closed, it would wait for what has been given up too: a proxy or a server that never lets a connection be made.
    await pool.destroy();
  }

  async #send(request: Request, control: Control): Promise<Reply> {
    if (this.#closed) return closedFailure();
    const { secrets } = request;
    const sending = this.#sendWithinLimit(request, control).catch(
      (error: unknown): Failure => ({ ok: false, kind: 'connection', message: String(error) }),
    );
    this.#underWay.add(sending);
    const reply = await sending;
    this.#underWay.delete(sending);
    if (Object.keys(secrets).length === 0) return reply;
    if (!reply.ok) return redactFailure(reply, secrets);
    const { text, contentType } = reply;
    return { ...reply, text: redact(text, secrets), contentType: contentType && redact(contentType, secrets) };
  }

  /** Waits out a rate limit if the settings allow it. */
  async #sendWithinLimit(request: Request, control: Control): Promise<Reply> {
    const longest = this.#settings.maxRateLimitWait * 1000;
    // What takes an hour to send is sent once; and without a wait there is nothing to hold back for.
    if (longest === 0 || request.parts) return this.#sendAndRetry(request, control);
    const deadline = Date.now() + longest;
    if (this.#gate.wait === 0) {
      const reply = await this.#sendAndRetry(request, control);
      if (!this.#mayWait(reply, deadline)) return reply;
    }
    return this.#inTurn(control, async () => {
      for (;;) {
        const { wait } = this.#gate;
        if (wait > 0 && Date.now() + wait <= deadline + CLOCK_SLACK) {
          const ended = await this.#rest(wait, control);
          if (ended) return ended;
        }
        if (this.#closed) return closedFailure();
        const reply = await this.#sendAndRetry(request, control);
        if (!this.#mayWait(reply, deadline)) return reply;
      }
    });
  }

  /** Whether a reply is a rate limit that ends before the deadline; in any case the gate is told of it. */
  #mayWait(reply: Reply, deadline: number): boolean {
    const seconds = reply.ok ? rateLimitOf(reply) : null;
    if (seconds === null) return false;
    this.#gate.shut(seconds);
    return Date.now() + seconds * 1000 <= deadline + CLOCK_SLACK;
  }

  /** Runs a task after those that wait for the same rate limit; ends early when its caller or the session does. */
  #inTurn(control: Control, task: () => Promise<Reply>): Promise<Reply> {
    return new Promise((resolve) => {
      const clock = new Clock(0, control.signal);
      this.#waiting.add(clock);
      clock.onEnd(resolve);
      this.#gate
        .inTurn(async () => {
          clock.stop();
          this.#waiting.delete(clock);
          return clock.failure ?? task();
        })
        .then(resolve);
    });
  }

  async #sendAndRetry(request: Request, control: Control): Promise<Reply> {
    const clock = new Clock(request.timeout, control.signal);
    try {
      clock.start();
      for (let attempt = 0; ; attempt += 1) {
        const reply = await this.#attempt(request, control, clock);
        const passing = reply.ok ? UNAVAILABLE.has(reply.status) : isPassing(reply);
        if (!passing || !request.repeatable || attempt >= this.#settings.retries || this.#closed) return reply;
        const pause = pauseBefore(attempt, reply);
        // A server that is away for longer than the caller waits has answered all the same.
        if (reply.ok && pause >= clock.left) return reply;
        await this.#pause(clock, pause);
        if (clock.failure) return clock.failure;
      }
    } finally {
      clock.stop();
    }
  }

  async #attempt(request: Request, control: Control, clock: Clock): Promise<Reply> {
    const later = request.later && (await MultipartBody.open(request.later));
    if (later && 'ok' in later) return later;
    await later?.close();
    const body = request.parts && (await MultipartBody.open(request.parts, this.#given === undefined));
    if (body && 'ok' in body) return body;
    try {
      const answer = await this.#follow(request, control, clock, body);
      if (!answer.ok) return body?.failure ?? answer;
      const { status, headers } = answer;
      const plain = await decompress(answer.body, headerOf(answer, 'content-encoding') ?? '');
      if ('ok' in plain) return plain;
      // JSON does not allow the mark that some servers put before it.
      const text = plain.toString('utf8').replace(/^\uFEFF/, '');
      const contentType = headerOf(answer, 'content-type');
      return { ok: true, status, contentType, retryAfter: secondsOf(headers['retry-after']), text };
    } finally {
      await body?.close();
    }
  }

  /** Sends a request and follows redirects of a GET within its origin. */
  async #follow(
    request: Request,
    control: Control,
    clock: Clock,
    body: MultipartBody | undefined,
  ): Promise<RawAnswer | Failure> {
    let url = withSecrets(new URL(request.url), request);
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#exchange(url, request, control, clock, body);
      const location = answer.ok && REDIRECTS.has(answer.status) ? headerOf(answer, 'location') : null;
      if (!answer.ok || location === null) return answer;
      const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      const refusal = refuseRedirect(request, url, target, hops);
      if (refusal || !target) return refusal ?? answer;
      url = withSecrets(target, request);
    }
  }

  async #exchange(
    url: URL,
    request: Request,
    control: Control,
    clock: Clock,
    body: MultipartBody | undefined,
  ): Promise<RawAnswer | Failure> {
    const unsafe = this.#refusePlainProxy(url, request);
    if (unsafe) return unsafe;
    const dispatcher: DispatcherLike = this.#given ?? (await this.#pool());
    return new Promise((settle) => {
      const handler = new ExchangeHandler(settle);
      clock.onEnd((failure) => handler.end(failure));
      if (clock.failure) return;
      const headers: Record<string, string> = {
        'user-agent': this.#settings.userAgent,
        accept: 'application/json, text/javascript, */*',
        'accept-encoding': ACCEPT_ENCODING,
      };
      if (body) {
        headers['content-type'] = body.contentType;
        headers['content-length'] = String(body.size);
      }
      const pieces = body?.read(() => clock.start(), control.onProgress);
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
  #refusePlainProxy(url: URL, request: Request): Failure | undefined {
    const { proxy } = this.#settings;
    if (proxy === null || url.protocol === 'https:' || Object.keys(request.secrets).length === 0) return undefined;
    const way = proxy.by === 'url' ? proxy.url : proxy.http;
    if (way === '' || (URL.canParse(way) && isLoopback(new URL(way)))) return undefined;
    const message = 'proxy: a secret is not sent in plain text over a proxy on another machine; use https';
    return { ok: false, kind: 'misuse', message };
  }

  /** Waits on the caller's behalf; gives the reason when the wait is ended from outside. */
  async #rest(milliseconds: number, control: Control): Promise<Failure | undefined> {
    const clock = new Clock(milliseconds, control.signal);
    await this.#pause(clock, milliseconds);
    clock.stop();
    return clock.failure;
  }

  async #pause(clock: Clock, milliseconds: number): Promise<void> {
    this.#waiting.add(clock);
    await clock.pause(milliseconds);
    this.#waiting.delete(clock);
  }
}

function withSecrets(url: URL, request: Request): URL {
  for (const [name, value] of Object.entries(request.secrets)) url.searchParams.set(name, value);
  return url;
}

/** Growing, so that a server in trouble is left alone; jittered, so that many clients do not come back as one. */
function pauseBefore(attempt: number, reply: Reply): number {
  const asked = reply.ok ? (reply.retryAfter ?? 0) * 1000 : 0;
  const pause = Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE) * (0.5 + Math.random() / 2);
  return Math.max(asked, pause);
}

function refuseRedirect(request: Request, from: URL, to: URL | undefined, hops: number): Failure | undefined {
  const refuse = (message: string): Failure => ({
    ok: false,
    kind: 'connection',
    code: 'ERR_MIXCLOUD_REDIRECT',
    message,
  });
  if (!to) return refuse('answered with a redirect to no URL');
  if (request.method !== 'GET') return refuse(`answered with a redirect, which a ${request.method} does not follow`);
  if (to.origin !== from.origin) return refuse(`answered with a redirect to another origin, ${to.origin}`);
  if (hops >= MOST_REDIRECTS) return refuse(`answered with more than ${MOST_REDIRECTS} redirects`);
  return undefined;
}

function headerOf(answer: RawAnswer, name: string): string | null {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value.join(', ') : value) ?? null;
}

/** Seconds that a `Retry-After` header names, as a number or as a date. */
function secondsOf(header: string | string[] | undefined): number | null {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}
