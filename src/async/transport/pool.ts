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

/** Opens a pool. undici is loaded here, by the first request, and not when this module is imported. */
export async function openPool(proxy: ProxyRoute | null): Promise<Dispatcher> {
  const undici = await loadUndici();
  const connect = createConnect(undici);
  return new undici.Agent({
    factory: (origin, options) => {
      const proxyUrl = getProxyUrl(proxy, new URL(origin));
      const connectOrigin = proxyUrl ? createTunnelConnect(connect, proxyUrl) : connect;
      const pool = new undici.Pool(origin, {
        ...options,
        connections: MAX_CONNECTIONS,
        factory: (url, clientOptions) => {
          const client = createClient(undici, url, clientOptions, connectOrigin);
          leaveQueueToPool(client, () => pool);
          return client;
        },
      });
      return pool;
    },
  });
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
      cancel = connect(connectOptions, (error, socket) => {
        cancel = undefined;
        if (socket) callback(null, socket);
        else callback(error ?? new Error('No connection'), null);
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
  let passing = false;
  client.on('connectionError', () => {
    dropped = true;
  });
  const dispatch = client.dispatch.bind(client) as Dispatcher['dispatch'];
  client.dispatch = (request, handler) => {
    const pool = getPool();
    // While it passes a request on, the pool can only come back to a client that it has not dropped after all. A pool that
    // its agent closed, because none of its connections is open, accepts no request, but its queue has to be sent.
    if (!dropped || passing || pool.closed) return dispatch(request, handler);
    passing = true;
    try {
      pool.dispatch(request, handler);
    } finally {
      passing = false;
    }
    // Busy: the rest of the queue is for the pool's own clients.
    return false;
  };
}
