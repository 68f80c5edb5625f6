import { setTimeout as sleep } from 'node:timers/promises';
import { type Mixcloud, MixcloudConnectionError, type MixcloudOptions, MixcloudTimeoutError } from 'mixcloud-client';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { eventually } from '../support/eventually.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';
import { Script, scriptPath } from '../sync/run-script.ts';
import { RogueProxy } from './rogue-proxy.ts';

async function startProxy(mode: string): Promise<RogueProxy> {
  const proxy = await RogueProxy.start(mode);
  onTestFinished(() => proxy.stop());
  return proxy;
}

const FAILURES: [string, RegExp][] = [
  ['close', /closed the connection instead of responding to CONNECT/],
  ['reset', /broke the connection: .*ECONNRESET/],
  ['cut-status', /closed the connection instead of responding to CONNECT/],
  ['continue', /responded to CONNECT with status 100/],
  ['not-http', /did not respond to CONNECT with HTTP/],
  ['denied', /responded to CONNECT with status 407/],
  ['talkative', /sent data before the tunnel was used/],
  ['endless-head', /responded to CONNECT with too long a header/],
];

describe.each(modes)('a proxy that fails ($mode)', ({ Mixcloud }) => {
  const clients: Mixcloud[] = [];
  const client = (options: MixcloudOptions) => {
    const mixcloud = new Mixcloud({
      apiRoot: 'http://127.0.0.1:9',
      accessToken: OWNER_TOKEN,
      retries: 0,
      timeout: 10_000,
      ...options,
    });
    clients.push(mixcloud);
    return mixcloud;
  };

  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const mixcloud of clients.splice(0)) await mixcloud.close();
  });

  it.each(FAILURES)('is tried once, and named (%s)', async (mode, message) => {
    const proxy = await startProxy(mode);
    const mixcloud = client({ proxy: proxy.origin });
    const error = await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`the proxy ${proxy.origin} `);
    await sleep(300);
    expect(await proxy.counts()).toMatchObject({ connections: 1, requests: ['CONNECT 127.0.0.1:9 HTTP/1.1'] });
    await eventually(async () => expect((await proxy.counts()).open).toBe(0));
  });

  it.each([
    ['a write', {}, (mixcloud: Mixcloud) => mixcloud.follow('bob')],
    ['an upload', {}, (mixcloud: Mixcloud) => mixcloud.upload(new Uint8Array(100_000), 'A show')],
    ['https', { apiRoot: 'https://127.0.0.1:9' }, (mixcloud: Mixcloud) => mixcloud.get('bob')],
  ])('is tried once for %s', async (_what, options, call) => {
    const proxy = await startProxy('close');
    await thrown(MixcloudConnectionError, () => call(client({ proxy: proxy.origin, ...options })));
    expect((await proxy.counts()).connections).toBe(1);
  });

  it('is tried once more for each retry', async () => {
    const proxy = await startProxy('close');
    const mixcloud = client({ proxy: proxy.origin, retries: 2 });
    await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
    expect((await proxy.counts()).connections).toBe(3);
  });

  it('is tried once if the environment names it', async () => {
    const proxy = await startProxy('close');
    vi.stubEnv('HTTP_PROXY', proxy.origin);
    vi.stubEnv('http_proxy', proxy.origin);
    await thrown(MixcloudConnectionError, () => client({ proxy: 'env' as never }).get('bob'));
    expect((await proxy.counts()).connections).toBe(1);
  });

  it('fails once if it closes the tunnel that it opened', async () => {
    const proxy = await startProxy('accept-and-close');
    for (const apiRoot of ['http://127.0.0.1:9', 'https://127.0.0.1:9']) {
      await thrown(MixcloudConnectionError, () => client({ proxy: proxy.origin, apiRoot }).get('bob'));
    }
    expect((await proxy.counts()).connections).toBe(2);
  });

  it('is left alone once a call has ended that waited for it', async () => {
    const proxy = await startProxy('hang');
    const mixcloud = client({ proxy: proxy.origin, timeout: 400 });
    await thrown(MixcloudTimeoutError, () => mixcloud.get('bob'));
    await eventually(async () => expect(await proxy.counts()).toMatchObject({ connections: 1, open: 0 }));
  });
});

describe('a proxy', () => {
  it('whose connections the caller aborts is left alone', async () => {
    const [{ Mixcloud }] = modes;
    const proxy = await startProxy('hang');
    const mixcloud = new Mixcloud({ apiRoot: 'http://127.0.0.1:9', proxy: proxy.origin });
    onTestFinished(() => mixcloud.close());
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [first, second].map(({ signal }) => mixcloud.get('bob', { signal }).catch((error: unknown) => error));
    await eventually(async () => expect((await proxy.counts()).open).toBe(2));
    first.abort();
    await calls[0];
    // The connection of the other call is still needed.
    await eventually(async () => expect((await proxy.counts()).open).toBe(1));
    second.abort();
    await calls[1];
    await eventually(async () => expect((await proxy.counts()).open).toBe(0));
  });
});

describe('a connection that is not made in time', () => {
  it.each(['async', 'sync'])('does not keep the process alive (%s)', async (mode) => {
    // It accepts connections, and never starts TLS.
    const proxy = await startProxy('hang');
    const script = scriptPath('never-connected.mjs');
    const { code, ms, stdout } = await new Script({
      script,
      args: [mode, proxy.origin.replace('http:', 'https:')],
    }).ended;
    expect([code, stdout]).toEqual([0, 'MixcloudTimeoutError\n']);
    // undici gives a connection ten seconds.
    expect(ms).toBeLessThan(6000);
    await eventually(async () => expect((await proxy.counts()).open).toBe(0));
  });

  it('is given up by calls that wait in the queue of the pool too', async () => {
    const [{ Mixcloud }] = modes;
    const proxy = await startProxy('hang');
    const mixcloud = new Mixcloud({ apiRoot: proxy.origin.replace('http:', 'https:'), timeout: 500, retries: 0 });
    onTestFinished(() => mixcloud.close());
    const calls = Array.from({ length: 40 }, (_, index) => mixcloud.get(`user-${index}`).catch((error) => error));
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ name: 'MixcloudTimeoutError' });
    await eventually(async () => expect((await proxy.counts()).open).toBe(0));
    const { connections } = await proxy.counts();
    expect(connections).toBeLessThanOrEqual(40);
    await sleep(300);
    expect(await proxy.counts()).toMatchObject({ connections, open: 0 });
  });
});

describe("proxy: 'env'", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(modes)('sends what NO_PROXY covers directly, with a token too ($mode)', async ({ Mixcloud }) => {
    const world = await newWorld();
    vi.stubEnv('http_proxy', 'http://proxy.invalid:8080');
    vi.stubEnv('no_proxy', 'example.com, 127.0.0.1');
    const mixcloud = new Mixcloud({ apiRoot: world.apiRoot, accessToken: OWNER_TOKEN, proxy: 'env' as never });
    onTestFinished(() => mixcloud.close());
    expect(await mixcloud.get('bob')).toHaveProperty('key', '/bob/');
  });
});
