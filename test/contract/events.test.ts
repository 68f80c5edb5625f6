import { isMainThread, threadId } from 'node:worker_threads';
import {
  type Mixcloud as Client,
  type FailureEvent,
  MixcloudClosedError,
  MixcloudConnectionError,
  type MixcloudEvent,
  type MixcloudEventListener,
  type MixcloudOptions,
  MixcloudTimeoutError,
  type ResponseEvent,
} from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio, newFile } from '../support/audio.ts';
import { Browser } from '../support/browser.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const PATIENT = { timeout: 10_000 };

/** Events in short: `request 1`, `response 1 200`, `failure 1 ECONNRESET`, `retry 1`. */
const brief = (events: readonly MixcloudEvent[]) =>
  events.map((event) => {
    const { type, attempt } = event;
    if (event.type === 'response') return `${type} ${attempt} ${event.status}`;
    if (event.type === 'failure') return `${type} ${attempt} ${Reflect.get(event.error, 'code')}`;
    return `${type} ${attempt}`;
  });

describe.each(modes)('onEvent ($mode)', ({ mode, Mixcloud, MixcloudOAuth }) => {
  function listen(world: WorldHandle, options: MixcloudOptions = {}): { mixcloud: Client; events: MixcloudEvent[] } {
    const events: MixcloudEvent[] = [];
    const onEvent: MixcloudEventListener = (event) => void events.push(event);
    return { events, mixcloud: clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, onEvent, ...options }) };
  }

  function logIn(world: WorldHandle, mixcloud: Client, browser = new Browser()): Promise<string> {
    const { clientId, clientSecret } = OWNER_APP;
    return new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret, mixcloud }).login({
      onUrl: browser.open,
    });
  }

  it('is told of a request and its response', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    await mixcloud.popular();
    const base = { id: expect.any(String), attempt: 1, method: 'GET', url: `${world.origin}/popular/?metadata=1` };
    expect(events).toEqual([
      { type: 'request', ...base },
      {
        type: 'response',
        ...base,
        status: 200,
        headers: expect.any(Object),
        bytes: expect.any(Number),
        elapsed: expect.any(Number),
      },
    ]);
    const [request, response] = events as [MixcloudEvent, ResponseEvent];
    expect(response.id).toBe(request.id);
    expect(response.headers['content-type']).toMatch(/^text\/javascript/);
    expect(Object.keys(response.headers)).toEqual(Object.keys(response.headers).map((name) => name.toLowerCase()));
    // As received: compressed.
    expect(response.bytes).toBe(Number(response.headers['content-length'] ?? response.bytes));
    expect(response.bytes).toBeLessThan(JSON.stringify((await mixcloud.popular()).data).length / 2);
    expect(response.elapsed).toBeGreaterThan(0);
  });

  it('has an id for each request, which no other has in the process', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    const other = listen(world);
    await mixcloud.getMany(['bob', 'peter', 'luke', 'alice'], { concurrency: 2 });
    await mixcloud.get('bob');
    await other.mixcloud.get('bob');
    const ids = [...events, ...other.events].map(({ id }) => id);
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(6);
    for (const id of ids) {
      expect(brief([...events, ...other.events].filter((event) => event.id === id))).toEqual([
        'request 1',
        'response 1 200',
      ]);
    }
  });

  it('is told of failures, pauses and further attempts, in order', async () => {
    const world = await newWorld();
    await world.fault({ name: 'reset', times: 1 });
    await world.fault({ name: 'html-503', times: 1 });
    const { mixcloud, events } = listen(world);
    await mixcloud.get('bob');
    expect(brief(events)).toEqual([
      ...['request 1', 'failure 1 ECONNRESET', 'retry 1'],
      ...['request 2', 'response 2 503', 'retry 2', 'request 3', 'response 3 200'],
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    const { error } = events[1] as FailureEvent;
    expect(error).toBeInstanceOf(MixcloudConnectionError);
    expect(error).toMatchObject({ method: 'GET', url: `${world.origin}/bob/?metadata=1`, sent: true });
    for (const event of events) if (event.type === 'retry') expect(event.wait).toBeGreaterThan(0);
  });

  it('is told of an error of the API as of any response', async () => {
    const { mixcloud, events } = listen(await newWorld());
    await mixcloud.get('nobody-of-that-name');
    expect(brief(events)).toEqual(['request 1', 'response 1 404']);
  });

  it('is told of the wait for a rate limit', async () => {
    const world = await newWorld();
    await world.fault({ name: 'rate-limit', param: 0.3, times: 1 });
    const { mixcloud, events } = listen(world, { maxRateLimitWait: 5 });
    await mixcloud.follow('bob');
    expect(brief(events)).toEqual(['request 1', 'response 1 403', 'rate-limit 1', 'request 2', 'response 2 200']);
    expect(events[2]).toMatchObject({ method: 'POST', url: `${world.origin}/bob/follow/`, wait: expect.any(Number) });
    expect((events[2] as { wait: number }).wait).toBeGreaterThan(250);
  });

  it('is told of each hop of a redirect', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world, { apiRoot: world.faultRoot('redirect-chain', 2) });
    await mixcloud.get('bob');
    expect(brief(events)).toEqual([
      'request 1',
      'response 1 302',
      'request 1',
      'response 1 302',
      'request 1',
      'response 1 200',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    const urls = events.map(({ url }) => url.replace(world.origin, ''));
    expect(urls).toEqual([
      ...Array(2).fill('/fault/redirect-chain:2/bob/?metadata=1'),
      ...Array(2).fill('/fault/redirect-chain:1/bob/?metadata=1'),
      ...Array(2).fill('/bob/?metadata=1'),
    ]);
  });

  it('is told that a redirect is not followed', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world, { apiRoot: world.faultRoot('redirect-abroad', 'http://127.0.0.2:9') });
    await thrown(MixcloudConnectionError, () => mixcloud.follow('bob'));
    expect(brief(events)).toEqual(['request 1', 'response 1 302', 'failure 1 ERR_MIXCLOUD_REDIRECT']);
  });

  it('is told of uploads, and of both requests of an edit', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    await mixcloud.upload(newFile('show.mp3', audio(300_000)), 'A show');
    await mixcloud.edit('a-show', { name: 'Another' });
    expect(events.map(({ type, method, url }) => `${type} ${method} ${url.replace(world.origin, '')}`)).toEqual([
      ...[
        'request POST /upload/',
        'response POST /upload/',
        'request GET /me/?metadata=1',
        'response GET /me/?metadata=1',
      ],
      ...['request POST /upload/stationowner/a-show/edit/', 'response POST /upload/stationowner/a-show/edit/'],
    ]);
  });

  it('is told of a timeout, with the error that is thrown', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang' });
    const { mixcloud, events } = listen(world);
    const error = await thrown(MixcloudTimeoutError, () => mixcloud.get('bob', { timeout: 80 }));
    expect(brief(events)).toEqual(['request 1', 'failure 1 ERR_MIXCLOUD_TIMEOUT']);
    const reported = (events[1] as FailureEvent).error as MixcloudTimeoutError;
    expect(reported).toBeInstanceOf(MixcloudTimeoutError);
    expect([reported.message, reported.timeout, reported.sent]).toEqual([error.message, 80, true]);
  });

  it('is told of the exchange of a code', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    const redirectUri = 'https://station.example/code';
    const { clientId, clientSecret } = OWNER_APP;
    const oauth = new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret, redirectUri, mixcloud });
    expect(await oauth.accessToken(await world.code(clientId))).toBeTypeOf('string');
    expect(brief(events)).toEqual(['request 1', 'response 1 200']);
    const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri });
    expect(events[0]?.url).toBe(`${world.oauthRoot}/access_token?${query}`);
  });

  it('is told of the exchange of a login', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    await logIn(world, mixcloud);
    expect(brief(events)).toEqual(['request 1', 'response 1 200']);
    expect(events[0]?.url).toContain(`${world.oauthRoot}/access_token?`);
    expect(JSON.stringify(events)).not.toContain(OWNER_APP.clientSecret);
  });

  it('is not told of a mistake of the caller, of which nothing is sent', async () => {
    const { mixcloud, events } = listen(await newWorld());
    await thrown(TypeError, () => mixcloud.get('..'));
    await thrown(TypeError, () => mixcloud.upload('/not/here.mp3', 'A show'));
    await thrown(RangeError, () => mixcloud.upload(new Uint8Array(0), 'A show'));
    expect(events).toEqual([]);
  });

  it('is told of every page of a loop, and of the page that is not waited for', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    const list = await mixcloud.popular({ limit: 10 });
    const count = () => [events.filter(({ type }) => type === 'request').length, events.length];
    for await (const _item of list.all({ limit: 30 })) {
    }
    expect(count()).toEqual([3, 6]);
    for await (const _item of list.all()) break;
    // The page ahead has been answered or was aborted, and both have been told.
    expect(count()).toEqual([4, 8]);
  });

  it('is told of every page and item that a loop loads ahead, and of those that are not waited for', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    const list = await mixcloud.popular({ limit: 10 });
    const typesById = () => {
      const types = new Map<string, string[]>();
      for (const { id, type } of events.splice(0)) types.set(id, [...(types.get(id) ?? []), type]);
      return [...types.values()].map((each) => each.join(' '));
    };
    typesById();
    for await (const _item of list.all({ load: true, limit: 15 })) {
    }
    // The second page, and 15 items.
    expect(typesById()).toEqual(Array(16).fill('request response'));
    await world.fault({ name: 'hang', on: list[9]?.key ?? '' });
    for await (const item of (await mixcloud.popular({ limit: 10 })).all({ load: true, concurrency: 12 })) {
      if (item.key === list[8]?.key) break;
    }
    const types = typesById();
    expect(types.filter((each) => each === 'request failure').length).toBeGreaterThan(0);
    expect(types.filter((each) => !/^(?:request )?(?:response|failure)$/.test(each))).toEqual([]);
  });

  it('runs on the calling thread, while that thread waits', async () => {
    const world = await newWorld({ delayMs: 1500 });
    const seen: { type: string; main: boolean; thread: number; at: number }[] = [];
    const onEvent = ({ type }: MixcloudEvent) =>
      void seen.push({ type, main: isMainThread, thread: threadId, at: performance.now() });
    await clientOf(Mixcloud, world, { onEvent }).get('bob');
    expect(seen).toMatchObject([
      { type: 'request', main: isMainThread, thread: threadId },
      { type: 'response', main: isMainThread, thread: threadId },
    ]);
    // At most a second late, and not all at the end.
    const [request, response] = seen;
    expect((response?.at ?? 0) - (request?.at ?? 0)).toBeGreaterThan(400);
  });

  describe('an exception of the listener', () => {
    const CASES: Readonly<Record<MixcloudEvent['type'], string>> = {
      request: 'none',
      response: 'none',
      failure: 'reset',
      retry: 'html-503',
      'rate-limit': 'rate-limit',
    };

    it.each(Object.entries(CASES))('ends the call: at %s', async (type, fault) => {
      const world = await newWorld();
      if (fault !== 'none') await world.fault({ name: fault, ...(fault === 'rate-limit' && { param: 30 }) });
      const broken = new RangeError('no room for the log');
      const types: string[] = [];
      const { mixcloud } = listen(world, {
        maxRateLimitWait: 60,
        onEvent: (event) => {
          types.push(event.type);
          if (event.type === type) throw broken;
        },
      });
      await expect((async () => mixcloud.get('bob'))()).rejects.toBe(broken);
      expect(types.at(-1)).toBe(type);
      await world.clearFaults();
      const other = clientOf(Mixcloud, world);
      expect((await other.get('peter')).key).toBe('/peter/');
      await expect.poll(async () => (await world.connections()).inFlight, PATIENT).toBe(0);
    });

    it('ends an upload, a batch and a loop', async () => {
      const world = await newWorld();
      const broken = new RangeError('no room for the log');
      let left = Number.POSITIVE_INFINITY;
      const { mixcloud } = listen(world, {
        onEvent: () => {
          left -= 1;
          if (left < 0) throw broken;
        },
      });
      const list = await mixcloud.popular({ limit: 10 });
      const calls = [
        async () => mixcloud.upload(audio(100_000), 'A show'),
        async () => mixcloud.getMany(['bob', 'peter', 'luke'], { concurrency: 1 }),
        async () => {
          for await (const _item of list.all()) {
          }
        },
      ];
      for (const call of calls) {
        left = 1;
        await expect(call()).rejects.toBe(broken);
      }
    });
  });

  describe('an exception of the listener of a loop that loads ahead', () => {
    const broken = new RangeError('no room for the log');

    it.each([
      ['none', 1],
      ['none', 8],
      ['hang', 2],
      ['hang', 8],
    ])('ends it, and is not an error of an item (fault %s, concurrency %i)', async (fault, concurrency) => {
      const world = await newWorld();
      let left = Number.POSITIVE_INFINITY;
      const { mixcloud } = listen(world, {
        onEvent: () => {
          left -= 1;
          if (left < 0) throw broken;
        },
      });
      const list = await mixcloud.popular({ limit: 10 });
      if (fault !== 'none') await world.fault({ name: fault });
      left = fault === 'none' ? 7 : 1;
      const onError = (error: Error) => expect.unreachable(error.message);
      const loop = async () => {
        for await (const _item of list.all({ load: true, concurrency, onError })) {
        }
      };
      await expect(loop()).rejects.toBe(broken);
      await expect.poll(async () => (await world.connections()).inFlight, PATIENT).toBe(0);
    });
  });

  it('whose listener throws ends a login, and with it the port', async () => {
    const world = await newWorld();
    const broken = new RangeError('no room for the log');
    const { mixcloud } = listen(world, {
      onEvent: ({ type }) => {
        if (type === 'response') throw broken;
      },
    });
    const browser = new Browser();
    await expect((async () => logIn(world, mixcloud, browser))()).rejects.toBe(broken);
    expect((await browser.visited())[0]?.body).toContain('did not complete the login');
    expect(await browser.isPortOpen()).toBe(false);
  });

  describe('a listener that closes the client', () => {
    const closing = async (world: WorldHandle, type: MixcloudEvent['type'], options: MixcloudOptions = {}) => {
      const types: string[] = [];
      const parent = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, maxRateLimitWait: 5, ...options });
      const mixcloud: Client = parent.withOptions({
        onEvent: (event) => {
          types.push(event.type);
          if (event.type === type) void parent.close();
        },
      });
      const list = async () => (await parent.withOptions({}).popular({ limit: 10 })) as never;
      return { mixcloud, types, list };
    };

    it.each([
      ['request', 'none'],
      ['response', 'none'],
      ['failure', 'reset'],
      ['retry', 'html-503'],
      ['rate-limit', 'rate-limit'],
    ] as const)('lets its call complete, and ends the others: at %s', async (type, name) => {
      const world = await newWorld();
      if (name !== 'none') await world.fault({ name, times: 1, ...(name === 'rate-limit' && { param: 0.2 }) });
      const { mixcloud, types } = await closing(world, type);
      expect((await mixcloud.get('bob')).key).toBe('/bob/');
      expect(types).toContain(type);
      await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('lets the requests that its call has left be sent', async () => {
      const world = await newWorld();
      for (const call of [
        async (client: Client) => client.edit('perfect-mix', { name: 'x' }),
        async (client: Client) => client.getMany(['bob', 'peter', 'luke'], { concurrency: 1 }),
      ]) {
        const { mixcloud } = await closing(world, 'request');
        await call(mixcloud);
        await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
      }
      expect(await world.requests()).toHaveLength(5);
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('lets its loop complete', async () => {
      const world = await newWorld();
      const { mixcloud, types } = await closing(world, 'failure');
      const list = await mixcloud.popular({ limit: 10 });
      await world.fault({ name: 'reset', times: 1 });
      let items = 0;
      for await (const _item of list.all({ limit: 45 })) items += 1;
      expect([items, types.filter((type) => type === 'failure').length]).toEqual([45, 1]);
      await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('lets its loop that loads ahead complete, and nothing is sent again', async () => {
      const world = await newWorld();
      const { mixcloud, types } = await closing(world, 'failure');
      const list = await mixcloud.popular({ limit: 10 });
      await world.fault({ name: 'reset', times: 1, on: list[3]?.key ?? '' });
      const keys: string[] = [];
      for await (const { key } of list.all({ load: true, limit: 15 })) keys.push(key);
      expect([keys.length, types.filter((type) => type === 'failure').length]).toEqual([15, 1]);
      // Two pages, 15 items and the one that failed.
      expect(await world.requests()).toHaveLength(18);
      await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('lets its login complete', async () => {
      const world = await newWorld();
      const { mixcloud } = await closing(world, 'request');
      expect(await logIn(world, mixcloud)).toBe(OWNER_TOKEN);
      await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
    });
  });

  it('may make calls of its own, whose events come in their order', async () => {
    const world = await newWorld();
    const events: string[] = [];
    const mixcloud: Client = clientOf(Mixcloud, world, {
      onEvent: ({ type, url }) => void events.push(`${type} ${new URL(url).pathname}`),
    });
    const nested: unknown[] = [];
    const outer = mixcloud.withOptions({
      onEvent: ({ type }) => {
        if (type === 'request') nested.push(mixcloud.get('peter'));
      },
    });
    await outer.get('bob');
    await Promise.all(nested);
    expect(events).toEqual(['request /peter/', 'response /peter/']);
  });

  it('may fetch a large list of its own when another has arrived', async () => {
    const world = await newWorld();
    const mixcloud: Client = clientOf(Mixcloud, world);
    const nested: unknown[] = [];
    const outer = mixcloud.withOptions({
      onEvent: ({ type }) => {
        if (type === 'response') nested.push(mixcloud.popular({ limit: 100, offset: 50 }));
      },
    });
    const list = await outer.popular({ limit: 100 });
    expect(await Promise.all(nested)).toHaveLength(1);
    expect(list.data).toEqual((await mixcloud.popular({ limit: 100 })).data);
  });

  it('is an option like the others', async () => {
    const world = await newWorld();
    const { mixcloud, events } = listen(world);
    expect(mixcloud.onEvent).toBeTypeOf('function');
    expect(new Mixcloud().onEvent).toBeNull();
    expect(new Mixcloud({ onEvent: null }).onEvent).toBeNull();
    const others: string[] = [];
    await mixcloud.withOptions({ onEvent: ({ type }) => void others.push(type) }).get('bob');
    expect([events, others]).toEqual([[], ['request', 'response']]);
    await mixcloud.withOptions({ onEvent: null }).get('bob');
    expect(brief(events)).toEqual(['request 1', 'response 1 200']);
    const { message } = await thrown(TypeError, () => new Mixcloud({ onEvent: true as never }));
    expect(message).toBe('onEvent: expected a function, but got true');
    expect((await thrown(TypeError, () => new Mixcloud({ onEvents: () => {} } as never))).message).toContain('onEvent');
  });

  if (mode === 'async') {
    it('is told of an abort, with the reason, before the call rejects', async () => {
      const world = await newWorld();
      await world.fault({ name: 'hang' });
      const { mixcloud, events } = listen(world);
      const controller = new AbortController();
      const reason = new Error('changed my mind');
      const rejected = expect(mixcloud.get('bob', { signal: controller.signal })).rejects.toBe(reason);
      await expect.poll(async () => (await world.requests()).length, PATIENT).toBe(1);
      controller.abort(reason);
      await rejected;
      expect(events.map(({ type }) => type)).toEqual(['request', 'failure']);
      expect((events[1] as FailureEvent).error).toBe(reason);
    });

    it('is told of a wait that closing ended, and of a request that another one holds back', async () => {
      const world = await newWorld();
      await world.fault({ name: 'rate-limit', param: 30 });
      const { mixcloud, events } = listen(world, { maxRateLimitWait: 60 });
      const first = expect(mixcloud.get('bob')).rejects.toBeInstanceOf(MixcloudClosedError);
      await expect.poll(() => events.length, PATIENT).toBe(3);
      const second = expect(mixcloud.get('peter')).rejects.toBeInstanceOf(MixcloudClosedError);
      await expect.poll(() => events.length, PATIENT).toBe(4);
      await mixcloud.close();
      await Promise.all([first, second]);
      const of = (path: string) => brief(events.filter(({ url }) => url.includes(path)));
      expect(of('/bob/')).toEqual(['request 1', 'response 1 403', 'rate-limit 1', 'failure 1 ERR_MIXCLOUD_CLOSED']);
      expect(of('/peter/')).toEqual(['rate-limit 1', 'failure 1 ERR_MIXCLOUD_CLOSED']);
    });
  }
});
