import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { UnknownFields } from '../../src/shared/models/access-dict.ts';
import { AccessDict } from '../../src/shared/models/access-dict.ts';
import { AccessList } from '../../src/shared/models/access-list.ts';
import { createModels, validateClass } from '../../src/shared/models/model-factory.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { TargetedMethods } from '../../src/shared/models/targeted-methods.ts';
import { MixcloudError } from '../../src/shared/protocol/errors.ts';
import { apiError, type FakeMode, FakeRunner, failure, owner, response, type Server, TOKEN } from './fakes.ts';

const API = 'https://api.mixcloud.com';
const connections = {
  followers: `${API}/bob/followers/`,
  'listen-later': `${API}/bob/listen-later/`,
  following: `${API}/bob/following/?x=1`,
};
const data = { key: '/bob/', type: 'user', name: 'Bob', following: true, metadata: { connections } };
type Any = ResourceBase<FakeMode> & UnknownFields;
/** The arguments that a method of any name takes. */
type Method = (input: unknown) => unknown;
const bob = (fields: object = data, client = new FakeRunner(), origin = {}) =>
  new ResourceBase<FakeMode>({ ...fields }, client, origin) as Any;
const TARGETED = Object.entries(Object.getOwnPropertyDescriptors(TargetedMethods.prototype)).flatMap(
  ([name, { value }]) => (typeof value === 'function' && name !== 'constructor' ? name : []),
);
const empty: Server = () => response({ data: [] });

describe('a resource', () => {
  it('has a key, a type and a short name', () => {
    const model = bob();
    expect([model.key, model.type, model.full]).toEqual(['/bob/', 'user', false]);
    expect(String(model)).toBe("<Resource: User '/bob/'>");
    expect(String(bob({ type: '' }))).toBe('<Resource: >');
    expect(inspect(bob({ key: '/bob/', type: 'user' }))).toBe(
      "<Resource: User '/bob/'> { key: '/bob/', type: 'user' }",
    );
    expect(model).toBeInstanceOf(AccessDict);
  });

  it('has the fields of its data, connections or not', () => {
    const model = bob();
    expect(Object.keys(model)).toEqual(Object.keys(data));
    expect(JSON.parse(JSON.stringify(model))).toEqual(data);
    expect(['followers' in model, 'load' in model, 'name' in model]).toEqual([false, false, true]);
    expect([...model.items()].map(([, value]) => value).slice(0, 4)).toEqual(['/bob/', 'user', 'Bob', true]);
  });
});

