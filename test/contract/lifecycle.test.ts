import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Mixcloud as Client, MixcloudClosedError, MixcloudTimeoutError } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { audio } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { getClientMethods } from '../support/client-methods.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const run = promisify(execFile);
const PATIENT = { timeout: 10_000 };
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

type Options = { readonly timeout?: number; readonly signal?: AbortSignal };

/** Every method, with the options that all of them take. */
const METHODS: readonly (readonly [string, (client: Client, options: Options) => unknown])[] = [
  ['get', (client, options) => client.get('bob', options)],
  ['me', (client, options) => client.me(options)],
  ['discover', (client, options) => client.discover('funk', options)],
  ['popular', (client, options) => client.popular({ page: 1, ...options })],
  ['hot', (client, options) => client.hot(options)],
  ['new', (client, options) => client.new(options)],
  ['search', (client, options) => client.search('x', options)],
  ['getMany', (client, options) => client.getMany(['bob', 'peter'], options)],
  ['follow', (client, options) => client.follow('bob', options)],
  ['unfollow', (client, options) => client.unfollow('bob', options)],
  ['favorite', (client, options) => client.favorite('luke/a-nice-mix', options)],
  ['unfavorite', (client, options) => client.unfavorite('luke/a-nice-mix', options)],
  ['repost', (client, options) => client.repost('luke/a-nice-mix', options)],
  ['unrepost', (client, options) => client.unrepost('luke/a-nice-mix', options)],
  ['listenLater', (client, options) => client.listenLater('luke/a-nice-mix', options)],
  ['unlistenLater', (client, options) => client.unlistenLater('luke/a-nice-mix', options)],
  ['embedJson', (client, options) => client.embedJson('luke/a-nice-mix', { width: 100, ...options })],
  ['embedHtml', (client, options) => client.embedHtml('luke/a-nice-mix', options)],
  ['oembed', (client, options) => client.oembed('luke/a-nice-mix', options)],
  ['upload', (client, options) => client.upload(audio(100), 'A show', { tags: ['Funk'], ...options })],
  ['edit', (client, options) => client.edit('perfect-mix', { name: 'x', ...options })],
  ['request', (client, options) => client.request('GET', 'bob', options)],
];

it('the methods that are tried are all that the client has', () => {
  expect(METHODS.map(([name]) => name).sort()).toEqual(getClientMethods());
});

/** Methods of what comes back: each is made ready, and then called. */
const METHODS_OF_MODELS: readonly (readonly [string, (client: Client) => Promise<(options: Options) => unknown>])[] = [
  [
    'load',
    async (client) => {
      const bob = await client.get('bob');
      return (options) => bob.load({ force: true, ...options });
    },
  ],
  [
    'connection',
    async (client) => {
      const bob = await client.get('bob');
      return (options) => bob.connection('feed', { limit: 1, ...options });
    },
  ],
  ['a connection method', async (client) => (await client.get('bob')).followers],
  [
    'follow of a resource',
    async (client) => {
      const bob = await client.get('bob');
      return (options) => bob.follow(options);
    },
  ],
  [
    'edit of a resource',
    async (client) => {
      const mix = await client.get('stationowner/perfect-mix');
      return (options) => mix.edit({ name: 'x', ...options });
    },
  ],
  [
    'embedHtml of a resource',
    async (client) => {
      const mix = await client.get('luke/a-nice-mix');
      return (options) => mix.embedHtml(options);
    },
  ],
  [
    'next',
    async (client) => {
      const list = await client.popular({ page: 1 });
      return (options) => list.next(options);
    },
  ],
  [
    'previous',
    async (client) => {
      const list = await client.popular({ page: 1 });
      return (options) => list.previous(options);
    },
  ],
  [
    'all with load',
    async (client) => {
      const list = await client.popular({ limit: 2 });
      return async (options) => {
        for await (const item of list.all({ load: true, ...options })) return item;
        return undefined;
      };
    },
  ],
  [
    'loadAll',
    async (client) => {
      const list = await client.popular({ limit: 2 });
      return (options) => list.loadAll(options);
    },
  ],
];

