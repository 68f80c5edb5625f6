import { type Mixcloud, MixcloudError, type Resource, type ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import type { WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';
import { expectIdle, expectRequests } from './idle.ts';

type AllOptions = NonNullable<Parameters<ResourceList['all']>[0]>;

const SECOND_PAGE = 'until=';

const fetchList = async (mixcloud: Mixcloud, key = 'archive/cloudcasts', params = {}) =>
  (await mixcloud.get(key, { params })) as unknown as ResourceList;

/** Walks a list whose items must all be loaded. Returns the keys up to its end, and how it ended. */
async function walk(list: ResourceList, options: AllOptions = {}) {
  const keys: string[] = [];
  try {
    for await (const item of list.all({ load: true, ...options })) {
      expect(item.full).toBe(true);
      keys.push(item.key);
    }
  } catch (error) {
    return { keys, error };
  }
  return { keys, error: null };
}

/** Requests of single resources that a world was sent. */
const details = async (world: WorldHandle) =>
  (await sent(world)).filter((line) => !/(?:cloudcasts|favorites)\//.test(line));

/** Steps through a loop of either mode. */
function begin(list: ResourceList, options: AllOptions): AsyncIterator<Resource> {
  const items = list.all({ load: true, ...options });
  return items[Symbol.asyncIterator]?.() ?? items;
}

describe.each(modes)('all({ load: true }) ($mode)', ({ Mixcloud }) => {
  it.each([
    ['by date', {}],
    ['by offset', { offset: 0 }],
  ])(
    'yields every item in order, loaded, with at most so many requests under way (paging %s)',
    async (_kind, params) => {
      const world = await newWorld({ delayMs: 10 });
      const mixcloud = clientOf(Mixcloud, world);
      const list = await fetchList(mixcloud, 'bob/favorites', { ...params, limit: 30 });
      // The first to be asked for are the last to arrive.
      await world.fault({ name: 'delay', param: 100, times: 3 });
      const { keys, error } = await walk(list, { concurrency: 5 });
      expect(error).toBeNull();
      expect((await world.connections()).maxInFlight).toBe(5);
      const expected: string[] = [];
      for await (const { key } of (await fetchList(mixcloud, 'bob/favorites', params)).all()) expected.push(key);
      expect(keys).toEqual(expected);
      expect(keys).toHaveLength(72);
    },
  );

  it.each([
    [undefined, 8],
    [1, 1],
  ])('has as many requests under way as concurrency says (%s: %i)', async (concurrency, most) => {
    const world = await newWorld({ delayMs: 10 });
    const list = await fetchList(clientOf(Mixcloud, world), 'archive/cloudcasts', { limit: 10 });
    expect((await walk(list, { concurrency, limit: 20 })).keys).toHaveLength(20);
    expect((await world.connections()).maxInFlight).toBe(most);
  });

  it('loads so many items ahead while the caller works, and no more', async () => {
    const world = await newWorld();
    const items = begin(await fetchList(clientOf(Mixcloud, world)), { concurrency: 3 });
    await items.next();
    // The list, its second page, the item and three ahead of it.
    await expectRequests(world, 6);
    await items.next();
    await expectRequests(world, 7);
    await items.return?.();
    expect(await world.requests()).toHaveLength(7);
  });

  it('loads ahead across pages', async () => {
    const world = await newWorld();
    const items = begin(await fetchList(clientOf(Mixcloud, world), 'archive/cloudcasts', { limit: 2 }), {
      concurrency: 5,
    });
    let most = 0;
    for (let taken = 1; taken <= 20 && most < 5; taken += 1) {
      await items.next();
      await expectIdle(world);
      most = Math.max(most, (await details(world)).length - taken);
    }
    // More than two pages of two items.
    expect(most).toBe(5);
    await items.return?.();
  });

  it('requests no item that is full, and none twice', async () => {
    const world = await newWorld();
    const list = await fetchList(clientOf(Mixcloud, world), 'bob/favorites');
    await list.loadAll();
    await world.clearRequests();
    expect((await walk(list, { limit: 30 })).keys).toHaveLength(30);
    expect(await details(world)).toHaveLength(10);
    expect(new Set(await details(world)).size).toBe(10);
  });

  it.each([
    [1, 2],
    [20, 21],
    [21, 23],
  ])('requests nothing in vain for a limit of %i', async (limit, requests) => {
    const world = await newWorld();
    expect((await walk(await fetchList(clientOf(Mixcloud, world)), { limit })).keys).toHaveLength(limit);
    expect(await world.requests()).toHaveLength(requests);
  });

  it('yields items that are no resources as they are', async () => {
    const world = await newWorld();
    const list = await fetchList(
      clientOf(Mixcloud, world, { apiRoot: world.faultRoot('mixed-data') }),
      'bob/cloudcasts',
    );
    const found: unknown[] = [];
    for await (const item of list.all({ load: true })) found.push(item?.full ?? item);
    expect(found.slice(0, 3)).toEqual([null, 7, 'text']);
    expect(found.filter((item) => item === true)).toHaveLength(25);
  });

  it.each([
    ['each page names itself as the next', 'self-link', 20],
    ['the same items come under a new link each time', 'repeat-page', 20],
    ['pages are empty and name a next one', 'empty-pages', 0],
  ])('ends where %s', async (_what, fault, items) => {
    const world = await newWorld();
    const list = await fetchList(clientOf(Mixcloud, world, { apiRoot: world.faultRoot(fault) }), 'bob/cloudcasts');
    expect(await walk(list)).toMatchObject({ keys: { length: items }, error: null });
  });

  it.each([
    ['onError', { onError: () => undefined }],
    ['onError', { load: true, onError: 'skip' }],
    ['load', { load: 1 }],
    ['concurrency', { load: true, concurrency: 0 }],
  ])('rejects a wrong %s before it sends anything', async (name, options) => {
    const world = await newWorld();
    const list = await fetchList(clientOf(Mixcloud, world));
    const first = async () => {
      for await (const item of list.all(options as object)) return item;
      return undefined;
    };
    await expect(first).rejects.toThrow(new RegExp(`^${name}: `));
    expect(await world.requests()).toHaveLength(1);
  });
});

describe.each(modes)('all({ load: true }) and an item that cannot be loaded ($mode)', ({ Mixcloud }) => {
  /** A world in which the fourth item of the list fails at once, and those before it take longer. */
  async function failing(options = {}) {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, options);
    const list = await fetchList(mixcloud);
    const key = list[3]?.key ?? '';
    await world.fault({ name: 'api-error', param: 404, on: key });
    await world.fault({ name: 'delay', param: 50, times: 4 });
    return { world, mixcloud, list, key };
  }

  it('ends at its place, after the items before it, even without raiseExceptions', async () => {
    const { world, list } = await failing();
    const items = list.all({ load: true });
    const keys: string[] = [];
    const error = await thrown(MixcloudError, async () => {
      for await (const { key } of items) keys.push(key);
    });
    expect(error.status).toBe(404);
    expect(keys).toEqual(list.slice(0, 3).map(({ key }) => key));
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await expectIdle(world);
    const { length } = await world.requests();
    // The list, the second page, and nine items at most.
    expect(length).toBeLessThanOrEqual(11);
  });

  it('leaves it out with onError, and goes on', async () => {
    const { world, list, key } = await failing();
    const reports: unknown[] = [];
    const onError = (error: Error, item: Resource) => {
      reports.push([error instanceof MixcloudError, (error as MixcloudError).status, item.key, item.full]);
    };
    const { keys, error } = await walk(list, { limit: 20, onError });
    expect(error).toBeNull();
    expect(reports).toEqual([[true, 404, key, false]]);
    // `limit` counts the items that were yielded, so the last one is of the second page.
    expect(keys).toHaveLength(20);
    expect(keys.slice(0, 19)).toEqual(list.map((item) => item.key).filter((other) => other !== key));
    expect(await world.requests()).toHaveLength(2 + 21);
  });

  it('ends with what onError throws', async () => {
    const { world, list } = await failing();
    const onError = (error: Error) => {
      throw new RangeError('given up', { cause: error });
    };
    const { keys, error } = await walk(list, { onError });
    expect(error).toBeInstanceOf(RangeError);
    expect(keys).toHaveLength(3);
    await expectIdle(world);
  });

  it('passes failures of the network and of bodies to onError, too', async () => {
    const world = await newWorld();
    const list = await fetchList(clientOf(Mixcloud, world, { retries: 0 }), 'archive/cloudcasts', { limit: 6 });
    await world.fault({ name: 'reset', on: list[0]?.key ?? '' });
    await world.fault({ name: 'html-500', on: list[1]?.key ?? '' });
    await world.fault({ name: 'hang', on: list[2]?.key ?? '' });
    const names: string[] = [];
    const { keys, error } = await walk(list, { limit: 3, timeout: 1500, onError: ({ name }) => names.push(name) });
    expect(error).toBeNull();
    expect(names).toEqual(['MixcloudConnectionError', 'MixcloudDecodeError', 'MixcloudTimeoutError']);
    expect(keys).toEqual(list.slice(3).map(({ key }) => key));
  });

  it('takes an item without a usable key for an error of the API', async () => {
    const world = await newWorld();
    const jsonDecoder = (text: string) => {
      const data = JSON.parse(text);
      if (data.data) data.data[2].key = 7;
      return data;
    };
    const list = await fetchList(clientOf(Mixcloud, world, { jsonDecoder }), 'bob/favorites');
    const { keys, error } = await walk(list);
    expect(keys).toHaveLength(2);
    expect(error).toBeInstanceOf(MixcloudError);
    expect((error as Error).message).toMatch(/^Item 2 of the list has no usable key/);
    const reports: string[] = [];
    expect((await walk(list, { onError: ({ message }) => reports.push(message) })).keys).toHaveLength(72 - 4);
    expect(reports.map((message) => /\d+/.exec(message)?.[0])).toEqual(['2', '22', '42', '62']);
  });

  it('ends at a page that fails, after the items before it, with onError too', async () => {
    const world = await newWorld();
    const list = await fetchList(clientOf(Mixcloud, world));
    await world.fault({ name: 'api-error', param: 500, query: SECOND_PAGE });
    const reports: Error[] = [];
    const { keys, error } = await walk(list, { onError: (failure) => reports.push(failure) });
    expect([keys.length, (error as MixcloudError).status, reports]).toEqual([20, 500, []]);
    await expectIdle(world);
  });

  it('ends when the client is closed, with onError too', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const reports: Error[] = [];
    const keys: string[] = [];
    const loop = async () => {
      for await (const { key } of (await fetchList(mixcloud)).all({ load: true, onError: (e) => reports.push(e) })) {
        if (keys.push(key) === 2) await mixcloud.close();
      }
    };
    await expect(loop).rejects.toMatchObject({ name: 'MixcloudClosedError' });
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(keys.length).toBeLessThan(20);
    expect(reports).toEqual([]);
    await expectIdle(world);
  });
});

describe.each(modes)('a loop over all({ load: true }) that is left ($mode)', ({ Mixcloud }) => {
  it.each(['break', 'return', 'throw'])('by %s leaves no request running', async (way) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const list = await fetchList(mixcloud);
    for (const item of list.slice(1)) await world.fault({ name: 'hang', on: item.key });
    const loop = async () => {
      for await (const item of list.all({ load: true })) {
        expect(item.full).toBe(true);
        await expectRequests(world, 11);
        if (way === 'throw') throw new RangeError('left');
        if (way === 'return') return;
        break;
      }
    };
    if (way === 'throw') await expect(loop).rejects.toThrow('left');
    else await loop();
    await expectIdle(world);
    expect(await world.requests()).toHaveLength(11);
    expect((await mixcloud.get('bob')).city).toBe('London');
  });
});

