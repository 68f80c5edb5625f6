import { MixcloudDecodeError, MixcloudError, type ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';
import { expectRequests } from './idle.ts';

/** Keys of every item of a list and of the pages after it. */
async function keysOf(list: ResourceList, limit?: number): Promise<unknown[]> {
  const keys: unknown[] = [];
  for await (const item of list.all({ limit })) keys.push(item?.key ?? item);
  return keys;
}

describe.each(modes)('all() ($mode)', ({ Mixcloud }) => {
  const fetchList = async (root: string, key = 'bob/cloudcasts', params = {}) =>
    (await new Mixcloud({ apiRoot: root }).get(key, { params })) as unknown as ResourceList;

  it.each([
    ['by date', {}],
    ['by offset', { offset: 0 }],
  ])('finds each of 2000 items once, as next() does (paging %s)', async (_kind, params) => {
    const world = await newWorld({ log: false });
    const first = await fetchList(world.origin, 'archive/cloudcasts', params);
    const walked = await keysOf(first);
    expect(walked).toHaveLength(2000);
    expect(new Set(walked).size).toBe(2000);
    const paged: unknown[] = [];
    let pages = 0;
    for (let list: ResourceList | null = first; list; list = await list.next()) {
      pages += 1;
      paged.push(...list.map(({ key }) => key));
    }
    expect(pages).toBe(100);
    expect(paged).toEqual(walked);
  });

  it('walks lists whose times stand on no item', async () => {
    const world = await newWorld();
    const keys = await keysOf(await fetchList(world.origin, 'bob/favorites'));
    expect(keys).toHaveLength(72);
    expect(new Set(keys).size).toBe(72);
  });

  it('reads one page ahead, and not two', async () => {
    const world = await newWorld();
    const list = await fetchList(world.origin, 'archive/cloudcasts');
    const items = list.all()[Symbol.asyncIterator]?.() ?? list.all();
    const take = async (count: number) => {
      for (let taken = 0; taken < count; taken += 1) expect((await items.next()).done).toBe(false);
    };
    await take(1);
    await expectRequests(world, 2);
    await take(19);
    expect(await world.requests()).toHaveLength(2);
    await take(1);
    await expectRequests(world, 3);
    await items.return?.();
  });

  it.each([
    [0, 0, 1],
    [1, 1, 1],
    [20, 20, 1],
    [21, 21, 2],
    [40, 40, 2],
    [1000, 72, 4],
  ])('gives at most limit items, and asks for no page in vain (limit %i)', async (limit, items, requests) => {
    const world = await newWorld();
    expect(await keysOf(await fetchList(world.origin, 'bob/favorites'), limit)).toHaveLength(items);
    expect(await world.requests()).toHaveLength(requests);
  });

  it.each([-1, 1.5, Number.NaN, '20'])('refuses a limit of %s before it sends anything', async (limit) => {
    const world = await newWorld();
    const list = await fetchList(world.origin);
    await expect(async () => firstOf(list.all({ limit: limit as number }))).rejects.toThrow(/^limit: /);
    expect(await world.requests()).toHaveLength(1);
  });

  it('refuses options that it does not know', async () => {
    const world = await newWorld();
    const list = await fetchList(world.origin);
    await expect(async () => firstOf(list.all({ limits: 3 } as object))).rejects.toThrow(TypeError);
  });
});

/** Asks an iterable of either mode for its first item: `all()` throws there, not before. */
async function firstOf<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}

