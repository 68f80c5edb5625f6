import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { errors } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Pools, SETTLEMENT } from '../../../src/async/transport/pool.ts';
import { type RawResponse, ResponseCollector } from '../../../src/async/transport/response-collector.ts';
import { loadUndici } from '../../../src/async/transport/undici.ts';
import type { Failure } from '../../../src/shared/protocol/messages.ts';

type OpenedPool = InstanceType<Awaited<ReturnType<typeof loadUndici>>['Pool']>;

/** Pools that note each pool of undici that they open. */
async function watchPools(): Promise<{ readonly pools: Pools; readonly opened: OpenedPool[] }> {
  const undici = await loadUndici();
  const opened: OpenedPool[] = [];
  class Pool extends undici.Pool {
    constructor(...given: ConstructorParameters<typeof undici.Pool>) {
      super(...given);
      opened.push(this);
    }
  }
  const pools = new Pools({ ...undici, Pool }, null);
  onTestFinished(() => pools.destroy());
  return { pools, opened };
}

async function serve(respond: RequestListener): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer(respond);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function fetchFrom(pools: Pools, origin: string, path = '/'): Promise<RawResponse | Failure> {
  return new Promise((resolve) => {
    const collector = new ResponseCollector(resolve);
    pools.dispatch({ origin, path, method: 'GET', headers: {}, [SETTLEMENT]: collector }, collector);
  });
}

describe('the pools of a session', () => {
  it('keep one for each origin', async () => {
    const { pools, opened } = await watchPools();
    const servers = await Promise.all([1, 2].map(() => serve((_request, response) => response.end())));
    for (const { origin } of [...servers, ...servers]) {
      expect(await fetchFrom(pools, origin)).toMatchObject({ status: 200 });
    }
    expect(opened).toHaveLength(2);
  });

  it('take every request that is offered to a connection that failed', async () => {
    const undici = await loadUndici();
    type Factory = NonNullable<NonNullable<ConstructorParameters<typeof undici.Pool>[1]>['factory']>;
    let create: Factory | undefined;
    class WatchedPool extends undici.Pool {
      constructor(...given: ConstructorParameters<typeof undici.Pool>) {
        super(...given);
        create = given[1]?.factory;
      }
    }
    const dispatch = vi.spyOn(WatchedPool.prototype, 'dispatch').mockReturnValue(true);
    const pools = new Pools({ ...undici, Pool: WatchedPool }, null);
    onTestFinished(() => pools.destroy());
    const request = { origin: 'http://127.0.0.1:9', path: '/', method: 'GET' } as const;
    pools.dispatch(request, {});
    const client = create?.(new URL(request.origin), {});
    client?.emit('connectionError', new URL(request.origin), [], new errors.UndiciError('refused'));
    for (const handler of [{ number: 1 }, { number: 2 }]) {
      // The rest of the queue is not for it.
      expect(client?.dispatch(request, handler as never)).toBe(false);
      expect(dispatch).toHaveBeenLastCalledWith(request, handler);
    }
    expect(dispatch).toHaveBeenCalledTimes(3);
  });

  it('work with an undici that does not drop a connection that failed', async () => {
    const undici = await loadUndici();
    class KeepingPool extends undici.Pool {}
    // undici drops it in a listener that it adds when the pool is made.
    const ignored = vi.spyOn(KeepingPool.prototype, 'on').mockReturnThis();
    const pools = new Pools({ ...undici, Pool: KeepingPool }, null);
    onTestFinished(() => pools.destroy());
    const waiting: ServerResponse[] = [];
    const { server, origin } = await serve((_request, response) => void waiting.push(response));
    const first = fetchFrom(pools, origin);
    expect(ignored).toHaveBeenCalledWith('connectionError', expect.anything());
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    server.close();
    for (let count = 0; count < 3; count += 1) {
      expect(await fetchFrom(pools, origin)).toMatchObject({ code: 'ECONNREFUSED' });
    }
    waiting[0]?.end();
    expect(await first).toMatchObject({ status: 200 });
  });

  it('forget one when its last connection has ended', async () => {
    const { pools, opened } = await watchPools();
    // The first two requests are answered together, so that each has a connection.
    const waiting: ServerResponse[] = [];
    let first: Socket | null = null as Socket | null;
    const { server, origin } = await serve((_request, response) => {
      first ??= response.socket;
      waiting.push(response);
      if (waiting.length >= 2) for (const each of waiting) each.end();
    });
    await Promise.all([fetchFrom(pools, origin), fetchFrom(pools, origin)]);
    const [pool] = opened as [OpenedPool];
    expect(pool.stats).toMatchObject({ connected: 2, size: 0 });
    const disconnected = once(pool, 'disconnect');
    first?.destroy();
    await disconnected;
    expect(pool.stats).toMatchObject({ connected: 1, size: 0 });
    await fetchFrom(pools, origin);
    expect(opened).toHaveLength(1);
    server.closeIdleConnections();
    while (pool.stats.connected > 0) await once(pool, 'disconnect');
    await fetchFrom(pools, origin);
    expect(opened).toHaveLength(2);
  });

  it('forget one that could not connect', async () => {
    const { pools, opened } = await watchPools();
    for (const count of [1, 2]) {
      expect(await fetchFrom(pools, 'http://127.0.0.1:1')).toMatchObject({ code: 'ECONNREFUSED' });
      expect(opened).toHaveLength(count);
    }
  });

  it('connect for no request that has ended in the queue, and forget that they should', async () => {
    const { pools, opened } = await watchPools();
    const { server, origin } = await serve((_request, response) => response.end());
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const ended = new ResponseCollector(() => {});
    ended.end({ type: 'failure', kind: 'aborted', message: 'aborted' });
    pools.dispatch({ origin, path: '/', method: 'GET', headers: {}, [SETTLEMENT]: ended }, ended);
    const [pool] = opened;
    if (pool) await once(pool, 'connectionError');
    expect(await fetchFrom(pools, origin)).toMatchObject({ status: 200 });
    expect([opened.length, connections]).toEqual([2, 1]);
  });

  it('keep one whose requests wait while it cannot connect', async () => {
    const { pools, opened } = await watchPools();
    const origin = 'http://127.0.0.1:1';
    const results = await Promise.all(Array.from({ length: 40 }, () => fetchFrom(pools, origin)));
    for (const result of results) expect(result).toMatchObject({ code: 'ECONNREFUSED' });
    expect(opened).toHaveLength(1);
  });
});