describe('a connection', () => {
  it('is a method, in camelCase, that takes pagination', () => {
    const client = new FakeRunner({}, empty);
    const model = bob(data, client);
    model.followers({ limit: 50 });
    (model.listenLater as Method)({ page: 1 });
    model.following();
    expect(client.sent).toEqual([
      `GET ${API}/bob/followers/?metadata=1&limit=50`,
      `GET ${API}/bob/listen-later/?metadata=1&limit=20&offset=20`,
      `GET ${API}/bob/following/?x=1&metadata=1`,
    ]);
    expect(model.followers).toBe(model.followers);
    expect(() => model.followers({ limt: 5 })).toThrow('did you mean "limit"?');
  });

  it('comes after the members of the class, before targeted methods and before data', () => {
    const client = owner();
    const hostile = Object.fromEntries(
      ['load', 'key', 'data', 'toString', 'constructor', 'connection', 'favorite', 'name', '__proto__'].map((name) => [
        name,
        `${API}/bob/${name}/`,
      ]),
    );
    const model = bob({ ...data, metadata: { connections: hostile } }, client);
    expect(model.load).toBe(ResourceBase.prototype.load);
    expect(model.connection).toBe(ResourceBase.prototype.connection);
    expect(model.constructor).toBe(ResourceBase);
    expect([model.key, model.data.name]).toEqual(['/bob/', 'Bob']);
    expect(model.favorite).not.toBe(ResourceBase.prototype.favorite);
    expect(model.name).toBeTypeOf('function');
    expect(model.follow).toBe(ResourceBase.prototype.follow);
    expect(bob().following).toBeTypeOf('function');
    expect(bob().data.following).toBe(true);
  });

  it('comes after the methods of a subclass', () => {
    class Mine extends ResourceBase<FakeMode> {
      override favorite() {
        return 'mine' as never;
      }
      followers() {
        return 'mine too';
      }
    }
    const links = { connections: { favorite: `${API}/bob/favorite/`, followers: `${API}/bob/followers/` } };
    const model = new Mine({ ...data, metadata: links }, new FakeRunner());
    expect([model.favorite(), model.followers()]).toEqual(['mine', 'mine too']);
  });

  it('does not hide the client', () => {
    const client = new FakeRunner();
    const names = { mixcloud: `${API}/bob/mixcloud/`, data: `${API}/bob/data/`, load: `${API}/bob/load/` };
    const model = bob({ ...data, metadata: { connections: names } }, client);
    expect(model.mixcloud).toBe(client);
    expect([model.data.key, model.load]).toEqual(['/bob/', ResourceBase.prototype.load]);
  });

  it.each(TARGETED)('comes before the targeted method of its name: %s', (name) => {
    const client = new FakeRunner({}, empty);
    const model = bob({ key: '/bob/', type: 'x', metadata: { connections: { [name]: `${API}/bob/there/` } } }, client);
    (model[name] as Method)({});
    expect(client.sent).toEqual([`GET ${API}/bob/there/?metadata=1`]);
  });

  it('is looked for only when a name is no member, and its name is worked out once', () => {
    let lookups = 0;
    const metadata = {
      get connections() {
        lookups += 1;
        return connections;
      },
    };
    const model = bob({ key: '/bob/', type: 'user', metadata });
    expect([model.data.key, model.mixcloud, model.then, typeof model.load]).toMatchObject([
      '/bob/',
      {},
      undefined,
      'function',
    ]);
    expect(lookups).toBe(0);
    expect(typeof model.followers).toBe('function');
    const first = lookups;
    expect([typeof model.followers, typeof model.listenLater]).toEqual(['function', 'function']);
    expect([first > 0, lookups]).toEqual([true, first]);
  });

  it.each(['then', '-then', 'then-'])('never makes a promise of the resource: %s', async (name) => {
    const model = bob({ ...data, metadata: { connections: { [name]: `${API}/bob/then/` } } });
    expect(model.then).toBeUndefined();
    expect(await Promise.resolve(model)).toBe(model);
  });

  it.each<readonly [string, object, object]>([
    ['metadata', { ...data, metadata: undefined }, {}],
    ['an object in metadata', { ...data, metadata: 'x' }, {}],
    ['an object of connections', { ...data, metadata: { connections: [API] } }, {}],
    ['a link that is a text', { ...data, metadata: { connections: { followers: 5 } } }, {}],
  ])('of another name is no method without %s', (_name, fields, origin) => {
    expect(bob(fields, new FakeRunner(), origin).listenLater).toBe(ResourceBase.prototype.listenLater);
    expect(bob(fields, new FakeRunner(), origin).fans).toBeUndefined();
  });

  it.each([
    ['user', ['cloudcasts', 'comments', 'favorites', 'feed', 'followers', 'following', 'listens', 'playlists']],
    ['cloudcast', ['comments', 'favorites', 'listeners', 'similar']],
    ['tag', ['latest', 'popular']],
  ])('that is known for a %s is a method without metadata', (type, names) => {
    const client = new FakeRunner({}, empty);
    const model = bob({ key: '/bob/', type, following: true }, client);
    for (const name of names) (model[name] as Method)({ limit: 1 });
    expect(client.sent).toEqual(names.map((name) => `GET ${API}/bob/${name}/?metadata=1&limit=1`));
    expect(bob({ key: '/bob/', type: 'other' }).followers).toBeUndefined();
  });

  it('is no method if connections are not created, until a load that sends a request', () => {
    const client = new FakeRunner({}, () => response(data));
    const model = bob(data, client, { createConnections: false, full: true });
    expect([model.followers, model.following]).toEqual([undefined, true]);
    model.load();
    expect(model.followers).toBeUndefined();
    model.load({ force: true });
    expect([typeof model.followers, typeof model.following]).toEqual(['function', 'function']);
  });

  it('can be asked for by its name in any case', () => {
    const client = new FakeRunner({}, empty);
    bob(data, client, { createConnections: false }).connection('listen-later', { limit: 1 });
    bob({ key: '/bob/', type: 'user' }, client).connection('comments');
    expect(client.sent).toEqual([
      `GET ${API}/bob/listen-later/?metadata=1&limit=1`,
      `GET ${API}/bob/comments/?metadata=1`,
    ]);
  });
});

