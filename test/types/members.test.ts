import { types } from 'node:util';
import { Mixcloud, MixcloudOAuth, Resource, ResourceList } from 'mixcloud-client';
import { MixcloudOAuthSync, MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';
import { describe, expect, it } from 'vitest';

const bob = { key: '/bob/', type: 'user', metadata: { connections: { fans: 'https://api.mixcloud.com/bob/fans/' } } };
const page = {
  data: [bob],
  paging: { next: 'https://api.mixcloud.com/new/?offset=20', previous: 'https://api.mixcloud.com/new/' },
};

/** Names of what an object has of its class and the classes above it, up to what every object or array has. */
function members(type: { readonly prototype: object }): (string | symbol)[] {
  const found = new Set<string | symbol>();
  let place = type.prototype;
  while (place !== Object.prototype && place !== Array.prototype) {
    for (const name of Reflect.ownKeys(place)) found.add(name);
    place = Object.getPrototypeOf(place);
  }
  const own: (string | symbol)[] = [Symbol.dispose, Symbol.asyncDispose];
  return [...found].filter((name) => !own.includes(name) && !String(name).includes('mixcloud-client:'));
}

/** Those that are methods and can be called by anybody. */
const methods = (type: { readonly prototype: object }) =>
  members(type).filter((name): name is string => {
    if (typeof name !== 'string' || name === 'constructor') return false;
    let place: object = type.prototype;
    while (!Object.hasOwn(place, name)) place = Object.getPrototypeOf(place);
    return typeof Object.getOwnPropertyDescriptor(place, name)?.value === 'function';
  });

const pairs = [
  ['Mixcloud', Mixcloud, MixcloudSync],
  ['MixcloudOAuth', MixcloudOAuth, MixcloudOAuthSync],
  ['Resource', Resource, ResourceSync],
  ['ResourceList', ResourceList, ResourceListSync],
] as const;

/** Arguments that the methods of a client take, a key aside. */
const OF_CLIENT: Readonly<Record<string, readonly unknown[]>> = {
  ...Object.fromEntries(['me', 'popular', 'hot', 'new', 'close', 'toJSON'].map((name) => [name, []])),
  discover: ['jazz'],
  search: ['x'],
  getMany: [['bob']],
  upload: [new Uint8Array(1), 'x'],
  edit: ['bob/mix', { name: 'x' }],
  request: ['GET', 'bob'],
  withOptions: [{}],
};
/** Arguments that the methods of the other classes take, where they take any. */
const OF_OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  connection: ['fans'],
  edit: [{ name: 'x' }],
  accessToken: ['x'],
};
// What sends nothing.
const SILENT = new Set(
  ['toJSON', 'toString', 'items', 'keys', 'values', 'close', 'validateClient', 'runOn'].concat('withOptions'),
);

/** Calls a method as a caller would; gives what came of it. */
function call(model: object, name: string): { readonly returned: unknown } | { readonly thrown: unknown } {
  const isClient = model instanceof Mixcloud || model instanceof MixcloudSync;
  const input = isClient ? (OF_CLIENT[name] ?? ['luke/mix']) : (OF_OTHERS[name] ?? []);
  try {
    return { returned: Reflect.get(model, name).apply(model, input) };
  } catch (thrown) {
    return { thrown };
  }
}

describe.each(pairs)('%s', (_name, asynchronous, blocking) => {
  it('has the same members in both modes', () => {
    expect(members(blocking)).toEqual(members(asynchronous));
    expect(methods(blocking)).toEqual(methods(asynchronous));
    expect(methods(blocking).length).toBeGreaterThan(2);
  });
});

const oauthOptions = { clientId: 'x', clientSecret: 'secret', redirectUri: 'https://x.example' };

/** One of each class, on a client that is closed, so that nothing is sent. */
async function closedModels(): Promise<{ asynchronous: object[]; blocking: object[] }> {
  const mixcloud = new Mixcloud({ accessToken: 'token' });
  await mixcloud.close();
  const sync = new MixcloudSync({ accessToken: 'token' });
  sync.close();
  return {
    asynchronous: [
      mixcloud,
      new MixcloudOAuth({ ...oauthOptions, mixcloud }),
      new Resource(bob, mixcloud),
      new ResourceList(page, mixcloud),
    ],
    blocking: [
      sync,
      new MixcloudOAuthSync({ ...oauthOptions, mixcloud: sync }),
      new ResourceSync(bob, sync),
      new ResourceListSync(page, sync),
    ],
  };
}

describe('every method', () => {
  it('of the blocking classes returns or throws at once, and never gives a promise', async () => {
    const { blocking } = await closedModels();
    let refused = 0;
    // All of them, but for those that send nothing and the iterator, which is lazy.
    const expected = pairs.flatMap(([, , type]) =>
      methods(type as typeof MixcloudSync).filter((name) => !SILENT.has(name) && name !== 'all'),
    );
    for (const [index, model] of blocking.entries()) {
      for (const name of methods(pairs[index]?.[2] as typeof MixcloudSync)) {
        const settled = call(model, name);
        if ('returned' in settled) {
          expect(types.isPromise(settled.returned), name).toBe(false);
          expect(Reflect.has(Object(settled.returned), 'then'), name).toBe(false);
        } else if (!SILENT.has(name)) {
          expect(settled.thrown, name).toMatchObject({ name: 'MixcloudClosedError', code: 'ERR_MIXCLOUD_CLOSED' });
          refused += 1;
        }
      }
    }
    expect(expected.length).toBeGreaterThan(30);
    expect(refused).toBe(expected.length);
  });

  it('of the asynchronous classes that sends anything gives a promise', async () => {
    const { asynchronous } = await closedModels();
    for (const [index, model] of asynchronous.entries()) {
      for (const name of methods(pairs[index]?.[1] as typeof Mixcloud)) {
        if (SILENT.has(name) || name === 'all') continue;
        const settled = call(model, name);
        const { returned } = settled as { returned?: unknown };
        expect(types.isPromise(returned), name).toBe(true);
        await expect(returned, name).rejects.toMatchObject({
          name: 'MixcloudClosedError',
          code: 'ERR_MIXCLOUD_CLOSED',
        });
      }
    }
  });

  it('that loops is an iterator of its mode', async () => {
    const { asynchronous, blocking } = await closedModels();
    const [ahead, now] = [asynchronous[3] as ResourceList, blocking[3] as ResourceListSync];
    expect([Symbol.iterator in now.all(), Symbol.asyncIterator in now.all()]).toEqual([true, false]);
    expect([Symbol.iterator in ahead.all(), Symbol.asyncIterator in ahead.all()]).toEqual([false, true]);
    expect(now.all().next().value).toBe(now[0]);
    expect((await ahead.all().next()).value).toBe(ahead[0]);
  });

  it('for a connection is of its mode', async () => {
    const { asynchronous, blocking } = await closedModels();
    const [second, now] = [asynchronous[2] as Resource, blocking[2] as ResourceSync];
    expect(() => now.fans()).toThrow('The client is closed');
    const promised = second.fans();
    expect(types.isPromise(promised)).toBe(true);
    await expect(promised).rejects.toThrow('The client is closed');
  });
});
