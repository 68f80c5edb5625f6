import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { UnknownFields } from '../../src/shared/models/access-dict.ts';
import { AccessDict } from '../../src/shared/models/access-dict.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { MixcloudConnectionError, MixcloudError } from '../../src/shared/protocol/errors.ts';
import { apiError, type FakeMode, FakeRunner, failure, response, type Server } from './fakes.ts';

const API = 'https://api.mixcloud.com';
const mix = (key: string) => ({ key, type: 'cloudcast', slug: key.split('/')[2] });
const envelope = {
  name: 'Popular Cloudcasts',
  data: [mix('/chris/funky-mix/'), mix('/%CE%B1/ok/'), { key: '/paging/', type: 'user' }],
  paging: { next: `${API}/popular/?offset=20`, previous: `${API}/popular/?offset=0` },
  updated: '2018-03-10T07:32:00Z',
};
type Any = ResourceListBase<FakeMode, ResourceBase<FakeMode> & UnknownFields> & UnknownFields;
const list = (fields: object = envelope, server?: Server, settings = {}) =>
  new ResourceListBase<FakeMode>({ ...fields }, new FakeRunner(settings, server)) as unknown as Any;
/** A server that has the whole of every resource. */
const whole: Server = ({ url }) => response({ key: new URL(url).pathname, type: 'cloudcast', description: 'Long' });

describe('a list of resources', () => {
  const popular = list();

  it('is an array of partial resources', () => {
    expect(Array.isArray(popular)).toBe(true);
    expect(popular).toHaveLength(3);
    expect(popular.every((item) => item instanceof ResourceBase && !item.full)).toBe(true);
    expect(popular[0]).toBe(popular[0]);
    expect(popular.map(({ slug }) => slug)).toEqual(['funky-mix', 'ok', undefined]);
  });

  it('reads an item by its key, encoded or not, slashes optional', () => {
    for (const key of ['chris/funky-mix', '/chris/funky-mix/']) expect(popular[key]).toBe(popular[0]);
    for (const key of ['α/ok', '/%CE%B1/ok/', '%ce%b1/ok']) expect(popular[key]).toBe(popular[1]);
    expect(popular['nobody/nothing']).toBeUndefined();
    expect(popular['/paging/']).toBe(popular[2]);
  });

  it('is no promise, whatever the keys of its items are', async () => {
    const items = list({ data: [{ key: '/then/', type: 'user' }] });
    expect(items.then).toBeUndefined();
    expect('then' in items).toBe(false);
    expect(await Promise.resolve(items)).toBe(items);
    expect(items['/then/']).toBe(items[0]);
  });

  it('reads the fields of its envelope', () => {
    expect(popular.name).toBe('Popular Cloudcasts');
    expect(popular.paging?.next).toBe(envelope.paging.next);
    expect(popular.paging).toBe(popular.paging);
    expect(popular.updated.year).toBe(2018);
    expect(popular.data).toEqual(envelope);
  });

  it('does without them', () => {
    const bare = list({ data: [] });
    expect([bare.name, bare.paging, bare.length, bare.next(), bare.previous()]).toEqual([
      undefined,
      undefined,
      0,
      null,
      null,
    ]);
    expect(list({ data: [], name: 5 }).name).toBeUndefined();
    expect(list({ data: [{ key: '/paging/', type: 'user' }] }).paging).toBeUndefined();
  });

  it('is written as its items, with what was loaded', () => {
    const loading = list(envelope, whole);
    loading[0]?.load();
    const written = JSON.parse(JSON.stringify(loading));
    expect(written).toEqual([{ ...envelope.data[0], description: 'Long' }, envelope.data[1], envelope.data[2]]);
    expect(loading.data).toEqual(envelope);
    expect(Object.keys(loading)).toEqual(['0', '1', '2']);
  });

  it('shows its name', () => {
    expect(String(popular)).toBe("<ResourceList 'Popular Cloudcasts'>");
    expect(String(list({ data: [] }))).toBe('<ResourceList>');
    expect(inspect(list({ data: [mix('/a/b/')] }), { breakLength: Infinity })).toBe(
      "<ResourceList> [ <Resource: Cloudcast '/a/b/'> { key: '/a/b/', type: 'cloudcast', slug: 'b' } ]",
    );
  });

  it('has the client that it came from', () => {
    const client = new FakeRunner();
    expect(new ResourceListBase<FakeMode>(envelope, client).mixcloud).toBe(client);
  });

  it('refuses changes', () => {
    expect(() => (popular as unknown as unknown[]).push(1)).toThrow(TypeError);
    expect(() => Reflect.set(popular, 'name', 'x')).toThrow(TypeError);
  });

  it('may hold anything', () => {
    const mixed = list({ data: [null, 'x', { key: '/a/' }, mix('/a/b/')] });
    expect(mixed[2]).toBeInstanceOf(AccessDict);
    expect(mixed['a/b']).toBe(mixed[3]);
    expect(list({ data: 'x' })).toHaveLength(0);
  });
});

