import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type Pace, RequestBody } from './body.ts';
import { Connections } from './connections.ts';
import { hex } from './data/random.ts';
import { Store } from './data/store.ts';
import { Exchange } from './exchange.ts';
import { ArmedFaults } from './faults/armed.ts';
import { PrefixCounts } from './faults/prefix.ts';
import { toJson } from './json.ts';
import { Limiter } from './limiter.ts';
import { Codes } from './oauth-codes.ts';
import { pageRoot } from './page-root.ts';
import type { WorldOptions } from './protocol.ts';
import { ApiError, type Reply, reply } from './reply.ts';
import { RequestLog } from './request-log.ts';
import { route } from './routes/index.ts';
import { send } from './send.ts';
import { certificate } from './tls.ts';
import { Uploads } from './uploads.ts';

const CACHE_SIZE = 500;

/** One isolated stand-in of the API, on a port of its own. */
export class World {
  readonly store = new Store();
  readonly uploads = new Uploads();
  readonly codes = new Codes();
  readonly armed = new ArmedFaults();
  readonly prefixed = new PrefixCounts();
  readonly log = new RequestLog();
  readonly connections = new Connections();
  readonly scheme: 'http' | 'https';
  readonly #server: Server;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #cache = new Map<string, Reply>();
  #cacheVersion = 0;
  #limiter: Limiter | undefined;
  #requests = 0;
  #options: WorldOptions = {};
  origin = '';

  constructor(options: WorldOptions) {
    this.scheme = options.tls ? 'https' : 'http';
    const listener = (request: IncomingMessage, response: ServerResponse) => void this.#handle(request, response);
    this.#server = options.tls ? createTlsServer(certificate(options.tls), listener) : createServer(listener);
    // Tests may upload slowly on purpose, or be blocked for a while: only they decide when it took too long.
    this.#server.requestTimeout = 0;
    this.#server.headersTimeout = 0;
    this.#server.on('connection', (socket: Socket) => this.connections.opened(socket));
    this.#server.on('clientError', (_error, socket) => void socket.destroy());
    this.set(options);
  }

  get compression(): boolean {
    return this.#options.compression ?? true;
  }

  get pageRoot(): string {
    return pageRoot(this.#options.mixcloudRoot, this.origin);
  }

  get options(): WorldOptions {
    return this.#options;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `${this.scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  set(patch: WorldOptions): void {
    this.#options = { ...this.#options, ...patch };
    if (patch.rateLimit !== undefined) this.#limiter = patch.rateLimit ? new Limiter(patch.rateLimit) : undefined;
    this.#server.keepAliveTimeout = this.#options.keepAliveMs ?? 60_000;
    this.store.changed();
  }

  /** A timer that dies with the world. */
  later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  requestId(): string {
    this.#requests += 1;
    return hex(32, 'request', this.#requests);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.connections.closeAll();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.connections.began();
    response.on('close', () => this.connections.ended());
    response.on('error', () => {});
    try {
      await this.#answer(new Exchange(this, request, response));
    } catch (error) {
      // A fault of the emulator itself, or a fault's name misspelt: loud, and like nothing that the API answers.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent) response.writeHead(501, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`emulator: ${text}\n`);
    }
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { request, response, faults } = exchange;
    const pace: Pace = Object.assign({}, ...faults.map(({ fault, param }) => fault.pace?.(exchange, param)));
    const body = new RequestBody(request, pace, this.#options.hashFiles ?? true, (ms, act) => this.later(ms, act));
    if (this.#options.log ?? true) this.log.add(request, response, body, this.connections.number(request.socket));
    for (const { fault, param } of faults) if (fault.after) response.on('finish', () => fault.after?.(exchange, param));
    const seized = faults.find(({ fault }) => fault.seize);
    if (seized) return seized.fault.seize?.(exchange, seized.param);

    await body.done;
    const waits = faults.map(({ fault, param }) => fault.delay?.(param) ?? 0);
    const wait = waits.reduce((total, ms) => total + ms, this.#options.delayMs ?? 0);
    if (wait > 0) await new Promise<void>((resolve) => this.later(wait, resolve));
    // Nobody is there to be answered, or a fault answered while the body came.
    if (!body.completed || response.headersSent || response.destroyed) return;

    const instead = faults.find(({ fault }) => fault.instead);
    let answer = instead?.fault.instead?.(exchange, instead.param) ?? (await this.#serve(exchange, body));
    for (const { fault, param } of faults) answer = fault.reply?.(answer, exchange, param) ?? answer;
    const sender = faults.find(({ fault }) => fault.send);
    if (sender) sender.fault.send?.(exchange, answer, sender.param);
    else send(exchange, answer);
  }

  /** What the API answers, from memory where the same was asked since the last change. */
  async #serve(exchange: Exchange, body: RequestBody): Promise<Reply> {
    try {
      if (!/^\/(www\/)?(oauth|oembed)\//.test(exchange.path)) this.#limiter?.check();
      if (exchange.method !== 'GET' || exchange.path.includes('/oauth/'))
        return this.#spoil(exchange, await route(exchange, body));
      if (this.#cacheVersion !== this.store.version || this.#cache.size > CACHE_SIZE) {
        this.#cache.clear();
        this.#cacheVersion = this.store.version;
      }
      const key = `${exchange.base} ${exchange.target}`;
      const known = this.#cache.get(key) ?? (await route(exchange, body));
      this.#cache.set(key, known);
      return this.#spoil(exchange, known);
    } catch (error) {
      if (error instanceof ApiError) return error.reply();
      throw error;
    }
  }

  #spoil(exchange: Exchange, answer: Reply): Reply {
    if (answer.value === undefined || !exchange.faults.some(({ fault }) => fault.value)) return answer;
    let value = answer.value;
    for (const { fault, param } of exchange.faults) value = fault.value?.(value, exchange, param) ?? value;
    return { ...reply(answer.status, answer.headers, toJson(value)), value };
  }
}
