import { createServer } from 'node:net';
import {
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudOAuthError,
  MixcloudTimeoutError,
} from 'mixcloud-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LISTENER_APP, OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { Browser } from '../support/browser.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const { clientId, clientSecret } = OWNER_APP;
const EXCHANGE = '/oauth/access_token';

describe.each(modes)('login ($mode)', ({ mode, Mixcloud, MixcloudOAuth }) => {
  const oauthOf = (world: WorldHandle, options = {}) =>
    new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret, ...options });

  it('opens a port of loopback, and returns the token of the user who allows access', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const oauth = oauthOf(world, { mixcloud, redirectUri: 'https://station.example/' });
    const browser = new Browser();
    const token = await oauth.login({ onUrl: browser.open });
    expect(token).toBe(OWNER_TOKEN);
    expect([oauth.redirectUri, mixcloud.accessToken]).toEqual(['https://station.example/', null]);
    expect(browser.opened).toHaveLength(1);
    const opened = new URL(browser.opened[0] ?? '');
    expect(opened.origin + opened.pathname).toBe(`${world.oauthRoot}/authorize`);
    expect([...opened.searchParams.keys()]).toEqual(['client_id', 'redirect_uri']);
    expect(browser.redirectUri.hostname).toBe('127.0.0.1');
    expect(await browser.isPortOpen()).toBe(false);
    expect((await sent(world)).map((line) => line.split('?')[0])).toEqual(['GET /oauth/authorize', `GET ${EXCHANGE}`]);
  });

  it('works without a client, twice, each time at a path that cannot be guessed', async () => {
    const world = await newWorld();
    const oauth = oauthOf(world);
    const paths = new Set<string>();
    for (const browser of [new Browser(), new Browser()]) {
      expect(await oauth.login({ onUrl: browser.open })).toBe(OWNER_TOKEN);
      const { pathname } = browser.redirectUri;
      // 128 bits take 22 characters of base64url.
      expect(pathname).toMatch(/^\/[\w-]{22,}$/);
      paths.add(pathname);
    }
    expect(paths.size).toBe(2);
  });

  it('shows the browser a page that needs nothing else, and says that the window can be closed', async () => {
    const browser = new Browser();
    await oauthOf(await newWorld()).login({ onUrl: browser.open });
    const [page] = await browser.visited();
    expect(page).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      },
      body: expect.stringMatching(/<title>Logged in<\/title>.*You can close this window/s),
    });
    expect(page?.body).toContain('<meta name="viewport" content="width=device-width');
    // The only address in it is an empty icon, so that the browser does not ask for one.
    expect(page?.body.match(/(?:src|href|url|action|@import)\b[=( ]\S*/g)).toEqual(['href="data:,">']);
    expect(page?.body).not.toContain('<script');
  });

  it('rejects what is not the return of the browser, and waits on', async () => {
    const world = await newWorld();
    const strange = [
      { path: '/favicon.ico' },
      { path: '/' },
      { path: '/%' },
      { path: `/?code=${OWNER_APP.firstCode}` },
      { path: '//evil.example/?code=x' },
      { headers: { host: 'evil.example' } },
      { headers: { host: `localhost:${world.origin.split(':').at(-1)}` } },
      { method: 'POST' },
      { method: 'HEAD' },
      { method: 'OPTIONS', headers: { origin: 'https://evil.example' } },
      { query: '' },
      { query: '?code=&error=' },
      { headers: { 'sec-purpose': 'prefetch;prerender' } },
      { headers: { purpose: 'prefetch' } },
    ];
    const browser = new Browser([...strange, {}]);
    expect(await oauthOf(world).login({ onUrl: browser.open })).toBe(OWNER_TOKEN);
    const visited = await browser.visited();
    const statuses = visited.map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404, 405, 405, 405, 400, 400, 503, 503, 200]);
    for (const { body } of visited.slice(0, -1)) expect(body).not.toContain('<');
    expect((await sent(world)).filter((line) => line.includes(EXCHANGE))).toHaveLength(1);
  });

  it('shows a reload and a second tab the same page, and exchanges the first code only', async () => {
    const world = await newWorld();
    await world.fault({ name: 'delay', param: 300, on: EXCHANGE });
    const browser = new Browser([
      { waits: true },
      { waits: true },
      { waits: true, query: '?code=another' },
      { waits: true, query: '?error=access_denied' },
      { path: '/favicon.ico' },
    ]);
    expect(await oauthOf(world).login({ onUrl: browser.open })).toBe(OWNER_TOKEN);
    const [first, ...others] = await browser.visited();
    expect(first?.body).toContain('Logged in');
    expect(others.map(({ body }) => body)).toEqual([first?.body, first?.body, first?.body, 'Not found\n']);
    expect((await sent(world)).filter((line) => line.includes(EXCHANGE))).toHaveLength(1);
  });

  it.each([true, false])(
    'throws the reason of a user who denies access (raiseExceptions: %s)',
    async (raiseExceptions) => {
      const world = await newWorld();
      const browser = new Browser([{ query: '?error=access_denied' }]);
      const oauth = oauthOf(world, { raiseExceptions });
      const error = await thrown(MixcloudOAuthError, () => oauth.login({ onUrl: browser.open }));
      expect(error).toMatchObject({ message: 'The site did not grant access: access_denied', status: null });
      const [page] = await browser.visited();
      expect(page?.body).toMatch(/<h1>Not logged in<\/h1>.*access_denied.*You can close this window/s);
      expect(await sent(world)).toHaveLength(1);
      expect(await browser.isPortOpen()).toBe(false);
    },
  );

  it('shows a reason as text, without control characters', async () => {
    const reason = '<script>alert("1")</script>\u001b[2J\n& more';
    const browser = new Browser([{ query: `?${new URLSearchParams({ error: reason })}` }]);
    const oauth = oauthOf(await newWorld());
    const { message } = await thrown(MixcloudOAuthError, () => oauth.login({ onUrl: browser.open }));
    expect(message).toBe('The site did not grant access: <script>alert("1")</script> [2J & more');
    const [page] = await browser.visited();
    expect(page?.body).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; [2J &#38; more');
  });

  it('throws if the exchange fails: for the code of another person, for one that is used', async () => {
    const world = await newWorld();
    const foreign = await world.code(LISTENER_APP.clientId);
    for (const code of [foreign, 'used']) {
      const browser = new Browser([{ query: `?code=${code}` }]);
      const error = await thrown(MixcloudOAuthError, () => oauthOf(world).login({ onUrl: browser.open }));
      expect([error.message, error.status]).toEqual(['This code is not valid', 400]);
      const [page] = await browser.visited();
      expect(page?.body).toMatch(/Not logged in.*This code is not valid/s);
      expect(await browser.isPortOpen()).toBe(false);
    }
  });

  it('throws if there is no response to the exchange, and tells the browser', async () => {
    const world = await newWorld();
    await world.fault({ name: 'reset', on: EXCHANGE });
    const browser = new Browser();
    await thrown(MixcloudConnectionError, () => oauthOf(world).login({ onUrl: browser.open }));
    const [page] = await browser.visited();
    expect(page?.body).toMatch(/Not logged in.*The program did not complete the login/s);
    expect((await sent(world)).filter((line) => line.includes(EXCHANGE))).toHaveLength(1);
  });

  it('reports a port that is taken, before it opens the URL', async () => {
    const taken = createServer();
    onTestFinished(() => void taken.close());
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const browser = new Browser();
    const oauth = oauthOf(await newWorld());
    const error = await thrown(MixcloudConnectionError, () => oauth.login({ port, onUrl: browser.open }));
    expect(error).toMatchObject({ code: 'EADDRINUSE', sent: false, message: expect.stringContaining(String(port)) });
    expect(browser.opened).toEqual([]);
  });

  it('listens on the port that it is given', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const browser = new Browser();
    expect(await oauthOf(await newWorld()).login({ port, onUrl: browser.open })).toBe(OWNER_TOKEN);
    expect(browser.redirectUri.port).toBe(String(port));
  });

  it('throws when the time is over, of which the exchange is a part', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang', on: EXCHANGE });
    const absent = new Browser([]);
    const browser = new Browser();
    for (const [onUrl, timeout, isSent] of [
      [absent.open, 100, false],
      [browser.open, 600, true],
    ] as const) {
      const error = await thrown(MixcloudTimeoutError, () => oauthOf(world).login({ onUrl, timeout }));
      expect([error.timeout, error.sent]).toEqual([timeout, isSent]);
      expect(error.message).toMatch(/^login: .* within \d00 ms$/);
    }
    expect((await browser.visited())[0]?.body).toContain('Not logged in');
    expect([await absent.isPortOpen(), await browser.isPortOpen()]).toEqual([false, false]);
  });

  it('throws what onUrl throws, and closes the port', async () => {
    const browser = new Browser([]);
    const onUrl = (url: string) => {
      browser.open(url);
      throw new RangeError('no browser');
    };
    await expect(async () => oauthOf(await newWorld()).login({ onUrl })).rejects.toThrow('no browser');
    expect(await browser.isPortOpen()).toBe(false);
  });

  it('throws on a client that is closed, or that onUrl closes', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    // The worker of the blocking form goes on.
    clientOf(Mixcloud, world);
    const browser = new Browser([]);
    const onUrl = (url: string) => {
      browser.open(url);
      void mixcloud.close();
    };
    await thrown(MixcloudClosedError, () => oauthOf(world, { mixcloud }).login({ onUrl }));
    await expect.poll(() => browser.isPortOpen()).toBe(false);
    const second = new Browser([]);
    await thrown(MixcloudClosedError, () => oauthOf(world, { mixcloud }).login({ onUrl: second.open }));
    expect(second.opened).toEqual([]);
  });

  it.each<readonly [string, object, object]>([
    ['clientId', { clientId: null }, {}],
    ['clientSecret', { clientSecret: null }, {}],
    ['clientSecret', { oauthRoot: 'http://oauth.example' }, {}],
    ['onUrl', {}, { onUrl: 'https://station.example' }],
    ['port', {}, { port: -1 }],
    ['port', {}, { port: 65_536 }],
    ['port', {}, { port: '8080' }],
    ['timeout', {}, { timeout: 0 }],
    ['login options', {}, { redirectUri: 'x' }],
    ...(mode === 'sync' ? ([['signal', {}, { signal: AbortSignal.timeout(1) }]] as const) : []),
  ])('rejects a wrong %s before it listens', async (name, options, loginOptions) => {
    const world = await newWorld();
    const browser = new Browser([]);
    const oauth = oauthOf(world, options);
    const call = async () => oauth.login({ onUrl: browser.open, ...loginOptions });
    await expect(call).rejects.toThrow(new RegExp(`^${name}: `));
    expect(browser.opened).toEqual([]);
  });
});

