import { readFileSync } from 'node:fs';
import {
  API_ROOT,
  isErrorResponse,
  MIXCLOUD_ROOT,
  MixcloudError,
  MixcloudTimeoutError,
  OEMBED_ROOT,
  toError,
} from 'mixcloud-client';
import { Agent } from 'undici';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery, sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { emulator, newWorld } from '../support/world.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

afterEach(() => {
  vi.unstubAllEnvs();
});

async function newProxy() {
  const proxy = await emulator().startProxy();
  onTestFinished(() => proxy.close());
  return proxy;
}

describe.each(modes)('options of the client ($mode)', ({ mode, Mixcloud, Resource, ResourceList }) => {
  describe('apiRoot', () => {
    it('is the real API by default', () => {
      expect(new Mixcloud().apiRoot).toBe(API_ROOT);
    });

    it('is where requests go, path and all, with or without a slash at its end, as a string or a URL', async () => {
      const world = await newWorld();
      for (const apiRoot of [`${world.origin}/fault/chunked`, `${world.origin}/fault/chunked/`]) {
        expect((await new Mixcloud({ apiRoot }).get('bob')).key).toBe('/bob/');
        expect((await new Mixcloud({ apiRoot: new URL(apiRoot) }).get('bob')).key).toBe('/bob/');
      }
      expect(new Set(await sent(world))).toEqual(new Set(['GET /fault/chunked/bob/?metadata=1']));
    });

    it.each(['api.mixcloud.com', 'ftp://api.mixcloud.com', 'https://user:secret@api.mixcloud.com', 7])(
      'refuses %j',
      async (apiRoot) => {
        const error = await thrown(TypeError, () => new Mixcloud({ apiRoot: apiRoot as string }));
        expect(error.message).toContain('apiRoot');
        expect(error.message).not.toContain('secret');
      },
    );
  });

  describe('mixcloudRoot', () => {
    it('is the real site by default', () => {
      expect(new Mixcloud().mixcloudRoot).toBe(MIXCLOUD_ROOT);
    });

    it('is the base of the pages that oembed names', async () => {
      const world = await newWorld({ mixcloudRoot: '/www' });
      const response = await clientOf(Mixcloud, world).oembed('luke/a-nice-mix');
      expect((await onlyQuery(world)).url).toBe(`${world.origin}/www/luke/a-nice-mix/`);
      expect(response.title).toBe('A Nice Mix');
    });
  });

  describe('oembedRoot', () => {
    it('is the documented endpoint by default', () => {
      expect(new Mixcloud().oembedRoot).toBe(OEMBED_ROOT);
    });

    it('is where oembed asks', async () => {
      const world = await newWorld();
      await new Mixcloud({ oembedRoot: `${world.origin}/oembed/` }).oembed('luke/a-nice-mix');
      expect(await sent(world)).toEqual([
        `GET /oembed/?url=${encodeURIComponent(`${MIXCLOUD_ROOT}/luke/a-nice-mix/`)}&format=json`,
      ]);
    });
  });

  describe('accessToken', () => {
    it('is null by default, and nothing is sent then', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      expect(mixcloud.accessToken).toBeNull();
      await mixcloud.get('bob');
      expect(await onlyQuery(world)).toEqual({ metadata: '1' });
    });

    it('is sent with a GET', async () => {
      const world = await newWorld();
      await clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN }).get('bob');
      expect(await onlyQuery(world)).toEqual({ metadata: '1', access_token: OWNER_TOKEN });
    });

    it('is a property that can be set and taken away at any time', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      expect((await mixcloud.get('bob')).is_current_user).toBeUndefined();
      mixcloud.accessToken = OWNER_TOKEN;
      expect(mixcloud.accessToken).toBe(OWNER_TOKEN);
      expect((await mixcloud.me()).key).toBe('/stationowner/');
      mixcloud.accessToken = null;
      await thrown(TypeError, () => mixcloud.me());
    });

    it.each([7, '', '  ', {}])('refuses %j', async (accessToken) => {
      const mixcloud = new Mixcloud();
      await thrown(TypeError, () => new Mixcloud({ accessToken: accessToken as string }));
      await thrown(TypeError, () => {
        mixcloud.accessToken = accessToken as string;
      });
      expect(mixcloud.accessToken).toBeNull();
    });
  });

  describe('raiseExceptions', () => {
    it('is false by default: an error of the API is an AccessDict', async () => {
      const mixcloud = clientOf(Mixcloud, await newWorld());
      expect(mixcloud.raiseExceptions).toBe(false);
      const response = await mixcloud.get('nobody-of-that-name');
      expect(response.error.type).toBe('ResourceNotFoundException');
      expect(String(response)).toBe("<AccessDict: error 'User does not exist.'>");
      expect(isErrorResponse(response)).toBe(true);
    });

    it('throws a MixcloudError when it is set', async () => {
      const mixcloud = clientOf(Mixcloud, await newWorld(), { raiseExceptions: true });
      const error = await thrown(MixcloudError, () => mixcloud.get('nobody-of-that-name'));
      expect(error.type).toBe('ResourceNotFoundException');
    });
  });

  describe('jsonDecoder', () => {
    it('decodes every JSON body, on the calling thread', async () => {
      const texts: string[] = [];
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, {
        accessToken: OWNER_TOKEN,
        jsonDecoder: (text) => {
          texts.push(text);
          return { ...(JSON.parse(text) as object), decoded: true };
        },
      });
      for (const response of [
        await mixcloud.get('bob'),
        await mixcloud.follow('bob'),
        await mixcloud.embedJson('luke/a-nice-mix'),
        await mixcloud.oembed('luke/a-nice-mix'),
      ]) {
        expect(response.decoded).toBe(true);
      }
      expect((await mixcloud.popular()).data.decoded).toBe(true);
      expect(texts).toHaveLength(5);
      expect(texts.every((text) => text.startsWith('{'))).toBe(true);
    });

    it('may fail: for a body that is not JSON, that is the cause; for valid JSON, the exception is its own', async () => {
      const world = await newWorld();
      const own = new RangeError('no');
      const jsonDecoder = () => {
        throw own;
      };
      const html = clientOf(Mixcloud, world, { apiRoot: world.faultRoot('html-200'), jsonDecoder });
      expect(toError(await html.get('bob'))?.cause).toBe(own);
      for (const raiseExceptions of [false, true]) {
        const mixcloud = clientOf(Mixcloud, world, { jsonDecoder, raiseExceptions });
        expect(await thrown(RangeError, () => mixcloud.get('bob'))).toBe(own);
      }
    });

    it('must be a function', async () => {
      const error = await thrown(TypeError, () => new Mixcloud({ jsonDecoder: 'JSON.parse' as never }));
      expect(error.message).toBe('jsonDecoder: expected a function of a text, but got "JSON.parse"');
    });
  });

  describe('resourceClass and resourceListClass', () => {
    it('are the classes of what is returned, the default ones by default', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      expect(Object.getPrototypeOf(await mixcloud.get('bob'))).toBe(Resource.prototype);
      expect(Object.getPrototypeOf(await mixcloud.popular())).toBe(ResourceList.prototype);
      class MyResource extends Resource {}
      class MyList extends ResourceList {}
      const mine = clientOf(Mixcloud, world, { resourceClass: MyResource, resourceListClass: MyList });
      const list = await mine.popular();
      expect(list).toBeInstanceOf(MyList);
      expect(list[0]).toBeInstanceOf(MyResource);
      expect(list[0]?.user).toBeInstanceOf(MyResource);
      expect(await mine.get('bob')).toBeInstanceOf(MyResource);
    });

    it.each(['resourceClass', 'resourceListClass'])('%s must be a subclass of the default one', async (name) => {
      const error = await thrown(TypeError, () => new Mixcloud({ [name]: class Other {} }));
      expect(error.message).toContain(`${name}: expected Resource`);
    });
  });

  describe('timeout', () => {
    it('is a minute by default', () => {
      expect(new Mixcloud().timeout).toBe(60_000);
    });

    it.each(['hang', 'headers-only', 'drip'])(
      'bounds a request from its start to its last byte (%s)',
      async (fault) => {
        const world = await newWorld();
        const mixcloud = new Mixcloud({ apiRoot: world.faultRoot(fault), timeout: 300 });
        const start = performance.now();
        const error = await thrown(MixcloudTimeoutError, () => mixcloud.get('bob'));
        expect(error.timeout).toBe(300);
        expect(performance.now() - start).toBeLessThan(2000);
      },
    );

    it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('refuses %d', async (timeout) => {
      expect((await thrown(RangeError, () => new Mixcloud({ timeout }))).message).toContain('timeout');
    });

    it('refuses what is no number', async () => {
      await thrown(TypeError, () => new Mixcloud({ timeout: '60' as never }));
    });
  });

  describe('retries', () => {
    it.each(['html-502', 'html-503', 'html-504', 'reset', 'close-at-once'])(
      'are two further tries of a GET by default (%s)',
      async (fault) => {
        const world = await newWorld();
        expect((await new Mixcloud({ apiRoot: world.faultRoot(fault, undefined, 2) }).get('bob')).key).toBe('/bob/');
        expect(await world.requests()).toHaveLength(3);
      },
    );

    it('end after so many, with what came last', async () => {
      const world = await newWorld();
      await new Mixcloud({ apiRoot: world.faultRoot('html-503') }).get('bob');
      expect(await world.requests()).toHaveLength(3);
      await world.clearRequests();
      await new Mixcloud({ apiRoot: world.faultRoot('html-503'), retries: 0 }).get('bob');
      expect(await world.requests()).toHaveLength(1);
    });

    it('pause longer each time', async () => {
      const world = await newWorld();
      await new Mixcloud({ apiRoot: world.faultRoot('html-503'), retries: 3 }).get('bob');
      const times = (await world.requests()).map(({ at }) => at);
      expect(times).toHaveLength(4);
      const [first = 0, , third = 0, fourth = 0] = times;
      // 75 to 150 ms, then twice and four times as long.
      expect(fourth - third).toBeGreaterThanOrEqual(290);
      expect(third - first).toBeGreaterThanOrEqual(220);
    });

    it('are for nothing but a GET', async () => {
      const world = await newWorld();
      const mixcloud = new Mixcloud({ apiRoot: world.faultRoot('html-503'), accessToken: OWNER_TOKEN });
      await mixcloud.follow('bob');
      await mixcloud.unfollow('bob');
      expect((await sent(world)).map((line) => line.split(' ')[0])).toEqual(['POST', 'DELETE']);
    });

    it('are for no other status', async () => {
      const world = await newWorld();
      await new Mixcloud({ apiRoot: world.faultRoot('html-500') }).get('bob');
      expect(await world.requests()).toHaveLength(1);
    });

    it.each([-1, 1.5])('refuse %d', async (retries) => {
      expect((await thrown(RangeError, () => new Mixcloud({ retries }))).message).toContain('retries');
    });
  });

  describe('maxRateLimitWait', () => {
    it('is nothing by default: a rate limit is reported at once', async () => {
      const world = await newWorld();
      const response = await new Mixcloud({ apiRoot: world.faultRoot('rate-limit', 1) }).get('bob');
      expect(response.error.retry_after).toBe(1);
      expect(await world.requests()).toHaveLength(1);
    });

    it('waits out a limit of at most so many seconds, and tries again', async () => {
      const world = await newWorld();
      const mixcloud = new Mixcloud({ apiRoot: world.faultRoot('rate-limit', 1, 1), maxRateLimitWait: 2 });
      expect((await mixcloud.get('bob')).key).toBe('/bob/');
      const [first, second] = await world.requests();
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    });

    it('reports a longer one at once', async () => {
      const world = await newWorld();
      const mixcloud = new Mixcloud({ apiRoot: world.faultRoot('rate-limit', 452), maxRateLimitWait: 2 });
      expect((await mixcloud.get('bob')).error.retry_after).toBe(452);
      expect(await world.requests()).toHaveLength(1);
    });
  });

  describe('proxy', () => {
    it('is none by default, whatever the environment says', async () => {
      const world = await newWorld();
      const proxy = await newProxy();
      vi.stubEnv('HTTP_PROXY', proxy.origin);
      vi.stubEnv('NO_PROXY', '');
      await clientOf(Mixcloud, world).get('bob');
      expect(await proxy.requests()).toEqual([]);
    });

    it('is the way of every request', async () => {
      const world = await newWorld();
      const proxy = await newProxy();
      expect((await clientOf(Mixcloud, world, { proxy: proxy.origin }).get('bob')).key).toBe('/bob/');
      expect((await proxy.requests())[0]?.target).toContain(new URL(world.origin).host);
    });

    it("'env' takes it from the environment", async () => {
      const world = await newWorld();
      const proxy = await newProxy();
      for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'HTTPS_PROXY', 'NO_PROXY'])
        vi.stubEnv(name, undefined);
      vi.stubEnv('HTTP_PROXY', proxy.origin);
      const proxied = clientOf(Mixcloud, world, { proxy: 'env' });
      expect((await proxied.get('bob')).key).toBe('/bob/');
      expect(await proxy.requests()).not.toEqual([]);
      await proxy.clearRequests();
      vi.stubEnv('NO_PROXY', '127.0.0.1');
      await clientOf(Mixcloud, world, { proxy: 'env' }).get('bob');
      expect(await proxy.requests()).toEqual([]);
    });

    it('must be a URL, and is not shown when it is not, since it may hold a password', async () => {
      const error = await thrown(TypeError, () => new Mixcloud({ proxy: 'socks://me:hidden@proxy' }));
      expect(error.message).toContain('proxy');
      expect(error.message).not.toContain('hidden');
    });
  });

  describe('userAgent', () => {
    it('names the package and its version by default', async () => {
      const world = await newWorld();
      await clientOf(Mixcloud, world).get('bob');
      expect((await world.requests())[0]?.headers['user-agent']).toBe(`mixcloud-client/${version}`);
    });

    it('is the header of every request', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { userAgent: 'radio-archive/2', accessToken: OWNER_TOKEN });
      await mixcloud.get('bob');
      await mixcloud.follow('bob');
      const agents = (await world.requests()).map(({ headers }) => headers['user-agent']);
      expect(agents).toEqual(['radio-archive/2', 'radio-archive/2']);
    });

    it('cannot smuggle in another header', async () => {
      await thrown(TypeError, () => new Mixcloud({ userAgent: 'a\r\nX-Evil: 1' }));
    });
  });

  describe('dispatcher', () => {
    if (mode === 'sync') {
      it('is for the asynchronous client only', async () => {
        const error = await thrown(TypeError, () => new Mixcloud({ dispatcher: new Agent() }));
        expect(error.message).toBe('dispatcher: only the asynchronous client takes a dispatcher');
      });
    } else {
      it('sends the requests, and is not closed with the client', async () => {
        const world = await newWorld();
        const dispatcher = new Agent();
        onTestFinished(() => dispatcher.close());
        let used = 0;
        const counting = dispatcher.compose((dispatch) => (options, handler) => {
          used += 1;
          return dispatch(options, handler);
        });
        const mixcloud = clientOf(Mixcloud, world, { dispatcher: counting });
        expect((await mixcloud.get('bob')).key).toBe('/bob/');
        expect(used).toBe(1);
        await mixcloud.close();
        const another = clientOf(Mixcloud, world, { dispatcher: counting });
        expect((await another.get('peter')).key).toBe('/peter/');
      });

      it('must be one', async () => {
        await thrown(TypeError, () => new Mixcloud({ dispatcher: {} as never }));
      });

      it('cannot be mixed with a proxy', async () => {
        const dispatcher = new Agent();
        onTestFinished(() => dispatcher.close());
        vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
        for (const proxy of ['http://127.0.0.1:9', 'env'] as const) {
          const error = await thrown(TypeError, () => new Mixcloud({ dispatcher, proxy }));
          expect(error.message).toBe('dispatcher: cannot be mixed with proxy; use one or the other');
        }
      });
    }
  });

  it.each([
    ['apiroot', 'apiRoot'],
    ['access_token', 'accessToken'],
    ['raise_exceptions', 'raiseExceptions'],
    ['timeOut', 'timeout'],
    ['retrys', 'retries'],
  ])('refuse the unknown name %s and say that %s is meant', async (name, likely) => {
    const error = await thrown(TypeError, () => new Mixcloud({ [name]: 1 } as never));
    expect(error.message).toContain(`unknown option "${name}", did you mean "${likely}"?`);
  });

  it.each([null, 'https://api.mixcloud.com', [[]], 7])('must be an object, not %j', async (options) => {
    await thrown(TypeError, () => new Mixcloud(options as never));
  });
});
