import { type AsyncMode, type DerivedOptions, MixcloudClosedError, type MixcloudOptions } from 'mixcloud-client';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { emulator, newWorld } from '../support/world.ts';

const PATIENT = { timeout: 10_000 };

describe.each(modes)('withOptions ($mode)', ({ mode, Mixcloud, Resource, ResourceList }) => {
  describe('accessToken', () => {
    it.each([null, undefined])('of %s is no token, and never that of the parent', async (accessToken) => {
      const world = await newWorld();
      const station = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      const visitor = station.withOptions({ accessToken });
      expect(visitor.accessToken).toBeNull();
      await visitor.get('bob');
      await thrown(TypeError, () => visitor.me());
      await thrown(TypeError, () => visitor.favorite('luke/a-nice-mix'));
      expect(await sent(world)).toEqual(['GET /bob/?metadata=1']);
      expect(station.accessToken).toBe(OWNER_TOKEN);
    });

    it.each([null, undefined])('of %s is not replaced by a constructor', async (accessToken) => {
      class Station extends Mixcloud {
        constructor(options: MixcloudOptions) {
          super({ ...options, accessToken: options.accessToken ?? OWNER_TOKEN });
        }
      }
      const station = clientOf(Station, await newWorld());
      const { message } = await thrown(TypeError, () => station.withOptions({ accessToken }));
      expect(message).toMatch(/^withOptions: the constructor of Station must pass its options on whole/);
    });

    it('that is not named is that of the parent, as it is now', async () => {
      const mixcloud = clientOf(Mixcloud, await newWorld());
      mixcloud.accessToken = OWNER_TOKEN;
      const derived = mixcloud.withOptions({ timeout: 5000 });
      mixcloud.accessToken = null;
      expect((await derived.me()).key).toBe('/stationowner/');
      derived.accessToken = 'another';
      expect(mixcloud.accessToken).toBeNull();
    });

    it('is not shown when it is given in place of the options', async () => {
      const mixcloud = new Mixcloud();
      const { message } = await thrown(TypeError, () => mixcloud.withOptions(OWNER_TOKEN as never));
      expect(message).toBe('withOptions options: expected an object such as { accessToken: … }, but got a string');
    });
  });

  it('changes the given options, and leaves the others', async () => {
    class Show extends Resource {}
    class Shows extends ResourceList {}
    const options = {
      apiRoot: 'https://api.example/v1',
      mixcloudRoot: 'https://www.example',
      oembedRoot: 'https://oembed.example/',
      accessToken: OWNER_TOKEN,
      raiseExceptions: true,
      jsonDecoder: (text: string) => JSON.parse(text),
      resourceClass: Show,
      resourceListClass: Shows,
      timeout: 1000,
      retries: 7,
      maxRateLimitWait: 8,
      userAgent: 'station/1',
    };
    const parent = new Mixcloud(options);
    const settings = (client: object) => Object.keys(options).map((name) => Reflect.get(client, name));
    expect(settings(parent.withOptions({}))).toEqual(Object.values(options));
    const none = Object.fromEntries(Object.keys(options).map((name) => [name, null]));
    expect(settings(parent.withOptions({ ...none, accessToken: 'other' }))).toEqual(
      Object.values({ ...options, accessToken: 'other' }),
    );
    const changed = { raiseExceptions: false, timeout: 5, retries: 0, maxRateLimitWait: 0, userAgent: 'station/2' };
    expect(settings(parent.withOptions(changed))).toEqual(Object.values({ ...options, ...changed }));
    expect(settings(parent)).toEqual(Object.values(options));
  });

  it('sends what the options of the new client say', async () => {
    const world = await newWorld();
    const parent = clientOf(Mixcloud, world, { retries: 0, userAgent: 'parent' });
    await world.fault({ name: 'html-503', times: 2 });
    const derived = parent.withOptions({ retries: 2, userAgent: 'derived', raiseExceptions: true });
    expect((await derived.get('bob')).key).toBe('/bob/');
    await parent.get('bob');
    const agents = (await world.requests()).map(({ headers }) => headers['user-agent']);
    expect(agents).toEqual(['derived', 'derived', 'derived', 'parent']);
  });

  it.each(['proxy', 'dispatcher'])('does not take %s, which belongs to the connections', async (name) => {
    const mixcloud = new Mixcloud();
    const { message } = await thrown(TypeError, () =>
      mixcloud.withOptions({ [name]: 'http://proxy.example' } as never),
    );
    expect(message).toMatch(new RegExp(`^${name}: the new client shares the connections`));
    expect(mixcloud.withOptions({ [name]: null } as never)).toBeInstanceOf(Mixcloud);
  });

  it('rejects what the constructor rejects', async () => {
    const mixcloud = new Mixcloud();
    expect((await thrown(TypeError, () => mixcloud.withOptions({ timeOut: 5 } as never))).message).toContain('timeout');
    await thrown(RangeError, () => mixcloud.withOptions({ timeout: -1 }));
    await thrown(TypeError, () => mixcloud.withOptions([] as never));
  });

  describe('connections', () => {
    it('are shared by parent, children and grandchildren', async () => {
      const world = await newWorld();
      const parent = clientOf(Mixcloud, world);
      const child = parent.withOptions({ accessToken: OWNER_TOKEN });
      for (const client of [child.withOptions({ accessToken: null }), child, parent]) await client.get('bob');
      // undici rests a connection for a turn of the event loop.
      expect((await world.connections()).total).toBeLessThanOrEqual(2);
    });

    it('go through the proxy of the parent, whoever calls first', async () => {
      const world = await newWorld();
      const proxy = await emulator().startProxy();
      onTestFinished(() => proxy.close());
      const parent = clientOf(Mixcloud, world, { proxy: proxy.origin });
      const child = parent.withOptions({ timeout: 5000 });
      expect((await child.get('bob')).key).toBe('/bob/');
      expect(await proxy.requests()).toHaveLength(1);
    });

    it('do not take a secret through a proxy on another machine', async () => {
      const parent = clientOf(Mixcloud, await newWorld(), { proxy: 'http://proxy.invalid:3128' });
      const child = parent.withOptions({ accessToken: OWNER_TOKEN });
      expect((await thrown(TypeError, () => child.get('bob'))).message).toContain('in plain text');
    });

    if (mode === 'async') {
      it('are those of the dispatcher of the parent', async () => {
        const world = await newWorld();
        let dispatches = 0;
        class Counting extends Agent {
          override dispatch(...given: Parameters<Agent['dispatch']>): boolean {
            dispatches += 1;
            return super.dispatch(...given);
          }
        }
        const dispatcher = new Counting();
        onTestFinished(() => dispatcher.close());
        const parent = clientOf(Mixcloud, world, { dispatcher });
        await parent.withOptions({ timeout: 5000 }).get('bob');
        expect(dispatches).toBe(1);
        await parent.close();
        expect(dispatcher.closed).toBe(false);
      });
    }
  });

  describe('a subclass', () => {
    it('is created by its own constructor', async () => {
      const world = await newWorld();
      class Station extends Mixcloud {
        readonly station: string | undefined;
        constructor({ station, ...options }: MixcloudOptions & { station?: string } = {}) {
          super({ timeout: 3000, ...options });
          this.station = station;
        }
        name() {
          return this.get('stationowner');
        }
      }
      const { apiRoot } = world;
      const station = new Station({ apiRoot, accessToken: OWNER_TOKEN, station: 'one' });
      const derived = station.withOptions({ accessToken: null, timeout: 4000 });
      expect(derived).toBeInstanceOf(Station);
      expect([derived.timeout, derived.accessToken, derived.station]).toEqual([4000, null, undefined]);
      expect((await derived.name()).key).toBe('/stationowner/');
      expect(station.withOptions({ station: 'two' } as never).station).toBe('two');
      expect(derived.withOptions({}).withOptions({})).toBeInstanceOf(Station);
    });

    it.each([
      [
        'that names its options',
        ({ apiRoot, timeout, accessToken }: MixcloudOptions) => ({ apiRoot, timeout, accessToken }),
      ],
      ['that copies them as JSON', (options: MixcloudOptions) => JSON.parse(JSON.stringify(options))],
      ['that takes none', () => ({})],
    ])('with a constructor %s says to override it, and leaves nothing open', async (_what, pass) => {
      const created: object[] = [];
      class Narrow extends Mixcloud {
        constructor(options: MixcloudOptions) {
          super(pass(options));
          created.push(this);
        }
      }
      const client = clientOf(Narrow, await newWorld());
      const { message } = await thrown(TypeError, () => client.withOptions({}));
      expect(message).toBe(
        'withOptions: the constructor of Narrow must pass its options on whole, as super({ ...options }) does; otherwise override withOptions',
      );
      await thrown(MixcloudClosedError, () => (created[1] as Narrow).get('bob'));
    });

    it('may override it', async () => {
      class Named extends Mixcloud {
        readonly station: string;
        constructor(station: string, options: MixcloudOptions = {}) {
          super(options);
          this.station = station;
        }
        override withOptions(options: DerivedOptions<AsyncMode>): this {
          return new Named(this.station, { ...options, apiRoot: this.apiRoot }) as this;
        }
      }
      const { apiRoot } = await newWorld();
      const derived = new Named('one', { apiRoot }).withOptions({ timeout: 5000 });
      expect([derived.station, derived.timeout, (await derived.get('bob')).key]).toEqual(['one', 5000, '/bob/']);
      await derived.close();
    });
  });

  describe('closing', () => {
    it('a derived client closes only it, and those derived from it', async () => {
      const world = await newWorld();
      const parent = clientOf(Mixcloud, world);
      const [one, other] = [parent.withOptions({}), parent.withOptions({})];
      const grandchild = one.withOptions({});
      await grandchild.get('bob');
      await one.close();
      await one.close();
      for (const closed of [one, grandchild]) await thrown(MixcloudClosedError, () => closed.get('bob'));
      await thrown(MixcloudClosedError, () => one.withOptions({}));
      for (const open of [parent, other]) expect((await open.get('bob')).key).toBe('/bob/');
      expect((await world.connections()).open).toBeGreaterThan(0);
    });

    it('the parent closes all of them, at any depth, and their connections', async () => {
      const world = await newWorld();
      const parent = clientOf(Mixcloud, world);
      let deepest = parent;
      for (let depth = 0; depth < 5; depth += 1) deepest = deepest.withOptions({});
      await deepest.get('bob');
      await parent.close();
      await thrown(MixcloudClosedError, () => deepest.get('bob'));
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
      // In the other order nothing is left to do.
      await deepest.close();
    });

    it('the parent ends the loops of the others', async () => {
      const world = await newWorld();
      const parent = clientOf(Mixcloud, world);
      const list = await parent.withOptions({}).popular();
      const loop = async () => {
        for await (const _item of list.all()) await parent.close();
      };
      await thrown(MixcloudClosedError, loop);
    });
  });
});

