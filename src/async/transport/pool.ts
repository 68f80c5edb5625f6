/** Pools of connections. */
import type { Dispatcher, Pool } from 'undici';
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';
import { type Connect, createConnect } from './connector.ts';
import { getProxyUrl } from './proxy-route.ts';
import { createTunnelConnect } from './proxy-tunnel.ts';
import { loadUndici, type Undici } from './undici.ts';

// Enough for any sensible `concurrency`. More would look like an attack to the server.
const MAX_CONNECTIONS = 32;

/** Key of the option by which a request tells its connection when it has settled. Only for this pool. */
export const SETTLEMENT: unique symbol = Symbol('settlement');

/** A request that will settle. */
export interface Settlement {
  /** Sets the function that is called when the request settles, or at once if it has settled. */
  onSettled(listener: () => void): void;
}

/** Dispatch options of a request that wants its connection attempt to be cancelled when it settles. */
export interface PoolDispatchOptions {
  readonly [SETTLEMENT]?: Settlement;
}

/** Opens the pools of a session. undici is loaded here, by the first request, and not when this module is imported. */
export async function openPools(proxy: ProxyRoute | null): Promise<Pools> {
  return new Pools(await loadUndici(), proxy);
}

/**
 * A pool of connections for each origin.
 *
 * undici's `Agent` is not used: when a connection fails before another was made, it closes the pool, and requests in the
 * queue of the pool fail or wait for ever. Seen in undici 7.30.
 */
export class Pools {
  readonly #undici: Undici;
  readonly #proxy: ProxyRoute | null;
  readonly #connect: Connect;
  readonly #pools = new Map<string, Dispatcher>();

  constructor(undici: Undici, proxy: ProxyRoute | null) {
    this.#undici = undici;
    this.#proxy = proxy;
    this.#connect = createConnect(undici);
  }

  /** Sends a request with the pool of its origin. */
  dispatch(options: object, handler: object): boolean {
    const { origin } = options as { readonly origin: string };
    const pool = this.#pools.get(origin) ?? this.#open(origin);
    return pool.dispatch(options as Dispatcher.DispatchOptions, handler);
  }

  /** Ends all connections. Requests under way fail. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #open(origin: string): Dispatcher {
    const proxyUrl = getProxyUrl(this.#proxy, new URL(origin));
    const connect = proxyUrl ? createTunnelConnect(this.#connect, proxyUrl) : this.#connect;
    const pool = new this.#undici.Pool(origin, {
      connections: MAX_CONNECTIONS,
      factory: (url, options) => {
        const client = createClient(this.#undici, url, options, connect);
        leaveQueueToPool(client, () => pool);
        return client;
      },
    });
    // A program may fetch from many origins.
    const forgetIfUnused = () => {
      const { connected, size } = pool.stats;
      if (connected === 0 && size === 0 && this.#pools.get(origin) === pool) this.#pools.delete(origin);
    };
    pool.on('disconnect', forgetIfUnused).on('connectionError', forgetIfUnused);
    this.#pools.set(origin, pool);
    return pool;
  }
}

/**
 * Creates the client of one connection. A connection that is being made is cancelled when no request waits for it:
 * undici would go on for ten seconds, and keep the process alive.
 */
function createClient(undici: Undici, url: URL, options: object, connect: Connect): Dispatcher {
  let waiting = 0;
  let cancel: (() => void) | undefined;
  const client = new undici.Client(url, {
    ...options,
    connect: (connectOptions, callback) => {
      if (waiting === 0) {
        queueMicrotask(() => callback(new Error('No request waits for the connection'), null));
        return;
      }
      cancel = connect(connectOptions, (...result) => {
        cancel = undefined;
        callback(...result);
      });
    },
  });
  const dispatch = client.dispatch.bind(client) as Dispatcher['dispatch'];
  client.dispatch = (request: Dispatcher.DispatchOptions & PoolDispatchOptions, handler) => {
    waiting += 1;
    // Called at once if the request ended while it was in the queue of the pool. Then no connection is made for it.
    request[SETTLEMENT]?.onSettled(() => {
      waiting -= 1;
      if (waiting === 0) cancel?.();
    });
    return dispatch(request, handler);
  };
  return client;
}

/**
 * Keeps a client that has left its pool from taking requests of the pool's queue.
 *
 * A pool of undici drops a client whose connection failed, but still offers it the queue: the client would connect again, and
 * the pool would have one more connection than its limit after each failure. Seen in undici 7.30.
 */
function leaveQueueToPool(client: Dispatcher, getPool: () => Pool): void {
  let dropped = false;
  client.on('connectionError', () => {
    dropped = true;
  });
  const dispatch = client.dispatch.bind(client) as Dispatcher['dispatch'];
  let passing = false;
  client.dispatch = (request, handler) => {
    // A pool that offers it its own request has not dropped it.
    if (!dropped || passing) return dispatch(request, handler);
    passing = true;
    getPool().dispatch(request, handler);
    passing = false;
    // Busy: the rest of the queue is for the pool's own clients.
    return false;
  };
}
