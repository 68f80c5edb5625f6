import { MixcloudConnectionError, MixcloudError, type ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';
import { GatheringServer } from './gathering.ts';
import { expectIdle } from './idle.ts';

describe.each(modes)('getMany() ($mode)', ({ Mixcloud, Resource }) => {
  it('gives results in the order of the keys, whichever answer comes first', async () => {
    const world = await newWorld();
    await world.fault({ name: 'delay', param: 150, on: '/peter/*' });
    await world.fault({ name: 'delay', param: 70, on: '/alice/*' });
    const found = await clientOf(Mixcloud, world).getMany(['peter', '/alice/', 'bob', 'alice/fun-times-ep-25']);
    expect(found.map(({ key }) => key)).toEqual(['/peter/', '/alice/', '/bob/', '/alice/fun-times-ep-25/']);
    for (const one of found) {
      expect(one).toBeInstanceOf(Resource);
      expect(one.full).toBe(true);
    }
  });

  it('gives each of several equal keys a result of its own', async () => {
    const world = await newWorld();
    const [first, other, second] = await clientOf(Mixcloud, world).getMany(['bob', 'peter', 'bob']);
    expect([first?.key, other?.key, second?.key]).toEqual(['/bob/', '/peter/', '/bob/']);
    expect(first).not.toBe(second);
  });

  it('sends nothing for no keys', async () => {
    const world = await newWorld();
    expect(await clientOf(Mixcloud, world).getMany([])).toEqual([]);
    expect(await world.requests()).toEqual([]);
  });

  it.each([
    [undefined, 8],
    [1, 1],
    [3, 3],
    [20, 20],
  ])('has as many requests under way as concurrency says (%s: %i)', async (concurrency, most) => {
    const keys = Array.from({ length: 24 }, () => 'bob');
    const server = await GatheringServer.start(most, keys.length);
    const mixcloud = new Mixcloud({ apiRoot: server.origin });
    expect(await mixcloud.getMany(keys, { concurrency })).toHaveLength(24);
    expect(await server.most()).toBe(most);
    await mixcloud.close();
  });

  it.each([0, -1, 1.5, Number.NaN, '8'])('refuses a concurrency of %s', async (concurrency) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const options = { concurrency: concurrency as number };
    await expect(async () => mixcloud.getMany(['bob'], options)).rejects.toThrow(/^concurrency: /);
    expect(await world.requests()).toEqual([]);
  });

  it('names the key that is wrong before it sends anything', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    await expect(async () => mixcloud.getMany(['bob', 7 as unknown as string])).rejects.toThrow(/^keys\[1\]: /);
    await expect(async () => mixcloud.getMany('bob' as unknown as string[])).rejects.toThrow(/^keys: /);
    expect(await world.requests()).toEqual([]);
  });

  it('throws the first failure in the order of the keys, once the rest have settled', async () => {
    const world = await newWorld({ delayMs: 50 });
    // The later failure comes first, and the last answer last of all.
    await world.fault({ name: 'delay', param: 100, on: '/nobody-one/*' });
    await world.fault({ name: 'delay', param: 250, on: '/peter/*' });
    const mixcloud = clientOf(Mixcloud, world, { raiseExceptions: true });
    await world.fault({ name: 'api-error', param: 500, on: '/bob/*' });
    const keys = ['alice', 'nobody-one', 'bob', 'peter'];
    const error = await thrown(MixcloudError, () => mixcloud.getMany(keys));
    expect(error.status).toBe(404);
    const requests = await world.requests();
    expect(requests).toHaveLength(4);
    expect(requests.every(({ status }) => status !== null)).toBe(true);
  });

  it('gives errors in their places without raiseExceptions', async () => {
    const world = await newWorld();
    const found = await clientOf(Mixcloud, world).getMany(['bob', 'nobody-one', 'peter']);
    expect(found.map((one) => one.data.error?.type ?? one.key)).toEqual([
      '/bob/',
      'ResourceNotFoundException',
      '/peter/',
    ]);
  });

  it('throws a failure of the network in any case, once the rest have settled', async () => {
    const world = await newWorld({ delayMs: 50 });
    await world.fault({ name: 'reset', on: '/peter/*' });
    const mixcloud = clientOf(Mixcloud, world, { retries: 0 });
    await thrown(MixcloudConnectionError, () => mixcloud.getMany(['peter', 'bob', 'alice']));
    const others = (await world.requests()).filter(({ url }) => !url.startsWith('/peter/'));
    expect(others.map(({ status }) => status)).toEqual([200, 200]);
    await expectIdle(world);
  });

  it('bounds each request by the timeout, not all of them together', async () => {
    const world = await newWorld({ delayMs: 750 });
    const keys = ['bob', 'peter', 'alice'];
    const found = await clientOf(Mixcloud, world).getMany(keys, { concurrency: 1, timeout: 2000 });
    expect(found).toHaveLength(3);
  });
});

