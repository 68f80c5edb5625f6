import { inspect } from 'node:util';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { AccessDict } from '../../src/shared/models/access-dict.ts';
import { AccessList } from '../../src/shared/models/access-list.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { type AnyModel, context } from './fakes.ts';

const client = context();
const dict = (data: object) => new AccessDict({ ...data }, client) as AnyModel;
/** A dictionary of what a JSON text holds, whose fields may have any name. */
const parsed = (json: string) => new AccessDict(JSON.parse(json), client) as AnyModel;
const names = ['__proto__', 'constructor', 'then', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'data', 'items'];

describe('an AccessDict', () => {
  const data = {
    city: 'London',
    count: 0,
    empty: '',
    yes: false,
    nothing: null,
    created: '2018-03-10T07:32:00Z',
    pictures: { small: 'x' },
    tags: [{ key: '/genres/jazz/', name: 'Jazz' }],
    user: { key: '/bob/', type: 'user' },
  };
  const model = dict(data);

  it('reads fields as properties', () => {
    expect([model.city, model[Object.keys(data)[0] ?? ''], model.count, model.empty, model.yes]).toEqual([
      'London',
      'London',
      0,
      '',
      false,
    ]);
    expect(model.nothing).toBeNull();
    expect(model.absent).toBeUndefined();
  });

  it('reads nested values as models, and the same ones when read again', () => {
    expect(Object.getPrototypeOf(model.pictures)).toBe(AccessDict.prototype);
    expect(model.tags).toBeInstanceOf(AccessList);
    expect(model.user).toBeInstanceOf(ResourceBase);
    expect(model.user.full).toBe(false);
    for (const field of ['pictures', 'tags', 'user', 'created']) expect(model[field]).toBe(model[field]);
    expect(model.tags[0].name).toBe('Jazz');
  });

  it('reads a date-time with a zone as a DateTime in UTC, and no other text', () => {
    expect(DateTime.isDateTime(model.created)).toBe(true);
    expect(model.created.toISO()).toBe('2018-03-10T07:32:00.000Z');
    for (const text of ['May', '10', '2019-02-03', '2019-02-03T10:00:00', '2018-02-30T00:00:00Z', 'Monday']) {
      expect(dict({ text }).text).toBe(text);
    }
    expect(dict({ times: [data.created] }).times[0].year).toBe(2018);
  });

  it('has its fields only, to whoever looks', () => {
    expect(Object.keys(model)).toEqual(Object.keys(data));
    expect(Object.entries(model).map(([name]) => name)).toEqual(Object.keys(data));
    expect(Object.values(model)[0]).toBe('London');
    expect({ ...model }.user).toBe(model.user);
    const { city, ...rest } = model;
    expect([city, Object.keys(rest).length]).toEqual(['London', 8]);
    expect('city' in model).toBe(true);
    for (const name of ['items', 'data', 'toString', 'absent', 'constructor']) expect(name in model).toBe(false);
    expect([Object.hasOwn(model, 'city'), Object.hasOwn(model, 'data')]).toEqual([true, false]);
    const looped: string[] = [];
    for (const name in model) looped.push(name);
    expect(looped).toEqual(Object.keys(data));
    expect(Object.getOwnPropertySymbols(model)).toEqual([]);
  });

  it('gives its items', () => {
    const items = new Map(model.items());
    expect([...items.keys()]).toEqual(Object.keys(data));
    expect(items.get('user')).toBe(model.user);
  });

  it('keeps the data untouched, dates included', () => {
    expect(model.data).toEqual(data);
    expect(model.data.created).toBe('2018-03-10T07:32:00Z');
    expect(JSON.parse(JSON.stringify(model))).toEqual(data);
    expect(structuredClone(model.data)).toEqual(data);
  });

  it('shows itself by its name and its fields', () => {
    expect(String(model)).toBe('<AccessDict>');
    expect(`${model}`).toBe('<AccessDict>');
    expect(inspect(dict({ a: 1, b: { c: 'x' } }))).toBe("<AccessDict> { a: 1, b: <AccessDict> { c: 'x' } }");
    expect(inspect(dict({ a: { b: { c: { d: 1 } } } }), { depth: 1 })).toBe(
      '<AccessDict> { a: <AccessDict> { b: <AccessDict> } }',
    );
    expect(inspect(parsed('{"__proto__": 1, "constructor": 2}'))).toBe(
      "<AccessDict> { ['__proto__']: 1, constructor: 2 }",
    );
  });

  it('refuses every change, and says how to get a copy', () => {
    const words = 'Cannot change "city": models are read-only; copy with { ...model } or model.data';
    const open = model as Record<string, unknown>;
    expect(() => {
      open.city = 'Paris';
    }).toThrow(new TypeError(words));
    expect(() => {
      open.absent = 1;
    }).toThrow(TypeError);
    expect(() => {
      delete open.city;
    }).toThrow(TypeError);
    for (const change of [
      () => Object.defineProperty(model, 'city', { value: 1, configurable: true }),
      () => Object.defineProperty(model, 'absent', { value: 1 }),
      () => Object.setPrototypeOf(model, null),
      () => Object.freeze(model),
      () => Object.preventExtensions(model),
      () => Object.assign(model, { city: 'Paris' }),
      () => Reflect.set(model, Symbol('s'), 1),
    ]) {
      expect(change).toThrow(TypeError);
    }
    expect(model.data).toEqual(data);
  });

  it('refuses changes in sloppy code too', () => {
    const change = new Function('model', 'model.city = "Paris"');
    expect(() => change(model)).toThrow(TypeError);
  });
});