describe('a targeted method', () => {
  const cases = [
    ['follow', 'POST', 'follow'],
    ['unfollow', 'DELETE', 'follow'],
    ['favorite', 'POST', 'favorite'],
    ['unfavorite', 'DELETE', 'favorite'],
    ['repost', 'POST', 'repost'],
    ['unrepost', 'DELETE', 'repost'],
    ['listenLater', 'POST', 'listen-later'],
    ['unlistenLater', 'DELETE', 'listen-later'],
  ] as const;

  it.each(cases)('%s has the key filled in', (name, method, place) => {
    const client = new FakeRunner({ accessToken: TOKEN }, empty);
    bob({ key: '/%CE%B1/', type: 'user' }, client)[name]({ timeout: 5 });
    expect(client.sent).toEqual([`${method} ${API}/%CE%B1/${place}/`]);
    expect(client.batches[0]?.requests[0]).toMatchObject({ timeout: 5, secrets: { access_token: TOKEN } });
  });

  it.each<readonly [string, unknown, string]>([
    ['embedHtml', { width: 300 }, `GET ${API}/bob/embed-html/?width=300`],
    ['embedJson', undefined, `GET ${API}/bob/embed-json/`],
    ['edit', { name: 'x' }, `POST ${API}/upload/luke/mix/edit/`],
  ])('%s has the key filled in', (name, input, expected) => {
    const client = new FakeRunner({ accessToken: TOKEN }, () => response({ result: {} }));
    const model = bob({ key: name === 'edit' ? '/luke/mix/' : '/bob/', type: 'x' }, client);
    (model as unknown as Record<string, Method>)[name]?.call(model, input);
    expect(client.sent).toEqual([expected]);
  });

  it('oembed has the key filled in', () => {
    const client = new FakeRunner({}, empty);
    bob(data, client).oembed({ format: 'xml' });
    expect(client.sent[0]).toContain('?url=https%3A%2F%2Fwww.mixcloud.com%2Fbob%2F&format=xml');
  });
});

describe('load', () => {
  const partial = { key: '/luke/mix/', type: 'cloudcast', name: 'Mix', user: { key: '/luke/', type: 'user' } };
  const whole = {
    ...partial,
    description: 'Long',
    user: { key: '/luke/', type: 'user', city: 'Athens' },
    metadata: { connections: { similar: `${API}/luke/mix/similar/` } },
  };

  it('fills in what is missing, and returns the resource itself', () => {
    const client = new FakeRunner({}, () => response(whole));
    const mix = bob(partial, client);
    const { user } = mix;
    expect(mix.load({ timeout: 9 })).toBe(mix);
    expect(client.sent).toEqual([`GET ${API}/luke/mix/?metadata=1`]);
    expect(client.batches[0]?.requests[0]?.timeout).toBe(9);
    expect([mix.full, mix.description, typeof mix.similar]).toEqual([true, 'Long', 'function']);
    expect(mix.user).toBe(user);
    expect([user.city, user.full]).toEqual(['Athens', false]);
    expect(JSON.parse(JSON.stringify(mix))).toEqual(whole);
  });

  it('does nothing when it is full, unless forced', () => {
    const client = new FakeRunner({}, () => response({ ...whole, name: 'New' }));
    const mix = bob(whole, client, { full: true });
    expect(mix.load().name).toBe('Mix');
    expect(mix.load({ force: false }).name).toBe('Mix');
    expect(client.sent).toEqual([]);
    expect(mix.load({ force: true }).name).toBe('New');
  });

  it('keeps what it had that the answer has not, and lets go of what became another', () => {
    const other = { ...whole, user: { key: '/peter/', type: 'user' }, name: undefined };
    const mix = bob({ ...partial, listen_time: '2018-03-10T07:32:00Z' }, new FakeRunner({}, () => response(other)));
    const { user } = mix;
    mix.load();
    expect([mix.name, mix.listen_time.year]).toEqual(['Mix', 2018]);
    expect(mix.user).not.toBe(user);
    expect(mix.user.key).toBe('/peter/');
  });

  it('brings what was loaded to the JSON of what holds it', () => {
    const client = new FakeRunner({}, () => response({ key: '/luke/', type: 'user', city: 'Athens' }));
    const mix = bob(partial, client);
    mix.user.load();
    expect(JSON.parse(JSON.stringify(mix)).user.city).toBe('Athens');
    expect(mix.data.user).toEqual(partial.user);
  });

  it.each([
    apiError('X', 404),
    response(''),
    response({ error: 'x', key: '/y/' }),
    response({ data: [] }),
    response({}),
    response({ key: 5, type: 'x' }),
  ])('throws and leaves it partial when the answer is no resource: %o', (result) => {
    const mix = bob(partial, new FakeRunner({}, () => result));
    expect(() => mix.load()).toThrow(MixcloudError);
    expect(mix.full).toBe(false);
    expect(mix.data).toEqual(partial);
  });

  it('throws under raiseExceptions, and leaves it as it is', () => {
    const mix = bob(partial, new FakeRunner({ raiseExceptions: true }, () => apiError('X', 404)));
    expect(() => mix.load()).toThrow(MixcloudError);
    expect([mix.full, mix.data]).toEqual([false, partial]);
    expect(() => bob(partial, new FakeRunner({}, () => failure())).load()).toThrow(MixcloudError);
  });

  it('refuses misuse', () => {
    expect(() => bob(partial).load({ force: 'yes' as never })).toThrow(/^force: expected true or false/);
    expect(() => bob(partial).load({ forced: true } as never)).toThrow('did you mean "force"?');
    expect(() => bob({ type: 'user' }).load()).toThrow('The resource has no usable key: the API sent undefined');
  });
});