describe('calls of derived clients that wait', () => {
  const [{ Mixcloud }] = modes;
  const waits = {
    'for a rate limit': { name: 'rate-limit', param: 30 },
    'to try again': { name: 'unavailable', param: 30 },
  } as const;

  it.each(Object.entries(waits))('%s throw when their client or its parent is closed', async (_what, fault) => {
    for (const closing of ['derived', 'parent', 'grandparent'] as const) {
      const world = await newWorld();
      await world.fault(fault);
      const grandparent = clientOf(Mixcloud, world, { maxRateLimitWait: 60 });
      const parent = grandparent.withOptions({});
      const derived = parent.withOptions({ accessToken: OWNER_TOKEN });
      const call = expect(derived.get('bob')).rejects.toBeInstanceOf(MixcloudClosedError);
      await expect
        .poll(async () => (await world.connections()).inFlight === 0 && (await world.requests()).length, PATIENT)
        .toBe(1);
      await { derived, parent, grandparent }[closing].close();
      await call;
      expect(await world.requests()).toHaveLength(1);
    }
  });

  it('for their turn in getMany throw, and what was sent completes', async () => {
    const world = await newWorld({ delayMs: 150 });
    const parent = clientOf(Mixcloud, world);
    const derived = parent.withOptions({});
    const single = derived.get('bob');
    const many = expect(derived.getMany(['bob', 'peter', 'luke'], { concurrency: 1 })).rejects.toBeInstanceOf(
      MixcloudClosedError,
    );
    await expect.poll(async () => (await world.requests()).length, PATIENT).toBe(2);
    await parent.close();
    expect((await single).key).toBe('/bob/');
    await many;
    expect(await world.requests()).toHaveLength(2);
  });
});