describe('a field of a dangerous name', () => {
  const json = `{${names.map((name) => `"${name}": {"polluted": "${name}"}`).join(', ')}}`;
  const model = parsed(json);

  it('is in the data, and comes after the members of the class', () => {
    expect(Object.keys(model)).toEqual(names);
    expect(JSON.stringify(model)).toBe(JSON.stringify(JSON.parse(json)));
    expect(model.constructor).toBe(AccessDict);
    expect(String(model)).toBe('<AccessDict>');
    expect(model.data.toString).toEqual({ polluted: 'toString' });
    expect((new Map(model.items()).get('constructor') as AnyModel).polluted).toBe('constructor');
    expect(Object.getPrototypeOf(model)).toBe(AccessDict.prototype);
  });

  it('changes no other object', () => {
    const copy = { ...model };
    expect(Object.keys(copy)).toEqual(names);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(model.toJSON())).toBe(Object.prototype);
  });

  it('makes no promise of it', async () => {
    expect(await Promise.resolve(model)).toBe(model);
    expect(model.then.polluted).toBe('then');
  });
});

describe('an AccessList', () => {
  const raw = [
    { key: '/genres/jazz/', name: 'Jazz' },
    'text',
    '2018-03-10T07:32:00Z',
    [1],
    null,
    { key: '/map/' },
    { key: 5 },
  ];
  const list = new AccessList<AnyModel>(raw, client);
  const open = list as unknown as AnyModel;

  it('is an array', () => {
    expect(Array.isArray(list)).toBe(true);
    expect(list).toBeInstanceOf(Array);
    expect(list).toHaveLength(7);
    expect(Object.keys(list)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect([...list]).toHaveLength(7);
    expect(list.map((_, index) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(Object.getPrototypeOf(list.filter(Boolean))).toBe(Array.prototype);
    expect(list.slice(1, 2)).toEqual(['text']);
    expect([list.at(-1)?.key, list.at(7), list[7]]).toEqual([5, undefined, undefined]);
    expect([...list.entries()][1]).toEqual([1, 'text']);
    expect([...list.concat(list)]).toHaveLength(14);
    expect(list.find((item) => item?.name === 'Jazz')).toBe(list[0]);
    expect([list.indexOf(list[0] as AnyModel), list.includes(list[5] as AnyModel)]).toEqual([0, true]);
  });

  it('reads its items as models, and the same ones when read again', () => {
    expect(list[0]).toBeInstanceOf(AccessDict);
    expect(list[3]).toBeInstanceOf(AccessList);
    expect(list[4]).toBeNull();
    for (const index of raw.keys()) expect(list[index]).toBe(list[index]);
    expect([...list][0]).toBe(list[0]);
    expect(DateTime.isDateTime(list[2])).toBe(true);
  });

  it('reads an item by its key, slashes optional, unless a member has that name', () => {
    for (const key of ['genres/jazz', '/genres/jazz/', 'genres%2Fjazz', '/genres/jazz'])
      expect(open[key]).toBe(list[0]);
    expect(open.map).toBe(Array.prototype.map);
    expect(open['/map/']).toBe(list[5]);
    for (const key of ['', '/', '5', '-1', '01', 'absent', '__proto__x']) expect(open[key]).not.toBe(list[0]);
    expect(open.absent).toBeUndefined();
    expect(['genres/jazz' in list, 'absent' in list, 0 in list, 7 in list, 'length' in list]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('keeps the data untouched', () => {
    expect(list.data).toBe(raw);
    expect(JSON.stringify(list)).toBe(JSON.stringify(raw));
    expect(JSON.stringify({ list })).toBe(JSON.stringify({ list: raw }));
  });

  it('shows itself by its name and its items', () => {
    expect(String(list)).toBe('<AccessList>');
    expect(inspect(new AccessList([1, { a: 'x' }], client))).toBe("<AccessList> [ 1, <AccessDict> { a: 'x' } ]");
    expect(inspect({ a: { list } }, { depth: 1 })).toBe('{ a: { list: <AccessList> } }');
    expect(inspect(new AccessList([[[[[1]]]]], client), { depth: null })).toMatch(/^(?:<AccessList> \[\s+){5}1/);
  });

  it('refuses every change', () => {
    // The compiler refuses these too.
    const mutable = list as readonly AnyModel[] as AnyModel[];
    const changes: ReadonlyArray<() => unknown> = [
      () => mutable.push(list[0] as AnyModel),
      () => mutable.pop(),
      () => mutable.shift(),
      () => mutable.reverse(),
      () => mutable.sort(),
      () => mutable.splice(0, 1),
      () => mutable.fill(list[0] as AnyModel),
      () => Reflect.set(list, 0, 1),
      () => Reflect.set(list, 'x', 1),
      () => {
        mutable.length = 0;
      },
      () => Reflect.deleteProperty(list, 0),
      () => Object.freeze(list),
      () => Object.defineProperty(list, 0, { value: 1, configurable: true }),
      () => Object.defineProperty(list, 'length', { value: 0 }),
    ];
    for (const change of changes) expect(change).toThrow(TypeError);
    expect(list.data).toBe(raw);
    expect(list).toHaveLength(7);
  });

  it('can be shown and written as JSON when a library has copied it without its state', () => {
    const copy = Object.assign(Object.create(AccessList.prototype), { length: 1, 0: 'x' });
    expect(inspect(copy)).toBe("<AccessList> [ 'x' ]");
    expect(JSON.stringify(copy)).toBe('["x"]');
  });

  it('is of an array', () => {
    expect(() => new AccessList({} as never, client)).toThrow('data: expected an array; to copy a model, copy');
  });

  it('is shown as JSON by a console that passes no function to show it with', () => {
    const show = Reflect.get(list, Symbol.for('nodejs.util.inspect.custom')) as () => string;
    expect(show.call(new AccessList([1, 'x'], client))).toBe('<AccessList> [1,"x"]');
  });

  it('shows the name of a subclass, if it has one', () => {
    class Playlist extends AccessList {}
    expect(String(new Playlist([], client))).toBe('<Playlist>');
    const Nameless = (() => class extends AccessList {})();
    expect(String(new Nameless([], client))).toBe('<Model>');
  });

  it('may be empty', () => {
    const empty = new AccessList([], client);
    expect([empty.length, [...empty], Object.keys(empty), JSON.stringify(empty)]).toEqual([0, [], [], '[]']);
    expect(inspect(empty)).toBe('<AccessList> []');
  });
});
