import { inspect } from 'node:util';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/shared/base/json.ts';
import { AccessDict } from '../../src/shared/models/access-dict.ts';
import { AccessList } from '../../src/shared/models/access-list.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { type AnyModel, type FakeMode, FakeRunner } from './fakes.ts';

const client = new FakeRunner();
const UNPOLLUTED = Reflect.ownKeys(Object.prototype);

const DANGEROUS = [
  ...['__proto__', 'constructor', 'prototype', 'then', 'catch', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON'],
  ...['data', 'items', 'key', 'type', 'full', 'load', 'connection', 'follow', 'metadata', 'error', 'length', '0', ''],
];
const names = fc.oneof(fc.constantFrom(...DANGEROUS), fc.string({ unit: 'binary', maxLength: 5 }), fc.string());
const texts = fc.oneof(
  fc.string(),
  fc.constantFrom('2018-03-10T07:32:00Z', '2019-02-03', 'May', '10', '/bob/', 'user', 'https://api.mixcloud.com/x/'),
);

/** Any JSON value, as a text: so its objects may have fields of any name, as those of a server. */
const { value: json } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  object: fc
    .array(fc.tuple(names, tie('value')), { maxLength: 6 })
    .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
  array: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', '0', '1.5'),
    texts.map((text) => JSON.stringify(text)),
    tie('array'),
    tie('object'),
  ),
}));
const objects = fc
  .array(fc.tuple(names, json), { maxLength: 8 })
  .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`);
const arrays = fc.array(json, { maxLength: 6 }).map((items) => `[${items.join()}]`);
const parse = (text: string) => JSON.parse(text) as JsonObject;

const makers: ReadonlyArray<readonly [string, (data: JsonObject) => AnyModel]> = [
  ['an AccessDict', (data) => new AccessDict(data, client) as AnyModel],
  ['a Resource', (data) => new ResourceBase<FakeMode>(data, client, { full: true }) as AnyModel],
  ['a partial Resource', (data) => new ResourceBase<FakeMode>(data, client, { createConnections: false }) as AnyModel],
];

/** What was read through a model, as the data that it stands for. */
function plain(read: unknown, raw: unknown): unknown {
  if (DateTime.isDateTime(read)) {
    expect(read.toMillis()).toBe(Date.parse(raw as string));
    return raw;
  }
  if (read instanceof AccessList) {
    expect(Array.isArray(read)).toBe(true);
    return Array.from(read, (item, index) => plain(item, (raw as unknown[])[index]));
  }
  if (read instanceof AccessDict) {
    return Object.fromEntries(
      [...read.items()].map(([name, value]) => [name, plain(value, (raw as JsonObject)[name])]),
    );
  }
  return read;
}

describe.each(makers)('%s of any JSON object', (_name, make) => {
  const check = (holds: (model: AnyModel, data: JsonObject, text: string) => void) =>
    fc.assert(
      fc.property(objects, (text) => holds(make(parse(text)), parse(text), text)),
      { numRuns: 150 },
    );
  /** Whether a field reads as itself, and not as a member of the class or as a connection. */
  const isField = (model: AnyModel, name: string) =>
    !(name in Object.getPrototypeOf(model)) && typeof model[name] !== 'function';

  it('has the fields of the data, in their order', () => {
    check((model, data) => {
      const fields = Object.keys(data);
      expect(Object.keys(model)).toEqual(fields);
      expect(Reflect.ownKeys(model)).toEqual(fields);
      expect(Object.entries(model).map(([name]) => name)).toEqual(fields);
      expect(Object.keys({ ...model })).toEqual(fields);
      expect([...model.items()].map(([name]) => name)).toEqual(fields);
      for (const name of [...fields, ...DANGEROUS]) {
        expect(name in model).toBe(Object.hasOwn(data, name));
        expect(Object.hasOwn(model, name)).toBe(Object.hasOwn(data, name));
        expect(Object.getOwnPropertyDescriptor(model, name)?.enumerable).toBe(Object.hasOwn(data, name) || undefined);
      }
    });
  });

  it('reads as the data, dates aside, however deep', () => {
    check((model, data) => {
      expect(plain(model, data)).toEqual(data);
    });
  });

  it('reads the same in every way, and twice', () => {
    check((model, data) => {
      const items = new Map(model.items());
      const entries = new Map(Object.entries(model));
      const copy = { ...model } as Record<string, unknown>;
      for (const name of Object.keys(data)) {
        expect(model[name]).toBe(model[name]);
        expect(Object.getOwnPropertyDescriptor(model, name)?.value).toBe(items.get(name));
        if (!isField(model, name)) continue;
        expect(model[name]).toBe(items.get(name));
        expect(entries.get(name)).toBe(items.get(name));
        expect(copy[name]).toBe(items.get(name));
      }
    });
  });

  it('is written as the data, read or not', () => {
    check((model, data) => {
      expect(JSON.stringify(model)).toBe(JSON.stringify(data));
      plain(model, data);
      expect(JSON.stringify({ model })).toBe(JSON.stringify({ model: data }));
      expect(model.data).toEqual(data);
    });
  });

  it('is no promise', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (text) => {
        const model = make(parse(text));
        expect(await model).toBe(model);
        expect(typeof model.then).not.toBe('function');
      }),
      { numRuns: 100 },
    );
  });

  it('cannot be changed', () => {
    check((model, data) => {
      for (const name of [...Object.keys(data), ...DANGEROUS, 'new']) {
        expect(() => Reflect.set(model, name, 1)).toThrow(TypeError);
        expect(() => Reflect.deleteProperty(model, name)).toThrow(TypeError);
      }
      for (const name of Object.keys(data)) {
        expect(() => Object.defineProperty(model, name, { value: 1, configurable: true })).toThrow(TypeError);
      }
      expect(() => Object.freeze(model)).toThrow(TypeError);
      expect(model.data).toEqual(data);
    });
  });

  it('can be shown', () => {
    check((model) => {
      expect(inspect(model)).toContain(String(model));
      expect(String(model)).toMatch(/^<(?:AccessDict|Resource: .*)>$/s);
    });
    expect(Reflect.ownKeys(Object.prototype)).toEqual(UNPOLLUTED);
  });
});

describe('a list of any JSON array', () => {
  const check = (holds: (list: readonly AnyModel[], raw: unknown[]) => void) =>
    fc.assert(
      fc.property(arrays, (text) => {
        const raw = JSON.parse(text);
        holds(new AccessList<AnyModel>(JSON.parse(text), client), raw);
        holds(new ResourceListBase<FakeMode, AnyModel>({ data: JSON.parse(text) }, client), raw);
      }),
      { numRuns: 150 },
    );

  it('is an array of what the data are', () => {
    check((list, raw) => {
      expect(Array.isArray(list)).toBe(true);
      expect(list.length).toBe(raw.length);
      expect(Object.keys(list)).toEqual(Object.keys(raw));
      expect(plain(list, raw)).toEqual(raw);
      for (const index of raw.keys()) {
        expect(list[index]).toBe(list[index]);
        expect(list.at(index)).toBe(list[index]);
      }
      expect([...list]).toEqual(list.map((item) => item));
      expect([list[raw.length], list.at(raw.length)]).toEqual([undefined, undefined]);
      expect(JSON.stringify(list)).toBe(JSON.stringify(raw));
    });
  });

  it('gives the first item of a key, unless an index or a member has that name', () => {
    const keys = fc.constantFrom('/bob/', 'bob', '/αλίκη/', '/%CE%B1/', '/a/b/', '/length/', '/0/', '/map/', '');
    const keyed = fc.record({ key: keys, type: fc.constantFrom('user', 5) });
    fc.assert(
      fc.property(fc.array(fc.oneof(keyed, fc.jsonValue()), { maxLength: 8 }), (raw) => {
        const list = new AccessList<AnyModel>(raw, client);
        for (const { key } of raw.filter((item) => Object.hasOwn(Object(item), 'key')) as { key: unknown }[]) {
          if (typeof key !== 'string' || !/[^/]/.test(key)) continue;
          const same = (item: unknown) =>
            String((item as { key?: unknown } | null)?.key).replace(/^\/|\/$/g, '') === key.replace(/^\/|\/$/g, '');
          expect((list as unknown as AnyModel)[`/${key.replace(/^\/|\/$/g, '')}/`]).toBe(list[raw.findIndex(same)]);
        }
      }),
    );
  });

  it('is no promise and cannot be changed', async () => {
    check((list) => {
      expect(() => (list as AnyModel[]).push(list as never)).toThrow(TypeError);
      expect(() => Reflect.set(list, 0, 1)).toThrow(TypeError);
      expect(() => Reflect.set(list, 'x', 1)).toThrow(TypeError);
    });
    const list = new AccessList([{ key: '/then/' }], client);
    expect(await (list as unknown)).toBe(list);
  });
});