describe('next and previous', () => {
  it('fetch the page that the link leads to', () => {
    const client = new FakeRunner({}, () => response({ data: [mix('/a/b/')] }));
    const popular = new ResourceListBase<FakeMode>(envelope, client);
    const next = popular.next({ timeout: 5 });
    expect(next).toBeInstanceOf(ResourceListBase);
    popular.previous();
    expect(client.sent).toEqual([
      `GET ${API}/popular/?offset=20&metadata=1`,
      `GET ${API}/popular/?offset=0&metadata=1`,
    ]);
    expect(client.batches[0]?.requests[0]?.timeout).toBe(5);
  });

  it('refuse misuse, page or no page', () => {
    for (const fields of [envelope, { data: [] }]) {
      expect(() => list(fields).next({ limit: 5 } as never)).toThrow(/^next options: unknown option "limit"/);
      expect(() => list(fields).previous({ limit: 5 } as never)).toThrow(/^previous options: unknown option "limit"/);
    }
  });
});

describe('loadAll', () => {
  it('loads what is partial in one step, and returns the list itself', () => {
    const client = new FakeRunner({}, whole);
    const popular = new ResourceListBase<FakeMode>(envelope, client) as unknown as Any;
    popular[1]?.load();
    expect(popular.loadAll({ concurrency: 3, timeout: 5 })).toBe(popular);
    expect(client.batches).toHaveLength(2);
    expect(client.batches[1]).toMatchObject({ concurrency: 3, requests: [{ timeout: 5 }, { timeout: 5 }] });
    expect(client.sent.slice(1)).toEqual([`GET ${API}/chris/funky-mix/?metadata=1`, `GET ${API}/paging/?metadata=1`]);
    expect(popular.map((item) => [item.full, item.description])).toEqual(Array(3).fill([true, 'Long']));
    popular.loadAll();
    expect(client.batches).toHaveLength(2);
    popular.loadAll({ force: true });
    expect(client.batches[2]?.requests).toHaveLength(3);
    expect(client.batches[2]?.concurrency).toBe(8);
  });

  it('passes over what is no resource', () => {
    const client = new FakeRunner({}, whole);
    new ResourceListBase<FakeMode>({ data: [null, 'x', { key: '/a/' }, mix('/a/b/')] }, client).loadAll();
    expect(client.sent).toEqual([`GET ${API}/a/b/?metadata=1`]);
  });

  it('sends nothing for an empty list', () => {
    const empty = list({ data: [] });
    expect(empty.loadAll()).toBe(empty);
  });

  it('throws the first failure, and keeps what was loaded', () => {
    const server: Server = (request) => (request.url.includes('chris') ? failure() : whole(request));
    const popular = list(envelope, server);
    expect(() => popular.loadAll()).toThrow(MixcloudConnectionError);
    expect(popular.map(({ full }) => full)).toEqual([false, true, true]);
  });

  it.each([false, true])('throws what the API refuses, with raiseExceptions %s', (raiseExceptions) => {
    const server: Server = (request) => (request.url.includes('chris') ? apiError('X', 404) : whole(request));
    const popular = list(envelope, server, { raiseExceptions });
    expect(() => popular.loadAll()).toThrow(MixcloudError);
    expect(popular.map(({ full }) => full)).toEqual([false, true, true]);
  });

  it.each([undefined, 5, '', '/../', 'a//b'])('loads the other items when one has the key %j, then throws', (key) => {
    const client = new FakeRunner({}, whole);
    const data = [mix('/a/b/'), { ...mix('/a/c/'), key }, mix('/a/d/')];
    const some = new ResourceListBase<FakeMode>({ data }, client);
    expect(() => some.loadAll()).toThrow(
      expect.objectContaining({
        name: 'MixcloudError',
        message: expect.stringMatching(/^Item 1 of the list has no usable key: the API sent /),
      }),
    );
    expect(client.batches).toHaveLength(1);
    expect([...some].map((item) => (item as unknown as { full: boolean }).full)).toEqual([true, false, true]);
  });

  it.each<readonly [object, string]>([
    [{ force: 1 }, 'force: expected true or false'],
    [{ concurrency: '8' }, 'concurrency: expected a number'],
    [{ limit: 5 }, 'loadAll options: unknown option "limit"'],
    [{ timeout: '5' }, 'timeout: expected a number'],
  ])('refuses %j', (input, expected) => {
    expect(() => list().loadAll(input as never)).toThrow(TypeError);
    expect(() => list().loadAll(input as never)).toThrow(expected);
  });
});
