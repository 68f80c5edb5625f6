import { inspect } from 'node:util';
import { DateTime } from 'luxon';
import { AccessDict, AccessList, type Cloudcast, type User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('what comes back ($mode)', ({ mode, Mixcloud, Resource, ResourceList }) => {
  const bob = async () => clientOf(Mixcloud, await newWorld()).get<User>('bob');
  const mix = async () => clientOf(Mixcloud, await newWorld()).get<Cloudcast>('luke/a-nice-mix');
  const popular = async () => clientOf(Mixcloud, await newWorld()).popular();
  /** A client whose every answer has these fields. */
  const answering = async (fields: object) => {
    const jsonDecoder = () => JSON.parse(JSON.stringify(fields));
    return clientOf(Mixcloud, await newWorld(), { jsonDecoder }).get('bob');
  };

  it('is of one of four kinds', async () => {
    const user = await bob();
    expect(user).toBeInstanceOf(Resource);
    expect(user.pictures).toBeInstanceOf(AccessDict);
    expect(user.pictures).not.toBeInstanceOf(Resource);
    const show = await mix();
    expect(show.tags).toBeInstanceOf(AccessList);
    expect(show.tags).not.toBeInstanceOf(ResourceList);
    expect(show.tags[0]).toBeInstanceOf(Resource);
    expect(show.user).toBeInstanceOf(Resource);
    expect(await popular()).toBeInstanceOf(ResourceList);
    expect([AccessDict.name, AccessList.name]).toEqual(['AccessDict', 'AccessList']);
    const suffix = mode === 'sync' ? 'Sync' : '';
    expect([Resource.name, ResourceList.name]).toEqual([`Resource${suffix}`, `ResourceList${suffix}`]);
  });

  describe('a field', () => {
    it('is read as a property, dotted or by its name, and what is not there is undefined', async () => {
      const user = await bob();
      expect(user.city).toBe('London');
      // biome-ignore lint/complexity/useLiteralKeys: this spelling is what is tested
      expect(user['city']).toBe('London');
      expect(user.pictures.medium).toBe(user.data.pictures.medium);
      expect(user.no_such_field).toBeUndefined();
      expect((await mix()).user.city).toBeUndefined();
    });

    it('is the same object when it is read twice', async () => {
      const show = await mix();
      expect(show.user).toBe(show.user);
      expect(show.tags).toBe(show.tags);
      expect(show.tags[0]).toBe(show.tags[0]);
      expect(show.pictures).toBe(show.pictures);
      expect(show.created_time).toBe(show.created_time);
      const list = await popular();
      expect(list[0]).toBe(list[0]);
      expect(list.at(0)).toBe(list[0]);
      expect([...list][0]).toBe(list[0]);
      expect(list['chris/funky-mix']).toBe(list[0]);
    });

    it('cannot be assigned, added or deleted', async () => {
      const show = await mix();
      const list = await popular();
      const changes: (() => unknown)[] = [
        () => Object.assign(show, { name: 'Other' }),
        () => Object.assign(show, { added: 1 }),
        () => Reflect.set(show, 'name', 'Other'),
        () => Reflect.deleteProperty(show, 'name'),
        () => Object.defineProperty(show, 'name', { value: 'Other' }),
        () => Object.setPrototypeOf(show, null),
        () => Object.assign(show.pictures, { medium: '' }),
        () => Reflect.set(show.tags, 0, null),
        () => Reflect.set(list, 0, null),
        () => Reflect.set(list, 'length', 0),
        () => Reflect.deleteProperty(list, 0),
        () => (list as unknown as unknown[]).push(1),
        () => (list as unknown as unknown[]).sort(),
        () => Object.freeze(show),
      ];
      for (const change of changes) await thrown(TypeError, change);
      expect([show.name, list.length, 'added' in show]).toEqual(['A Nice Mix', 20, false]);
    });
  });

  describe('data', () => {
    it('is the decoded response, plain and untouched', async () => {
      const user = await bob();
      expect(Object.getPrototypeOf(user.data)).toBe(Object.prototype);
      expect(user.data.created_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(structuredClone(user.data)).toEqual(user.data);
      const list = await popular();
      expect(Object.keys(list.data)).toEqual(['data', 'paging', 'name']);
      expect(Array.isArray(list.data.data)).toBe(true);
      expect((await mix()).tags.data).toEqual([expect.objectContaining({ name: 'Funk' }), expect.anything()]);
    });

    it('is the way to a field that a method of the same name covers', async () => {
      const user = await answering({ type: 'user', key: '/bob/', load: 7, follow: 'x', metadata: { connections: {} } });
      expect(user.load).toEqual(expect.any(Function));
      expect([user.data.load, user.data.follow]).toEqual([7, 'x']);
    });
  });

  describe('a date', () => {
    it('is a DateTime in UTC', async () => {
      const { created_time: created, data } = await bob();
      expect(created).toBeInstanceOf(DateTime);
      expect(created.zoneName).toBe('UTC');
      expect(created.toUTC().toISO({ suppressMilliseconds: true })).toBe(data.created_time);
      expect((await popular())[0]?.created_time.year).toEqual(expect.any(Number));
    });

    it.each(['2018-03-10T07:32:00Z', '2018-03-10T09:32:00+02:00', '2018-03-10T09:32:00.000+0200'])(
      'is a full ISO 8601 date-time with a zone: %s',
      async (text) => {
        const response = await answering({ when: text });
        expect(response.when.toUTC().toISO()).toBe('2018-03-10T07:32:00.000Z');
        expect(response.when.zoneName).toBe('UTC');
      },
    );

    it.each([
      'May',
      '10',
      '2019-02-03',
      '2019-02-03T10:11:12',
      '2018-02-30T00:00:00Z',
      '20180212T130000Z',
      'now',
      '',
      ' ',
    ])('is nothing else: %j stays a string', async (text) => {
      const response = await answering({ type: 'x', name: text, list: [text], nested: { name: text } });
      expect([response.name, response.list[0], response.nested.name]).toEqual([text, text, text]);
    });

    it('is not what a mix is called', async () => {
      const mixcloud = clientOf(Mixcloud, await newWorld());
      for (const title of ['May', '10', '2019-02-03']) {
        const found = await mixcloud.search(title, { limit: 100 });
        expect(found.map(({ name }) => name)).toContain(title);
      }
    });
  });

  describe('to JavaScript', () => {
    it('an object has the fields of the data, and only those', async () => {
      const user = await bob();
      const names = Object.keys(user.data);
      expect(Object.keys(user)).toEqual(names);
      expect(Object.entries(user).map(([name]) => name)).toEqual(names);
      expect(Object.values(user)[2]).toBe('Bob');
      expect(Reflect.ownKeys(user)).toEqual(names);
      expect(Object.keys({ ...user })).toEqual(names);
      expect({ ...user }.created_time).toBe(user.created_time);
      const seen: string[] = [];
      for (const name in user) seen.push(name);
      expect(seen).toEqual(names);
      expect('city' in user).toBe(true);
      expect(['nothing', 'load', 'followers', 'toString', 'constructor'].some((name) => name in user)).toBe(false);
      expect([Object.hasOwn(user, 'city'), Object.hasOwn(user, 'followers')]).toEqual([true, false]);
    });

    it('items() gives the name and value of each', async () => {
      const user = await bob();
      const pairs: [string, unknown][] = [];
      for (const [name, value] of user.items()) pairs.push([name, value]);
      expect(pairs).toEqual(Object.entries(user));
      expect(new Map(user.items()).get('created_time')).toBe(user.created_time);
    });

    it('JSON.stringify writes what the API sent', async () => {
      const user = await bob();
      expect(JSON.parse(JSON.stringify(user))).toEqual(user.data);
      void user.created_time;
      void user.pictures;
      expect(JSON.stringify(user)).toBe(JSON.stringify(user.data));
      const list = await popular();
      void list[3]?.user;
      expect(JSON.stringify(list)).toBe(JSON.stringify(list.data.data));
      expect(JSON.stringify({ inside: user.pictures })).toBe(JSON.stringify({ inside: user.data.pictures }));
    });

    it('String() gives a short name', async () => {
      const user = await bob();
      const show = await mix();
      expect(String(user)).toBe("<Resource: User '/bob/'>");
      expect(`${show}`).toBe("<Resource: Cloudcast '/luke/a-nice-mix/'>");
      expect(String(await popular())).toBe("<ResourceList 'Popular Cloudcasts'>");
      expect(String(await show.similar())).toBe('<ResourceList>');
      expect([String(user.pictures), String(show.tags)]).toEqual(['<AccessDict>', '<AccessList>']);
    });

    it('console.log shows that and the fields', async () => {
      const text = inspect(await bob());
      expect(text).toMatch(/^<Resource: User '\/bob\/'> \{/);
      expect(text).toContain("city: 'London'");
      expect(text).toContain('<AccessDict>');
      expect(text).not.toMatch(/Symbol|state|client|#/);
      const list = inspect(await popular());
      expect(list).toMatch(/^<ResourceList 'Popular Cloudcasts'> \[/);
      expect(list).toContain("<Resource: Cloudcast '/chris/funky-mix/'>");
      expect(inspect({ deep: { deeper: { list: await popular() } } })).toContain("<ResourceList 'Popular Cloudcasts'>");
    });

    it('a list is an array that cannot be changed', async () => {
      const list = await popular();
      expect(Array.isArray(list)).toBe(true);
      expect(list).toHaveLength(20);
      expect(Object.keys(list)).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
      expect([list.at(-1), list[20], list[-1]]).toEqual([list[19], undefined, undefined]);
      expect(list.map(({ type }) => type)).toEqual(Array(20).fill('cloudcast'));
      expect(list.filter(({ user }) => user.username === 'chris')).toEqual([list[0]]);
      expect(list.find(({ slug }) => slug === 'funky-mix')).toBe(list[0]);
      expect(list.findIndex(({ key }) => key === list[7]?.key)).toBe(7);
      expect(list.slice(1, 3)).toEqual([list[1], list[2]]);
      expect(list.some(({ name }) => name === 'Funky Mix')).toBe(true);
      expect(list.every(({ full }) => full)).toBe(false);
      expect(list.reduce((sum, { play_count: plays }) => sum + plays, 0)).toBeGreaterThan(987654);
      expect(list.concat(list)).toHaveLength(40);
      expect(list.flatMap(({ tags }) => tags.map(({ name }) => name))).toContain('Funk');
      expect([...list.entries()][2]?.[1]).toBe(list[2]);
      expect([list.includes(list[4] as never), list.indexOf(list[4] as never)]).toEqual([true, 4]);
      const [first, ...rest] = list;
      expect([first, rest.length]).toEqual([list[0], 19]);
      // What a method makes is an ordinary array, free to be changed.
      expect(list.map((item) => item).sort()).toHaveLength(20);
      expect(Object.getPrototypeOf(list.filter(() => true))).toBe(Array.prototype);
      expect([5 in list, 20 in list, 'chris/funky-mix' in list]).toEqual([true, false, true]);
    });

    it('awaiting one gives itself', async () => {
      const user = await bob();
      expect(await user).toBe(user);
      expect(await Promise.resolve(user.pictures)).toBe(user.pictures);
      const list = await popular();
      expect(await list).toBe(list);
      expect(await list[0]).toBe(list[0]);
    });
  });

  describe('a name that is taken', () => {
    it("is the class's own member first, then a connection, then a targeted method, then data", async () => {
      const world = await newWorld();
      const links = ['load', 'key', 'follow', 'city', 'listen-later'].map((name) => [name, `${world.origin}/popular/`]);
      const fields = { follow: 'data', embed_html: 'data', embedHtml: 'data', city: 'data', country: 'data' };
      const response = { type: 'user', key: '/bob/', metadata: { connections: Object.fromEntries(links) }, ...fields };
      const jsonDecoder = (text: string) => (text.includes('"biog"') ? response : JSON.parse(text));
      const user = await clientOf(Mixcloud, world, { jsonDecoder }).get('bob');
      expect(user.key).toBe('/bob/');
      expect(await user.load()).toBe(user);
      expect(await user.follow()).toBeInstanceOf(ResourceList);
      expect(await user.city()).toBeInstanceOf(ResourceList);
      expect(await user.listenLater()).toBeInstanceOf(ResourceList);
      expect(user.embedHtml).toEqual(expect.any(Function));
      expect(user.country).toBe('data');
    });

    it('does no harm when it comes from outside', async () => {
      const world = await newWorld();
      const mixcloud = new Mixcloud({ apiRoot: world.faultRoot('hostile-keys') });
      for (const model of [await mixcloud.get('bob'), (await mixcloud.popular())[0]]) {
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        expect(model).toBeInstanceOf(Resource);
        expect(await model).toBe(model);
        expect(String(model)).toMatch(/^<Resource: /);
        expect(`${inspect(model)}`).toContain("toString: 'hostile'");
        expect(model?.load).toEqual(expect.any(Function));
        expect(model?.then).toBe('hostile');
        expect(JSON.parse(JSON.stringify(model))).toEqual(model?.data);
        expect(Object.keys(model ?? {})).toEqual(Object.keys(model?.data ?? {}));
        const copy = { ...model };
        expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
        expect(Object.hasOwn(copy, '__proto__')).toBe(true);
      }
      const list = await mixcloud.popular();
      expect([list.length, Array.isArray(list), (await list) === list]).toEqual([20, true, true]);
    });
  });
});
