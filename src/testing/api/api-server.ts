import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { ArmedFaults } from '../faults/armed-faults.ts';
import type { FaultHooks } from '../faults/fault.ts';
import { PrefixCounts, splitFaultPrefix } from '../faults/fault-prefix.ts';
import { type BodyOptions, RequestBody } from '../server/body.ts';
import { Connections } from '../server/connections.ts';
import { send } from '../server/encoding.ts';
import { toJson } from '../server/json.ts';
import { type ServerFacts, toOriginForm } from '../server/request-context.ts';
import { RequestLog } from '../server/request-log.ts';
import { ApiError, type EmulatedResponse, respond } from '../server/response.ts';
import { UNSEEDED } from '../world/random.ts';
import { ApiContext } from './api-context.ts';
import { type ApiState, createWorld, type InternalOptions } from './api-state.ts';
import { toPageRoot } from './page-root.ts';
import { RateLimiter } from './rate-limiter.ts';
import { ResponseCache } from './response-cache.ts';
import { route } from './router.ts';

/** Options of a server. */
export interface ApiServerOptions extends InternalOptions {
  readonly seed?: number | null | undefined;
  readonly port?: number | null | undefined;
  readonly world?: 'default' | 'empty' | null | undefined;
  /** Serves https with this key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** One emulated API, with a world and a port of its own. */
export class ApiServer implements ApiState, ServerFacts {
  readonly armedFaults = new ArmedFaults();
  readonly log = new RequestLog();
  readonly connections = new Connections();
  readonly scheme: 'http' | 'https';
  readonly #prefixCounts = new PrefixCounts();
  readonly #server: Server;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #cache = new ResponseCache();
  readonly #options: ApiServerOptions;
  #internal: InternalOptions = {};
  #world: Pick<ApiState, 'store' | 'accounts' | 'uploads'>;
  #limiter: RateLimiter | undefined;
  #requests = 0;
  origin = '';

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.scheme = options.tls ? 'https' : 'http';
    this.#world = this.#createWorld();
    const listener = (request: IncomingMessage, response: ServerResponse) => void this.#handle(request, response);
    this.#server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
    // Tests may upload slowly on purpose, or be blocked for a while: only they decide when it took too long.
    this.#server.requestTimeout = 0;
    this.#server.headersTimeout = 0;
    this.#server.on('connection', (socket: Socket) => this.connections.add(socket));
    this.#server.on('clientError', (_error, socket) => void socket.destroy());
    this.configure(options);
  }

  get store(): ApiState['store'] {
    return this.#world.store;
  }

  get accounts(): ApiState['accounts'] {
    return this.#world.accounts;
  }

  get uploads(): ApiState['uploads'] {
    return this.#world.uploads;
  }

  get options(): InternalOptions {
    return this.#internal;
  }

  get pageRoot(): string {
    return toPageRoot(this.#internal.mixcloudRoot, this.origin);
  }

  get compression(): boolean {
    return this.#internal.compression ?? true;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Starts to listen on 127.0.0.1. */
  async listen(): Promise<void> {
    const listening = once(this.#server, 'listening');
    this.#server.listen(this.#options.port ?? 0, '127.0.0.1');
    await listening;
    this.origin = `${this.scheme}://127.0.0.1:${this.port}`;
  }

  /** Changes some of the internal options. */
  configure(options: InternalOptions): void {
    this.#internal = { ...this.#internal, ...options };
    const { rateLimit } = options;
    if (rateLimit !== undefined) this.#limiter = rateLimit ? new RateLimiter(rateLimit) : undefined;
    this.#server.keepAliveTimeout = this.#internal.keepAliveMs ?? 60_000;
    this.store.changed();
  }

  /** Restores the world as it began, without faults and requests. */
  reset(): void {
    this.#world = this.#createWorld();
    this.#cache.clear();
    this.armedFaults.clear();
    this.log.clear();
  }

  defer(milliseconds: number, callback: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, milliseconds);
    this.#timers.add(timer);
  }

  nextRequestId(): string {
    this.#requests += 1;
    return UNSEEDED.hex(32, 'request', this.#requests);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.connections.closeAll();
    await closed;
  }

  #createWorld() {
    return createWorld({ empty: this.#options.world === 'empty', seed: this.#options.seed ?? 0 });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.connections.requestStarted();
    response.on('close', () => this.connections.requestEnded());
    response.on('error', () => {});
    try {
      const { prefix, rest, faults } = splitFaultPrefix(toOriginForm(request.url ?? '/'));
      const context = new ApiContext(this, this, request, response, { prefix, rest });
      const armed = this.armedFaults.take(context);
      context.faults = [...this.#prefixCounts.take(prefix, faults), ...(armed ? [armed] : [])];
      await this.#answer(context);
    } catch (error) {
      // A bug of the emulator, or a fault's name misspelt: loud, and like nothing that the API responds.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent) response.writeHead(501, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`emulator: ${text}\n`);
    }
  }

  async #answer(context: ApiContext): Promise<void> {
    const { request, response, faults } = context;
    const options: BodyOptions = Object.assign({}, ...faults.map(({ body }) => body?.(context)));
    const hashFiles = this.#internal.hashFiles ?? true;
    const body = new RequestBody(request, { options, hashFiles, defer: (ms, callback) => this.defer(ms, callback) });
    if (this.#internal.log ?? true) this.log.add(request, response, body, this.connections.number(request.socket));
    for (const { afterResponse } of faults) if (afterResponse) response.on('finish', () => afterResponse(context));
    const takeOver = findHook(faults, 'takeOver');
    if (takeOver) return takeOver(context);

    await body.done;
    const wait = faults.reduce((total, { delay = 0 }) => total + delay, this.#internal.delayMs ?? 0);
    if (wait > 0) await new Promise<void>((resolve) => this.defer(wait, resolve));
    // The client is gone, or a fault responded while the body arrived.
    if (!body.completed || response.headersSent || response.destroyed) return;

    let result = findHook(faults, 'respond')?.(context) ?? (await this.#serve(context, body));
    for (const { changeResponse } of faults) result = changeResponse?.(result, context) ?? result;
    (findHook(faults, 'send') ?? send)(context, result);
  }

  /** What the API responds, from the cache if the same was requested since the last change. */
  async #serve(context: ApiContext, body: RequestBody): Promise<EmulatedResponse> {
    try {
      if (!/^\/(www\/)?(oauth|oembed)\//.test(context.path)) this.#limiter?.check();
      const cacheable =
        context.method === 'GET' && !context.path.includes('/oauth/') && !findHook(context.faults, 'hides');
      if (!cacheable) return changeValue(context, await route(context, body));
      return changeValue(context, await this.#cache.get(context, this.store.version, () => route(context, body)));
    } catch (error) {
      if (error instanceof ApiError) return error.toResponse();
      throw error;
    }
  }
}

function findHook<K extends keyof FaultHooks>(faults: readonly FaultHooks[], name: K): FaultHooks[K] | undefined {
  return faults.find((fault) => fault[name] !== undefined)?.[name];
}

function changeValue(context: ApiContext, response: EmulatedResponse): EmulatedResponse {
  if (response.value === undefined || !findHook(context.faults, 'changeValue')) return response;
  let { value } = response;
  for (const fault of context.faults) value = fault.changeValue?.(value, context) ?? value;
  return { ...respond(response.status, response.headers, toJson(value)), value };
}
