import { AccessList, type Cloudcast, MixcloudError, type ResourceList, type User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('lists ($mode)', ({ Mixcloud, Resource }) => {
  describe('by key', () => {
    it.each(['chris/funky-mix', '/chris/funky-mix/', 'chris/funky-mix/', '/chris/funky-mix'] as const)(
      '%s is the item of that key',
      async (key) => {
        const popular = await clientOf(Mixcloud, await newWorld()).popular();
        expect(popular[key]).toBe(popular[0]);
        expect(popular[key]?.name).toBe('Funky Mix');
      },
    );

    it('takes a name of any script, encoded or not', async () => {
      const found = await clientOf(Mixcloud, await newWorld()).search('夜雨电台', { type: 'user' });
      expect(found['/夜雨电台/']).toBe(found[0]);
      expect(found[`/${encodeURIComponent('夜雨电台')}/`]).toBe(found[0]);
    });

    it('is undefined when there is none', async () => {
      const popular = await clientOf(Mixcloud, await newWorld()).popular();
      // Not all of these are keys to the compiler.
      const byName = popular as object as Readonly<Record<string, unknown>>;
      const names = ['chris/other', '', '/', 'chris', '1.5'];
      expect(names.map((name) => byName[name])).toEqual(names.map(() => undefined));
    });

    it('works in a list inside an object', async () => {
      const mix = await clientOf(Mixcloud, await newWorld()).get<Cloudcast>('luke/a-nice-mix');
      expect((mix.tags as unknown as Record<string, unknown>)['/genres/funk/']).toBe(mix.tags[0]);
    });
  });

  it('have a name, if the API gives one', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const spartacus = await mixcloud.get<User>('spartacus');
    expect((await mixcloud.popular()).name).toBe('Popular Cloudcasts');
    expect((await spartacus.followers()).name).toBe("Spartacus's followers");
    expect((await spartacus.following()).name).toBeUndefined();
  });

  it('have the paging that the API sent', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const popular = await mixcloud.popular({ limit: 5 });
    expect(popular.paging?.next).toBe(popular.data.paging.next);
    expect(popular.paging?.next).toContain('offset=5');
    expect(popular.paging?.previous).toBeUndefined();
    expect((await mixcloud.search('john', { type: 'user' })).paging).toBeUndefined();
  });

  describe('next and previous', () => {
    it('are the adjacent pages of a list by offset, or null', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      const all = (await mixcloud.popular({ limit: 100 })).map(({ key }) => key);
      const first = await mixcloud.popular();
      const second = await first.next();
      expect(second?.map(({ key }) => key)).toEqual(all.slice(20, 40));
      expect((await second?.previous())?.map(({ key }) => key)).toEqual(all.slice(0, 20));
      await world.clearRequests();
      expect(await first.previous()).toBeNull();
      expect(await world.requests()).toEqual([]);
    });

    it('are the adjacent pages of a list by date', async () => {
      const bob = await clientOf(Mixcloud, await newWorld()).get<User>('bob');
      const first = await bob.cloudcasts();
      const second = await first.next();
      expect([first.length, second?.length]).toEqual([20, 5]);
      expect(new Set([...first, ...(second ?? [])].map(({ key }) => key)).size).toBe(25);
      expect(await second?.next()).toBeNull();
      expect((await second?.previous())?.map(({ key }) => key)).toEqual(first.map(({ key }) => key));
    });

    it('lead through a whole list, page by page', async () => {
      const bob = await clientOf(Mixcloud, await newWorld()).get<User>('bob');
      const keys: string[] = [];
      for (let page: ResourceList<Cloudcast> | null = await bob.favorites(); page; page = await page.next()) {
        keys.push(...page.map(({ key }) => key));
      }
      expect([keys.length, new Set(keys).size]).toEqual([72, 72]);
    });

    it('follow the link of the server, and are sent the token anew', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      const first = await mixcloud.search('mix', { limit: 3 });
      await first.next();
      const [, second = ''] = await sent(world);
      const { searchParams, pathname } = new URL(second.replace('GET ', ''), world.origin);
      expect(pathname).toBe('/search/');
      expect(Object.fromEntries(searchParams)).toEqual({
        q: 'mix',
        type: 'cloudcast',
        limit: '3',
        offset: '3',
        metadata: '1',
        access_token: OWNER_TOKEN,
      });
    });

    it('refuse a link that is no URL', async () => {
      const world = await newWorld();
      const list = await new Mixcloud({ apiRoot: world.faultRoot('bad-links') }).popular({ page: 1 });
      expect((await thrown(MixcloudError, () => list.next())).message).toContain('link to the next page');
      expect((await thrown(MixcloudError, () => list.previous())).message).toContain('link to the previous page');
      expect(await world.requests()).toHaveLength(1);
    });

    it('are null when paging is no object', async () => {
      const world = await newWorld();
      const list = await new Mixcloud({ apiRoot: world.faultRoot('numeric-links') }).popular({ page: 1 });
      expect([await list.next(), await list.previous()]).toEqual([null, null]);
    });

    it('refuse an unknown option, link or not', async () => {
      const list = await clientOf(Mixcloud, await newWorld()).popular();
      expect((await thrown(TypeError, () => list.next({ limit: 3 } as never))).message).toContain('"limit"');
      await thrown(TypeError, () => list.previous({ limit: 3 } as never));
    });

    it('report errors as the client is set to', async () => {
      const world = await newWorld();
      const list = await clientOf(Mixcloud, world).popular();
      const raising = await clientOf(Mixcloud, world, { raiseExceptions: true }).popular();
      await world.fault({ name: 'api-error' });
      expect(await list.next()).toMatchObject({ error: { type: 'DoesNotExist' } });
      await thrown(MixcloudError, () => raising.next());
    });
  });

  it('hold whatever is among their items', async () => {
    const world = await newWorld();
    const list = (await new Mixcloud({ apiRoot: world.faultRoot('mixed-data') }).popular()) as unknown as unknown[];
    expect(list.slice(0, 3)).toEqual([null, 7, 'text']);
    expect(list[3]).toBeInstanceOf(AccessList);
    expect(String(list[4])).toBe('<AccessDict>');
    expect(list[5]).toBeInstanceOf(Resource);
    expect(JSON.stringify(list)).toContain('[null,7,"text",[1],{},');
  });

  it('may have no items', async () => {
    const newcomer = await clientOf(Mixcloud, await newWorld()).get<User>('SilentNewcomer');
    const list = await newcomer.cloudcasts();
    expect([list.length, list[0], [...list], await list.next(), await list.previous()]).toEqual([
      0,
      undefined,
      [],
      null,
      null,
    ]);
  });
});