describe.each(modes)('loadAll() ($mode)', ({ Mixcloud }) => {
  const LOADS = /^GET \/[^/]+\/[^/]+\/\?/;

  const listOf = async (client: InstanceType<typeof Mixcloud>) =>
    (await client.get('bob/favorites', { params: { limit: 6 } })) as unknown as ResourceList;

  it('loads every partial item and returns the list', async () => {
    const world = await newWorld();
    const list = await listOf(clientOf(Mixcloud, world));
    const [first] = list;
    expect(list.map(({ full }) => full)).not.toContain(true);
    expect(await list.loadAll()).toBe(list);
    expect(list.map(({ full }) => full)).not.toContain(false);
    expect(list[0]).toBe(first);
    expect(first?.picture_primary_color).toMatch(/^[0-9a-f]{6}$/);
    expect(first?.data.metadata.connections).toHaveProperty('similar');
  });

  it('leaves out what is full, unless forced', async () => {
    const world = await newWorld();
    const list = await listOf(clientOf(Mixcloud, world));
    await list[2]?.load();
    await world.clearRequests();
    await list.loadAll();
    expect(await sent(world)).toHaveLength(5);
    await list.loadAll();
    expect(await sent(world)).toHaveLength(5);
    await list.loadAll({ force: true });
    expect((await sent(world)).filter((line) => LOADS.test(line))).toHaveLength(11);
  });

  it('keeps what loaded when another item fails, and throws once the rest have settled', async () => {
    const world = await newWorld({ delayMs: 50 });
    const list = await listOf(clientOf(Mixcloud, world, { raiseExceptions: true }));
    await world.fault({ name: 'api-error', param: 500, times: 1, on: list[1]?.key ?? '' });
    const error = await thrown(MixcloudError, () => list.loadAll({ concurrency: 2 }));
    expect(error.status).toBe(500);
    expect(list.map(({ full }) => full)).toEqual([true, false, true, true, true, true]);
    // The next time, only what is missing is asked for.
    await world.clearRequests();
    await list.loadAll();
    expect(await world.requests()).toHaveLength(1);
    expect(list[1]?.full).toBe(true);
  });

  it('throws an error of the API for an item, once the others have loaded, without raiseExceptions too', async () => {
    const world = await newWorld();
    const list = await listOf(clientOf(Mixcloud, world));
    await world.fault({ name: 'api-error', param: 404, on: list[1]?.key ?? '' });
    await thrown(MixcloudError, () => list.loadAll());
    expect(list.map(({ full }) => full)).toEqual([true, false, true, true, true, true]);
    expect(list[1]?.name).toBeTypeOf('string');
  });

  it('does nothing for a list without resources', async () => {
    const world = await newWorld();
    const list = (await clientOf(Mixcloud, world).get('SilentNewcomer/followers')) as unknown as ResourceList;
    expect(await list.loadAll()).toBe(list);
    expect(await world.requests()).toHaveLength(1);
  });

  it('passes over items that are no resources', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { apiRoot: world.faultRoot('mixed-data') });
    const list = await listOf(mixcloud);
    expect(list).toHaveLength(11);
    await list.loadAll();
    expect(await world.requests()).toHaveLength(7);
  });

  it.each([
    ['concurrency', { concurrency: 0 }],
    ['force', { force: 1 }],
    ['loadAll options', { forced: true }],
  ])('refuses a wrong %s before it sends anything', async (name, options) => {
    const world = await newWorld();
    const list = await listOf(clientOf(Mixcloud, world));
    await expect(async () => list.loadAll(options as object)).rejects.toThrow(new RegExp(`^${name}`));
    expect(await world.requests()).toHaveLength(1);
  });
});