describe.each(modes)('a client and its calls ($mode)', ({ mode, Mixcloud }) => {
  describe('timeout of a call', () => {
    it.each(METHODS)('%s takes one', async (_name, call) => {
      const world = await newWorld();
      await world.fault({ name: 'hang' });
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      expect((await thrown(MixcloudTimeoutError, () => call(mixcloud, { timeout: 60 }))).timeout).toBe(60);
    });

    it.each(METHODS_OF_MODELS)('%s takes one', async (_name, ready) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      const call = await ready(mixcloud);
      await world.fault({ name: 'hang' });
      expect((await thrown(MixcloudTimeoutError, () => call({ timeout: 60 }))).timeout).toBe(60);
    });

    it.each(METHODS)('%s refuses one that is none', async (_name, call) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      for (const timeout of [0, -5, Number.NaN]) {
        expect((await thrown(RangeError, () => call(mixcloud, { timeout }))).message).toMatch(/^timeout: /);
      }
      await thrown(TypeError, () => call(mixcloud, { timeout: '60' as never }));
      expect(await world.requests()).toEqual([]);
    });

    it('may be longer than that of the client', async () => {
      const world = await newWorld({ delayMs: 400 });
      const mixcloud = clientOf(Mixcloud, world, { timeout: 100 });
      await thrown(MixcloudTimeoutError, () => mixcloud.get('bob'));
      expect((await mixcloud.get('bob', { timeout: 5000 })).key).toBe('/bob/');
    });

    it('leaves the next call its own answer', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      await world.fault({ name: 'delay', param: 300, times: 1 });
      await thrown(MixcloudTimeoutError, () => mixcloud.get('bob', { timeout: 100 }));
      for (const name of ['peter', 'alice', 'luke']) expect((await mixcloud.get(name)).username).toBe(name);
    });
  });

  if (mode === 'async') {
    describe('signal', () => {
      it.each(METHODS)('%s takes one', async (_name, call) => {
        const world = await newWorld();
        await world.fault({ name: 'hang' });
        const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
        const reason = new Error('enough');
        await expect(call(mixcloud, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
        expect(await world.requests()).toEqual([]);
        const controller = new AbortController();
        const pending = expect(call(mixcloud, { signal: controller.signal })).rejects.toBe(reason);
        await expect.poll(async () => (await world.requests()).length, PATIENT).toBeGreaterThan(0);
        controller.abort(reason);
        await pending;
      });

      it('ends the pause before another try', async () => {
        const world = await newWorld();
        const mixcloud = new Mixcloud({ apiRoot: world.faultRoot('rate-limit', 60), maxRateLimitWait: 100 });
        const controller = new AbortController();
        const pending = mixcloud.get('bob', { signal: controller.signal });
        const ended = expect(pending).rejects.toHaveProperty('name', 'AbortError');
        await expect.poll(async () => (await world.requests()).length, PATIENT).toBe(1);
        controller.abort();
        await ended;
      });

      it('must be one', async () => {
        const mixcloud = clientOf(Mixcloud, await newWorld());
        const { message } = await thrown(TypeError, () => mixcloud.get('bob', { signal: {} as never }));
        expect(message).toBe('signal: expected an AbortSignal, but got an object');
      });
    });
  } else {
    it.each(METHODS)('%s knows no signal, which could not fire while it blocks', async (_name, call) => {
      const mixcloud = clientOf(Mixcloud, await newWorld(), { accessToken: OWNER_TOKEN });
      const { message } = await thrown(TypeError, () => call(mixcloud, { signal: AbortSignal.abort() }));
      expect(message).toMatch(/^signal: a blocking call cannot be aborted/);
    });
  }

  describe('close', () => {
    it('ends the connections, and may be called again', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      await mixcloud.get('bob');
      expect((await world.connections()).open).toBe(1);
      expect(await mixcloud.close()).toBeUndefined();
      await mixcloud.close();
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('may be called before anything else', async () => {
      const mixcloud = clientOf(Mixcloud, await newWorld());
      await mixcloud.close();
      expect(await thrown(MixcloudClosedError, () => mixcloud.get('bob'))).toHaveProperty(
        'code',
        'ERR_MIXCLOUD_CLOSED',
      );
    });

    it.each(METHODS)('refuses %s afterwards', async (_name, call) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      await mixcloud.close();
      const error = await thrown(MixcloudClosedError, () => call(mixcloud, {}));
      expect(error.message).toBe('The client is closed; create a new one');
      expect(error).toHaveProperty('code', 'ERR_MIXCLOUD_CLOSED');
      expect(await world.requests()).toEqual([]);
    });

    it.each(METHODS_OF_MODELS)('refuses %s afterwards', async (_name, ready) => {
      const mixcloud = clientOf(Mixcloud, await newWorld(), { accessToken: OWNER_TOKEN });
      const call = await ready(mixcloud);
      await mixcloud.close();
      expect(await thrown(MixcloudClosedError, () => call({}))).toHaveProperty('code', 'ERR_MIXCLOUD_CLOSED');
    });

    it('leaves other clients alone', async () => {
      const world = await newWorld();
      const [one, other] = [clientOf(Mixcloud, world), clientOf(Mixcloud, world)];
      await one.get('bob');
      await one.close();
      expect((await other.get('peter')).key).toBe('/peter/');
    });

    it('is what disposal does', async () => {
      const mixcloud = clientOf(Mixcloud, await newWorld());
      await mixcloud.get('bob');
      const place = mode === 'async' ? Symbol.asyncDispose : Symbol.dispose;
      await (mixcloud as unknown as Record<symbol, () => unknown>)[place]?.();
      await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
      expect(Symbol.dispose in mixcloud).toBe(mode === 'sync');
    });

    if (mode === 'async') {
      it('lets what is under way be answered', async () => {
        const world = await newWorld({ delayMs: 200 });
        const mixcloud = clientOf(Mixcloud, world);
        const pending = mixcloud.get('bob');
        await expect.poll(async () => (await world.requests()).length, PATIENT).toBe(1);
        await mixcloud.close();
        expect((await pending).key).toBe('/bob/');
      });
    }
  });

  it('does not keep a program alive that forgets to close it', async () => {
    const world = await newWorld({ keepAliveMs: 60_000 });
    const [entry, name] = mode === 'async' ? ['mixcloud-client', 'Mixcloud'] : ['mixcloud-client/sync', 'MixcloudSync'];
    const script = `
      import { ${name} } from '${entry}';
      const bob = await new ${name}({ apiRoot: '${world.origin}' }).get('bob');
      console.log(bob.city);
    `;
    const start = performance.now();
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: ROOT,
      timeout: 15_000,
    });
    expect([stdout.trim(), stderr]).toEqual(['London', '']);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
