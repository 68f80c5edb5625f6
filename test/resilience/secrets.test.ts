import { type Mixcloud, MixcloudError, type MixcloudEvent, type Resource, type ResourceList } from 'mixcloud-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AWKWARD_TOKEN, LISTENER_APP, OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { Browser } from '../support/browser.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { emulator } from '../support/world.ts';
import { leak, shown } from './shown.ts';

const REDIRECT_URI = 'https://station.example/store-code';

async function settled(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    return error;
  }
}

describe.each(modes)('secrets are not shown ($mode)', ({ Mixcloud, MixcloudOAuth }) => {
  let world: WorldHandle;

  beforeAll(async () => {
    world = await emulator().world();
  });
  afterAll(() => world.close());

  describe.each([
    ['plain', OWNER_TOKEN],
    ['awkward', AWKWARD_TOKEN],
  ])('a token that is %s', (_kind, accessToken) => {
    it.each([
      ['error-token', true],
      ['error-token', false],
      ['echo-url', true],
      ['echo-url', false],
    ])('by an answer that repeats it (%s, raiseExceptions: %s)', async (fault, raiseExceptions) => {
      const mixcloud = clientOf(Mixcloud, world, { apiRoot: world.faultRoot(fault), accessToken, raiseExceptions });
      for (const call of [
        () => mixcloud.get('bob'),
        () => mixcloud.me(),
        () => mixcloud.follow('peter'),
        () => mixcloud.embedHtml('bob/a-show'),
        () => mixcloud.upload(new Uint8Array(10), 'A show'),
        () => mixcloud.edit('a-show', { name: 'Another' }),
        () => mixcloud.getMany(['bob', 'peter']),
      ]) {
        expect(leak(shown(await settled(call)), accessToken)).toBeUndefined();
      }
      await mixcloud.close();
    });

    it('by lists, whose links the API makes out of the request', async () => {
      const mixcloud = clientOf(Mixcloud, world, { accessToken });
      const list = (await mixcloud.get('bob/followers')) as unknown as ResourceList;
      expect(list.paging?.next).toContain('access_token=[redacted]');
      const next = await list.next();
      const all: unknown[] = [];
      for await (const item of list.all()) all.push(item);
      expect(all).toHaveLength(56);
      const [first] = list as unknown as Resource[];
      await first?.load();
      for (const value of [list, list.data, list.paging, next, next?.data, all, first, first?.data]) {
        expect(leak(shown(value), accessToken)).toBeUndefined();
      }
      await mixcloud.close();
    });

    it('by events', async () => {
      const events: MixcloudEvent[] = [];
      const onEvent = (event: MixcloudEvent) => void events.push(event);
      const abroad = `redirect-abroad:${encodeURIComponent('http://127.0.0.2:9')}`;
      for (const fault of ['redirect-chain:2', 'error-token', 'echo-url', 'reset', 'hang', abroad]) {
        const timeout = fault === 'hang' ? 100 : 10_000;
        const apiRoot = `${world.origin}/fault/${fault}`;
        const mixcloud = clientOf(Mixcloud, world, { apiRoot, accessToken, retries: 1, timeout, onEvent });
        for (const call of [
          () => mixcloud.get('bob'),
          () => mixcloud.follow('peter'),
          () => mixcloud.upload(new Uint8Array(10), 'A show'),
          () => mixcloud.request('POST', 'bob/comments', { fields: { comment: 'x' } }),
        ]) {
          await settled(call);
        }
        await mixcloud.close();
      }
      expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['request', 'response', 'failure', 'retry']));
      // A redirect repeats the query of the request, with the token.
      const location = events.find((event) => event.type === 'response' && 'location' in event.headers);
      expect(location).toMatchObject({ headers: { location: expect.stringContaining('metadata=1') } });
      for (const event of events) {
        expect(leak(shown(event), accessToken)).toBeUndefined();
        if (event.type === 'failure') expect(leak(shown(event.error), accessToken)).toBeUndefined();
      }
    });

    it('by the client and what belongs to it', async () => {
      const mixcloud = clientOf(Mixcloud, world, { accessToken });
      const me = await mixcloud.me();
      const oauth = new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientSecret: accessToken, mixcloud });
      for (const value of [mixcloud, me, me.data, oauth, [mixcloud], { me, oauth }, new Map([[me, mixcloud]])]) {
        expect(leak(shown(value), accessToken)).toBeUndefined();
      }
      await mixcloud.close();
    });

    it('by misuse that has it where it does not belong', async () => {
      const mixcloud = clientOf(Mixcloud, world, { accessToken });
      const query = new URLSearchParams({ access_token: accessToken });
      for (const call of [
        () => mixcloud.get(`${world.origin}/bob/?${query}`),
        () => mixcloud.get(`https://x.example/?${query}`),
        () => mixcloud.get(`ftp://x.example/?${query}`, { relative: false }),
        () => mixcloud.get(`https://station:${encodeURIComponent(accessToken)}@x.example/`, { relative: false }),
        () => mixcloud.get('bob', { params: { access_token: accessToken } }),
        () => clientOf(Mixcloud, world, { apiRoot: `${world.origin}/?${query}` }),
        () => clientOf(Mixcloud, world, { apiRoot: `https://x:${encodeURIComponent(accessToken)}@x.example/` }),
        () => clientOf(Mixcloud, world, { proxy: `socks://x:${encodeURIComponent(accessToken)}@x.example/` }),
        () => clientOf(Mixcloud, world, { accessToken: [accessToken] as unknown as string }),
        () => new MixcloudOAuth({ clientSecret: { accessToken } as unknown as string }),
      ]) {
        const error = await settled(call);
        expect(error).toBeInstanceOf(TypeError);
        expect(leak(shown(error), accessToken)).toBeUndefined();
      }
      await mixcloud.close();
    });
  });

  it.each(['hang', 'reset', 'html-503', 'empty', 'echo-url', 'error-string', 'redirect-loop', 'truncated-json'])(
    'of an application, by an exchange that fails (%s)',
    async (fault) => {
      const { clientId, clientSecret } = OWNER_APP;
      const code = await world.code(clientId);
      const oauthRoot = `${world.faultRoot(fault)}/oauth`;
      const options = { clientId, clientSecret, redirectUri: REDIRECT_URI, oauthRoot };
      const results: unknown[] = [];
      for (const raiseExceptions of [true, false]) {
        const oauth = new MixcloudOAuth({ ...options, raiseExceptions });
        results.push(await settled(() => oauth.accessToken(code, { timeout: 200 })), oauth);
      }
      for (const secret of [clientSecret, code]) {
        for (const value of results) expect(leak(shown(value), secret)).toBeUndefined();
      }
      expect(results[0]).toBeInstanceOf(Error);
    },
  );

  it.each(['none', 'hang', 'reset', 'html-503', 'echo-url', 'error-string', 'redirect-loop'])(
    'of an application, by a login whose exchange fails (%s)',
    async (fault) => {
      const { clientId, clientSecret } = OWNER_APP;
      // Of another application, so that the exchange fails in any case.
      const code = await world.code(LISTENER_APP.clientId);
      const browser = new Browser([{ query: `?${new URLSearchParams({ code })}` }]);
      if (fault !== 'none') await world.fault({ name: fault, on: '/oauth/access_token' });
      const oauth = new MixcloudOAuth({ clientId, clientSecret, oauthRoot: world.oauthRoot });
      // Only an exchange that hangs uses it up. A browser of a busy machine needs some of it.
      const timeout = fault === 'hang' ? 2000 : 20_000;
      const error = await settled(() => oauth.login({ onUrl: browser.open, timeout }));
      await world.clearFaults();
      expect(error).toBeInstanceOf(MixcloudError);
      const [page] = await browser.visited();
      expect(page?.body).toContain('Not logged in');
      for (const secret of [clientSecret, code]) {
        for (const value of [error, oauth, page, browser.opened]) expect(leak(shown(value), secret)).toBeUndefined();
      }
    },
  );

  it('of an application, by a site that repeats its secret instead of a code', async () => {
    const { clientId, clientSecret } = OWNER_APP;
    const browser = new Browser([{ query: `?${new URLSearchParams({ error: `no ${clientSecret}` })}` }]);
    const oauth = new MixcloudOAuth({ clientId, clientSecret, oauthRoot: world.oauthRoot });
    const error = await settled(() => oauth.login({ onUrl: browser.open }));
    expect(error).toMatchObject({ message: 'The site did not grant access: no [redacted]' });
    for (const value of [error, await browser.visited()]) expect(leak(shown(value), clientSecret)).toBeUndefined();
  });

  it('of a proxy, by a proxy that fails', async () => {
    const proxy = await emulator().startProxy({ mode: 'refuse' });
    const { host } = new URL(proxy.origin);
    const secret = 'ProxyPassword5d1c0e77b2aa';
    const mixcloud = clientOf(Mixcloud, world, { proxy: `http://station:${secret}@${host}`, accessToken: OWNER_TOKEN });
    const error = await settled(() => mixcloud.get('bob'));
    for (const value of [error, mixcloud]) {
      expect(leak(shown(value), secret)).toBeUndefined();
      expect(leak(shown(value), OWNER_TOKEN)).toBeUndefined();
      expect(leak(shown(value), Buffer.from(`station:${secret}`).toString('base64'))).toBeUndefined();
    }
    await mixcloud.close();
    await proxy.close();
  });

  it('by warnings, output and worker messages of a whole program', async () => {
    const { Script } = await import('../sync/run-script.ts');
    const script = new URL('scripts/says-nothing.mjs', import.meta.url).pathname;
    const mode = Mixcloud.name;
    const env = { WORLD: world.origin, MODE: mode, TOKEN: AWKWARD_TOKEN, NODE_DEBUG: '' };
    const { code, stdout, stderr } = await new Script({ script, env, flags: ['--trace-warnings'], watchdog: 30 }).ended;
    expect(stderr).toBe('');
    expect(stdout).toContain('MixcloudConnectionError');
    expect(code).toBe(0);
    expect(leak(stdout + stderr, AWKWARD_TOKEN)).toBeUndefined();
  });

  it('by what NODE_DEBUG=mixcloud prints', async () => {
    const { Script } = await import('../sync/run-script.ts');
    const script = new URL('scripts/says-nothing.mjs', import.meta.url).pathname;
    const FAULTS = 'reset,echo-url,redirect-chain:2';
    const env = { WORLD: world.origin, MODE: Mixcloud.name, TOKEN: AWKWARD_TOKEN, NODE_DEBUG: 'mixcloud', FAULTS };
    const { code, stderr } = await new Script({ script, env, watchdog: 30 }).ended;
    expect(code).toBe(0);
    for (const type of ['request', 'response', 'failure', 'retry'])
      expect(stderr).toMatch(`attempt 1 ${type} GET http`);
    expect(leak(stderr, AWKWARD_TOKEN)).toBeUndefined();
  });

  it('by events of the exchange of a code', async () => {
    const { clientId, clientSecret } = OWNER_APP;
    const events: MixcloudEvent[] = [];
    for (const fault of ['redirect-chain:2', 'echo-url', 'reset', 'hang']) {
      const mixcloud = clientOf(Mixcloud, world, { timeout: 300, onEvent: (event) => void events.push(event) });
      const oauthRoot = `${world.origin}/fault/${fault}/oauth`;
      const code = await world.code(clientId);
      const oauth = new MixcloudOAuth({ clientId, clientSecret, redirectUri: REDIRECT_URI, oauthRoot, mixcloud });
      await settled(() => oauth.accessToken(code));
      expect(events.length).toBeGreaterThan(0);
      for (const event of events.splice(0)) {
        const texts = shown(event) + (event.type === 'failure' ? shown(event.error) : '');
        for (const secret of [clientSecret, code]) expect(leak(texts, secret)).toBeUndefined();
      }
      await mixcloud.close();
    }
  });
});