describe('a loop over all({ load: true }) that is aborted', () => {
  const [{ Mixcloud }] = modes;

  it('by closing its client ends the pause before a retry, although other requests are over', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const list = await fetchList(mixcloud);
    await world.fault({ name: 'unavailable', param: 40, on: list[1]?.key ?? '' });
    const keys: string[] = [];
    const loop = async () => {
      for await (const { key } of list.all({ load: true, concurrency: 2 })) keys.push(key);
    };
    const ended = expect(loop()).rejects.toMatchObject({ name: 'MixcloudClosedError' });
    // The list, its second page and four items: the first has made room for the last.
    await expectRequests(world, 6);
    await expectIdle(world);
    await mixcloud.close();
    await ended;
    expect(keys).toEqual([list[0]?.key]);
  });

  it.each([1, 8])('throws the reason of the signal, and reports no item (concurrency %i)', async (concurrency) => {
    const world = await newWorld();
    const list = await fetchList(clientOf(Mixcloud, world));
    await world.fault({ name: 'hang' });
    const abort = new AbortController();
    const reports: Error[] = [];
    const options = { concurrency, signal: abort.signal, onError: (error: Error) => reports.push(error) };
    const walked = walk(list, options);
    await expectRequests(world, 1 + concurrency);
    abort.abort(new Error('enough of it'));
    expect(await walked).toMatchObject({ keys: [], error: { message: 'enough of it' } });
    expect(reports).toEqual([]);
    await expectIdle(world);
    expect(await world.requests()).toHaveLength(1 + concurrency);
  });
});