describe.each(modes)('all() at an odd end ($mode)', ({ Mixcloud }) => {
  const pager = async (root: string, key = 'bob/cloudcasts', params = {}) =>
    keysOf((await new Mixcloud({ apiRoot: root }).get(key, { params })) as unknown as ResourceList);

  it.each([
    // The page that comes again is asked for once.
    ['each page names itself as the next', 'self-link', 20, 2],
    ['each page names the first as the next', 'first-link', 20, 2],
    ['the same items come under a new link each time', 'repeat-page', 20, 2],
    ['pages are empty and name a next one', 'empty-pages', 0, 2],
    ['paging is a number', 'numeric-links', 20, 1],
  ])('ends where %s', async (_what, fault, items, requests) => {
    const world = await newWorld();
    expect(await pager(world.faultRoot(fault))).toHaveLength(items);
    expect(await world.requests()).toHaveLength(requests);
  });

  it('gives the first page once when a later one leads back to it', async () => {
    const world = await newWorld();
    const keys = await pager(world.faultRoot('first-link'), 'bob/cloudcasts', { offset: 20 });
    expect(keys).toHaveLength(25);
    expect(new Set(keys).size).toBe(25);
  });

  it('ends at an empty page after full ones', async () => {
    const world = await newWorld();
    await world.fault({ name: 'empty-pages', query: 'until=' });
    expect(await pager(world.origin)).toHaveLength(20);
    expect(await world.requests()).toHaveLength(2);
  });

  it.each([
    ['a list without items', 'SilentNewcomer/followers', {}, 0],
    ['a page beyond the end', 'popular', { offset: 100_000 }, 0],
    ['the only page of a search', 'search', { q: 'funky mix', limit: 100 }, undefined],
    ['a window of dates without items', 'bob/cloudcasts', { until: 0 }, 0],
  ])('ends where there is no link to a next page (%s)', async (_what, key, params, items) => {
    const world = await newWorld();
    const keys = await pager(world.origin, key, params);
    if (items === undefined) expect(keys).not.toHaveLength(0);
    else expect(keys).toHaveLength(items);
    expect(await world.requests()).toHaveLength(1);
  });

  it('throws at a response that is no page, after the items before it', async () => {
    const world = await newWorld();
    let pages = 0;
    const jsonDecoder = (text: string): unknown => {
      pages += 1;
      return pages === 1 ? JSON.parse(text) : { key: '/bob/', type: 'user' };
    };
    const list = (await clientOf(Mixcloud, world, { jsonDecoder }).get('bob/cloudcasts')) as unknown as ResourceList;
    const keys: string[] = [];
    const loop = async () => {
      for await (const { key } of list.all()) keys.push(key);
    };
    await expect(loop()).rejects.toMatchObject({ name: 'MixcloudDecodeError' });
    expect(keys).toHaveLength(20);
    expect(pages).toBe(2);
  });

  it('reports a link that is none, and follows it nowhere', async () => {
    const world = await newWorld();
    await expect(async () => pager(world.faultRoot('bad-links'))).rejects.toThrow(
      /a link to the next page that is no absolute/,
    );
    expect(await world.requests()).toHaveLength(1);
  });

  it('gives the items of a page whose link is none before it reports that', async () => {
    const world = await newWorld();
    const list = await clientOf(Mixcloud, world, { apiRoot: world.faultRoot('bad-links') }).popular();
    const input: string[] = [];
    await expect(async () => {
      for await (const { key } of list.all()) input.push(key);
    }).rejects.toThrow(MixcloudError);
    expect(input).toHaveLength(20);
  });

  it('follows a link to another origin without the access token', async () => {
    const world = await newWorld();
    const elsewhere = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, {
      apiRoot: world.faultRoot('foreign-links', elsewhere.origin),
      accessToken: OWNER_TOKEN,
    });
    const list = (await mixcloud.get('bob/cloudcasts')) as unknown as ResourceList;
    expect(await keysOf(list)).toHaveLength(25);
    expect((await sent(world)).join()).toContain(OWNER_TOKEN);
    const foreign = await sent(elsewhere);
    expect(foreign).toHaveLength(1);
    expect(foreign.join()).not.toContain('access_token');
  });

  it('gives items that are no resources as they are', async () => {
    const world = await newWorld();
    const keys = await pager(world.faultRoot('mixed-data'));
    expect(keys).toHaveLength(35);
    expect(keys.slice(0, 3)).toEqual([null, 7, 'text']);
  });

  it('throws when a page cannot be read, even without raiseExceptions', async () => {
    const world = await newWorld();
    await world.fault({ name: 'truncated-json', query: 'until=' });
    const error = await thrown(MixcloudDecodeError, () => pager(world.origin));
    expect(error.status).toBe(200);
  });
});