describe('a login that is aborted', () => {
  const [{ Mixcloud, MixcloudOAuth }] = modes;
  const reason = new Error('enough of it');

  it.each(['before', 'while it waits for the browser', 'during the exchange'])('%s throws the reason', async (when) => {
    const world = await newWorld();
    await world.fault({ name: 'hang', on: EXCHANGE });
    const abort = new AbortController();
    const { signal } = abort;
    const browser = new Browser(when === 'during the exchange' ? [{}] : []);
    const oauth = new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret });
    if (when === 'before') abort.abort(reason);
    const ended = expect(oauth.login({ onUrl: browser.open, signal })).rejects.toBe(reason);
    if (when === 'during the exchange') {
      await expect.poll(() => sent(world), { timeout: 5000 }).toHaveLength(2);
    } else if (when !== 'before') {
      await expect.poll(() => browser.opened, { timeout: 5000 }).toHaveLength(1);
      expect(await browser.isPortOpen()).toBe(true);
    }
    abort.abort(reason);
    await ended;
    if (when === 'before') expect(browser.opened).toEqual([]);
    else expect(await browser.isPortOpen()).toBe(false);
    if (when === 'during the exchange') expect((await browser.visited())[0]?.body).toContain('Not logged in');
  });

  it('by closing its client throws, and closes the port', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const browser = new Browser([]);
    const oauth = new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret, mixcloud });
    const ended = thrown(MixcloudClosedError, () => oauth.login({ onUrl: browser.open }));
    await expect.poll(() => browser.opened, { timeout: 5000 }).toHaveLength(1);
    await mixcloud.close();
    await ended;
    expect(await browser.isPortOpen()).toBe(false);
  });
});