describe.each(modes)('secrets go nowhere else ($mode)', ({ Mixcloud, MixcloudOAuth }) => {
  let world: WorldHandle;
  let abroad: WorldHandle;

  beforeAll(async () => {
    world = await emulator().world();
    abroad = await emulator().world();
  });
  afterAll(async () => {
    await world.close();
    await abroad.close();
  });

  /** What arrived abroad, as text, body and headers included. */
  async function arrivedAbroad(): Promise<string> {
    const requests = await abroad.requests();
    await abroad.clearRequests();
    return JSON.stringify(requests);
  }

  const withToken = (options: { apiRoot?: string } = {}): Mixcloud =>
    clientOf(Mixcloud, world, { accessToken: AWKWARD_TOKEN, retries: 0, ...options });

  it('by links of pages and connections', async () => {
    const mixcloud = withToken({ apiRoot: world.faultRoot('foreign-links', abroad.origin) });
    const list = (await mixcloud.get('bob/followers')) as unknown as ResourceList;
    await list.next();
    const keys: string[] = [];
    for await (const item of list.all({ limit: 30 })) keys.push((item as Resource).key);
    expect(keys).toHaveLength(30);
    const bob = await mixcloud.get('bob');
    await bob.connection('followers');
    await (bob as unknown as { cloudcasts(): unknown }).cloudcasts();
    const arrived = await arrivedAbroad();
    expect(arrived).toContain('/bob/cloudcasts/');
    expect(leak(arrived, AWKWARD_TOKEN)).toBeUndefined();
    expect(arrived).not.toContain('access_token=E');
    await mixcloud.close();
  });

  it('by absolute URLs, even where the caller puts the token into one', async () => {
    const mixcloud = withToken();
    const query = new URLSearchParams({ access_token: AWKWARD_TOKEN });
    await mixcloud.get(`${abroad.origin}/bob/`, { relative: false });
    await mixcloud.get(`${abroad.origin}/bob/?limit=3&${query}`, { relative: false });
    const arrived = await arrivedAbroad();
    expect(arrived).toContain('limit=3');
    expect(leak(arrived, AWKWARD_TOKEN)).toBeUndefined();
    await mixcloud.close();
  });

  it('by redirects, whatever is asked', async () => {
    const mixcloud = withToken({ apiRoot: world.faultRoot('redirect-abroad', abroad.origin) });
    for (const call of [
      () => mixcloud.get('bob'),
      () => mixcloud.me(),
      () => mixcloud.follow('peter'),
      () => mixcloud.unfollow('peter'),
      () => mixcloud.upload(new Uint8Array(10), 'A show'),
      () => mixcloud.edit('bob/a-show', { name: 'Another' }),
    ]) {
      expect(await settled(call)).toMatchObject({ code: 'ERR_MIXCLOUD_REDIRECT' });
    }
    expect(await arrivedAbroad()).toBe('[]');
    await mixcloud.close();
  });

  it('by hostile keys', async () => {
    const mixcloud = withToken();
    const { host } = new URL(abroad.origin);
    const keys = [
      `//${host}/bob`,
      `/\\${host}/bob`,
      `\\\\${host}\\bob`,
      `@${host}/bob`,
      `..//${host}/bob`,
      `%2f%2f${host}/bob`,
      `http:${host}/bob`,
      `bob?url=//${host}`,
      `bob#//${host}`,
      `.${host}`,
      abroad.origin,
      `${abroad.origin}/bob/`,
      `https://www.mixcloud.com@${host}/bob/`,
      `https://www.mixcloud.com\\@${host}/bob/`,
    ];
    for (const key of keys) {
      await settled(() => mixcloud.get(key));
      await settled(() => mixcloud.follow(key));
      await settled(() => mixcloud.edit(key, { name: 'x' }));
    }
    expect(await arrivedAbroad()).toBe('[]');
    await mixcloud.close();
  });

  it('by an exchange of a code that is redirected', async () => {
    const { clientId, clientSecret } = OWNER_APP;
    const oauthRoot = `${world.faultRoot('redirect-abroad', abroad.origin)}/oauth`;
    const code = await world.code(clientId);
    const oauth = new MixcloudOAuth({ clientId, clientSecret, redirectUri: REDIRECT_URI, oauthRoot });
    expect(await settled(() => oauth.accessToken(code))).toMatchObject({ code: 'ERR_MIXCLOUD_REDIRECT' });
    expect(await arrivedAbroad()).toBe('[]');
  });

  it('in plain http, to a host that is not loopback', async () => {
    const proxy = await emulator().startProxy();
    for (const host of [
      'api.example',
      '192.0.2.7',
      '0.0.0.0',
      '127.0.0.1.example',
      'localhost.example',
      'api.localhost',
      'localhost.',
      '[2001:db8::1]',
    ]) {
      for (const more of [{}, { proxy: proxy.origin }]) {
        const mixcloud = new Mixcloud({ apiRoot: `http://${host}`, accessToken: OWNER_TOKEN, ...more });
        for (const call of [
          () => mixcloud.get('bob'),
          () => mixcloud.me(),
          () => mixcloud.popular(),
          () => mixcloud.follow('bob'),
          () => mixcloud.getMany(['bob']),
          () => mixcloud.edit('a/b', { name: 'x' }),
          () => mixcloud.upload(new Uint8Array(1), 'x'),
        ]) {
          const error = (await settled(call)) as Error;
          expect(error).toBeInstanceOf(TypeError);
          expect(error.message).toContain('in plain text');
        }
        await mixcloud.close();
      }
      const oauth = new MixcloudOAuth({
        clientId: 'id',
        clientSecret: OWNER_APP.clientSecret,
        redirectUri: REDIRECT_URI,
        oauthRoot: `http://${host}/oauth`,
        mixcloud: new Mixcloud({ proxy: proxy.origin }),
      });
      expect(await settled(() => oauth.accessToken('code'))).toBeInstanceOf(TypeError);
    }
    expect(await proxy.requests()).toEqual([]);
    await proxy.close();
  });

  it('in plain http, over a proxy on another machine', async () => {
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, proxy: 'http://proxy.invalid:3128' });
    expect(await settled(() => mixcloud.get('bob'))).toBeInstanceOf(TypeError);
    expect(await settled(() => mixcloud.follow('bob'))).toBeInstanceOf(TypeError);
    await mixcloud.close();
  });

  it('but to the API through a proxy on this machine', async () => {
    const proxy = await emulator().startProxy();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: AWKWARD_TOKEN, proxy: proxy.origin });
    expect(await mixcloud.me()).toHaveProperty('key', '/bob/');
    await mixcloud.close();
    await proxy.close();
  });
});
