import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { AccessDict, AccessList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { newWorld } from '../support/world.ts';

const require = createRequire(import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: libraries whose types are not installed
const load = (name: string): any => require(name);
const lodash = load('lodash');
const ramda = load('ramda');
const immer = load('immer');
const { klona } = load('klona');
const jest = load('expect').expect;

const COPY = /copy model\.data/;

describe.each(modes)('models in third-party code ($mode)', ({ Mixcloud, Resource, ResourceList }) => {
  const read = async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    return { mixcloud, user: await mixcloud.get('bob'), list: await mixcloud.popular({ limit: 3 }) };
  };

  it('a copy by length is a plain array', () => {
    for (const List of [ResourceList, AccessList]) {
      const array: unknown = new (List as unknown as new (length: number) => unknown[])(3);
      expect([Object.getPrototypeOf(array), (array as unknown[]).length]).toEqual([Array.prototype, 3]);
    }
  });

  it('what is not a client, not data, or of the other mode is a TypeError', async () => {
    const { mixcloud } = await read();
    const other = new (modes.find((mode) => mode.Mixcloud !== Mixcloud)?.Mixcloud ?? Mixcloud)();
    const data = { key: '/bob/', type: 'user' };
    for (const client of [undefined, null, {}, 'x', { ...mixcloud }]) {
      for (const type of [Resource, ResourceList, AccessDict]) {
        expect(() => new type({ ...data, data: [] }, client as never)).toThrow('mixcloud: expected ');
      }
      expect(() => new AccessList([1], client as never)).toThrow('mixcloud: expected ');
    }
    expect(() => new Resource(data, other as never)).toThrow('a client of the other mode');
    expect(() => new ResourceList({ data: [] }, other as never)).toThrow('a client of the other mode');
    for (const wrong of [undefined, null, 5, 'x', new Map(), [data]]) {
      expect(() => new AccessDict(wrong as never, mixcloud)).toThrow(COPY);
      expect(() => new Resource(wrong as never, mixcloud as never)).toThrow(COPY);
    }
    expect(() => new Resource(data, mixcloud as never, { ful: true } as never)).toThrow('did you mean "full"?');
    const made = new Resource(data, mixcloud as never, { full: true, createConnections: false });
    expect([made.full, made.followers, made.mixcloud]).toEqual([true, undefined, mixcloud]);
    expect([new AccessDict({}, other).mixcloud, new AccessList([], other).mixcloud]).toEqual([other, other]);
    await other.close();
  });

  it.each([
    ['lodash', lodash.cloneDeep],
    ['ramda', ramda.clone],
    ['klona', klona],
    ['Object.create', (model: object) => Object.create(Object.getPrototypeOf(model)).key],
  ])('%s copies the data, and a copy of a model says to do so', async (_name, copy) => {
    const { user, list } = await read();
    expect(copy(user.data) ?? user.data).toEqual(user.data);
    for (const model of [user, list, user.pictures]) {
      let copied: unknown;
      try {
        copied = copy(model);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        expect((error as Error).message).toMatch(COPY);
        continue;
      }
      // What is copied holds the same fields.
      if (copied !== undefined) expect(JSON.parse(JSON.stringify(copied))).toEqual(JSON.parse(JSON.stringify(model)));
    }
  });

  it('immer takes a list as an array, and the data as they are', async () => {
    const { user, list } = await read();
    const longer = immer.produce([...list], (draft: unknown[]) => {
      draft.push('x');
    });
    expect(longer).toHaveLength(4);
    expect(
      immer.produce(user.data, (draft: Record<string, unknown>) => {
        draft.city = 'Leeds';
      }).city,
    ).toBe('Leeds');
    expect(immer.isDraftable(user)).toBe(false);
  });

  it('copies of the methods say what to copy', async () => {
    const { user } = await read();
    const copy = Object.create(Object.getPrototypeOf(user), { name: { value: 'Bob', enumerable: true } });
    expect(() => copy.data).toThrow(COPY);
    expect(() => copy.items()).toThrow(COPY);
    expect(JSON.stringify(copy)).toBe('{"name":"Bob"}');
    expect(inspect(copy)).toBe("<Resource> { name: 'Bob' }");
  });

  it('a console that shows proxies shows the fields, and no trap', async () => {
    const { user, list } = await read();
    for (const model of [user, list, user.pictures, user.metadata]) {
      const shown = inspect(model, { showProxy: true, depth: 1 });
      expect(shown).not.toMatch(/\[Function|undefined|getOwnPropertyDescriptor|Symbol\(/);
      expect(shown).toContain('read-only');
    }
    expect(inspect(user, { showProxy: true })).toContain("<Resource: User '/bob/'> {");
    expect(inspect(list, { showProxy: true, depth: 2 })).toContain("name: 'Funky Mix'");
  });

  it('a failed comparison shows the difference, in Jest and in Vitest', async () => {
    const { user, list } = await read();
    const changed = await read();
    const failures = [
      () => jest(user).toEqual({ ...user.data, city: 'Leeds' }),
      () => jest(list).toEqual([1, 2, 3]),
      () => jest(list[0]).toEqual(list[1]),
      () => expect(user).toEqual({ ...user.data, city: 'Leeds' }),
      () => expect(list).toEqual([1, 2, 3]),
      () => expect(list[0]).toEqual(changed.list[1]),
    ];
    for (const compare of failures) {
      let message = '';
      try {
        compare();
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).not.toBe('');
      expect(message).not.toMatch(/is not a function|Invalid array length|Cannot read|incomplete/);
    }
    jest(user).toEqual(user);
    jest(list).toEqual(list);
    expect(list).toEqual(list);
    jest(JSON.parse(JSON.stringify(user))).toEqual(user.data);
  });
});