describe('an error', () => {
  it('is no resource, although it has a type', () => {
    const model = new AccessDict({ error: { type: 'X', message: 'm' } }, new FakeRunner()) as Any;
    expect(Object.getPrototypeOf(model.error)).toBe(AccessDict.prototype);
    expect(model.error).toBe(model.error);
  });
});

describe('readClass', () => {
  class Mine extends ResourceBase<FakeMode> {}

  it('takes the default class and its subclasses', () => {
    expect(validateClass('resourceClass', undefined, ResourceBase)).toBe(ResourceBase);
    expect(validateClass('resourceClass', ResourceBase, ResourceBase)).toBe(ResourceBase);
    expect(validateClass('resourceClass', Mine, ResourceBase)).toBe(Mine);
  });

  it.each([null, 'Resource', {}, Object, AccessDict, AccessList, () => {}])('refuses %s', (value) => {
    expect(() => validateClass('resourceClass', value, ResourceBase)).toThrow(
      /^resourceClass: expected Resource or a subclass of it, but got /,
    );
  });

  it('lets a subclass have fields of its own, which are not the data’s', () => {
    class Counted extends ResourceBase<FakeMode> {
      count = 1;
    }
    const model = new Counted({ key: '/bob/', type: 'user' }, new FakeRunner());
    expect([model.count, Object.keys(model), model instanceof Mine]).toEqual([1, ['key', 'type'], false]);
  });

  it('lets a subclass assign to what it has a setter for, and to nothing that can only be read', () => {
    class Labelled extends ResourceBase<FakeMode> {
      #label = '';
      constructor(name: string, value: string) {
        super({ key: '/bob/' }, new FakeRunner());
        Reflect.set(this, name, value);
      }
      get label() {
        return this.#label;
      }
      set label(label: string) {
        this.#label = label;
      }
      get size() {
        return this.#label.length;
      }
    }
    expect(() => new Labelled('size', 'x')).toThrow('Cannot change "size": models are read-only');
    expect(() => new Labelled('label', 'x')).not.toThrow();
  });

  it('lets the constructor of a subclass return another object', () => {
    const other = {};
    class Replaced extends ResourceBase<FakeMode> {
      constructor(...args: ConstructorParameters<typeof ResourceBase<FakeMode>>) {
        super(...args);
        // biome-ignore lint/correctness/noConstructorReturn: this is what is tested
        return other as this;
      }
    }
    const models = createModels(new FakeRunner(), Replaced, ResourceListBase<FakeMode>);
    expect(models.resource(data, false, true)).toBe(other);
  });

  it('lets a field of a subclass cover one of the data, however it is compiled', () => {
    class Covering extends ResourceBase<FakeMode> {
      name = 'mine';
    }
    class Assigning extends ResourceBase<FakeMode> {
      declare name: string;
      constructor(...args: ConstructorParameters<typeof ResourceBase<FakeMode>>) {
        super(...args);
        this.name = 'mine';
      }
    }
    for (const type of [Covering, Assigning]) {
      const client = new FakeRunner();
      const models = createModels(client, type, ResourceListBase<FakeMode>);
      const model = models.resource(data, false, true) as Any;
      expect([model.name, model.data.name]).toEqual(['mine', 'Bob']);
      expect(Object.keys(model)).toEqual(Object.keys(data));
      expect(() => Object.assign(model, { name: 'x' })).toThrow('Cannot change "name"');
      expect(() => Object.defineProperty(model, 'name', { value: 1, configurable: true })).toThrow(TypeError);
    }
  });
});
