import { fileURLToPath } from 'node:url';
import type { Mixcloud as Client, ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { audio } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: mistakes do not compile
type Any = any;

const HERE = fileURLToPath(import.meta.url);
const SECRET = 'S3cretToken0123456789';

/** What people write, and the form that the message must name. */
const MISTAKES: ReadonlyArray<readonly [string, (mixcloud: Any, list: Any, user: Any) => unknown, string]> = [
  ['popular(20)', (mixcloud) => mixcloud.popular(20), 'such as { limit: 20 }'],
  ["search('x', 'user')", (mixcloud) => mixcloud.search('x', 'user'), 'such as { type: "user" }'],
  ['getMany(keys, 4)', (mixcloud) => mixcloud.getMany(['bob'], 4), 'such as { concurrency: 4 }'],
  ["getMany('bob')", (mixcloud) => mixcloud.getMany('bob'), "such as ['bob', 'peter']"],
  ['all(100)', (_mixcloud, list) => collectAll(list.all(100)), 'such as { limit: 100 }'],
  ['load(true)', (_mixcloud, _list, user) => user.load(true), 'such as { force: true }'],
  ['embedHtml(key, 300)', (mixcloud) => mixcloud.embedHtml('bob/mix', 300), 'such as { width: 300 }'],
  ['get with a page', (mixcloud) => mixcloud.get('bob/followers', { limit: 5 }), '{ params: { limit: … } }'],
  ['get of a resource', (mixcloud, _list, user) => mixcloud.get(user), 'object.key'],
  ['follow of a resource', (mixcloud, _list, user) => mixcloud.follow(user), 'object.key'],
  ['per_page', (mixcloud) => mixcloud.popular({ page: 0, per_page: 5 }), 'did you mean "perPage"?'],
  ['upload of a link', (mixcloud) => mixcloud.upload('https://example.com/a.mp3', 'x'), 'download it first'],
  ['upload from ~', (mixcloud) => mixcloud.upload('~/show.mp3', 'x'), 'join(os.homedir(), "show.mp3")'],
  ['an unknown field', (mixcloud) => mixcloud.upload('a.mp3', 'x', { publish_date: 1 }), 'did you mean "publishDate"?'],
  ['a Map of fields', (mixcloud) => mixcloud.upload('a.mp3', 'x', new Map()), 'a plain object, but got a Map'],
  ['a Date of options', (mixcloud) => mixcloud.popular(new Date(0)), 'a plain object, but got a Date'],
  [
    'URLSearchParams',
    (mixcloud) => mixcloud.get('bob', { params: new URLSearchParams('a=1') }),
    'params: expected a plain object, but got a URLSearchParams',
  ],
  [
    'startTime',
    (mixcloud) => mixcloud.upload('a.mp3', 'x', { sections: [{ chapter: 'A', startTime: 5 }] }),
    'did you mean "start_time"?',
  ],
  [
    'title',
    (mixcloud) => mixcloud.upload('a.mp3', 'x', { sections: [{ title: 'A' }] }),
    'unknown field "title", did you mean "song"?',
  ],
  [
    "'0:30'",
    (mixcloud) => mixcloud.upload('a.mp3', 'x', { sections: [{ chapter: 'A', start_time: '0:30' }] }),
    'a number of whole seconds, such as 90 for 1:30, but got "0:30"',
  ],
];

/** Mistakes that throw at once in both modes. */
const SYNCHRONOUS: ReadonlyArray<readonly [string, (mixcloud: Any, list: Any, Mixcloud: Any) => unknown, string]> = [
  ['list.sort()', (_mixcloud, list) => list.sort(), '[...list].sort()'],
  ['list.push()', (_mixcloud, list) => list.push(1), '[...list, item]'],
  ['list.reverse()', (_mixcloud, list) => list.reverse(), '[...list].reverse()'],
  [
    'accesToken',
    (mixcloud) => {
      mixcloud.accesToken = SECRET;
    },
    'did you mean "accessToken"?',
  ],
  [
    'access_token',
    (mixcloud) => {
      mixcloud.access_token = SECRET;
    },
    'did you mean "accessToken"?',
  ],
  [
    'timeuot',
    (mixcloud) => {
      mixcloud.timeuot = 5;
    },
    'did you mean "timeout"?',
  ],
  [
    'timeout',
    (mixcloud) => {
      mixcloud.timeout = 5;
    },
    'timeout: cannot be changed',
  ],
  [
    'proxy',
    (mixcloud) => {
      mixcloud.proxy = 'http://127.0.0.1:1';
    },
    'proxy: cannot be changed',
  ],
  [
    'resourceClass',
    (mixcloud) => {
      mixcloud.resourceClass = Object;
    },
    'resourceClass: cannot be changed',
  ],
  [
    'a token with a line break',
    (mixcloud) => {
      mixcloud.accessToken = `${SECRET}\n`;
    },
    'accessToken: has white space, such as a line break at its end',
  ],
  [
    'a Bearer token',
    (_mixcloud, _list, Mixcloud) => new Mixcloud({ accessToken: `Bearer ${SECRET}` }),
    'accessToken: give the token alone, without "Bearer"',
  ],
  [
    'a token alone',
    (_mixcloud, _list, Mixcloud) => new Mixcloud(SECRET),
    'such as { accessToken: … }, but got a string',
  ],
  ['an option of a client', (_m, _l, Mixcloud) => new Mixcloud({ acessToken: 'x' }), 'did you mean "accessToken"?'],
];

describe.each(modes)('a mistake ($mode)', ({ Mixcloud, mode }) => {
  const subject = async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    const list = (await mixcloud.popular({ limit: 2 })) as ResourceList;
    return { world, mixcloud, list, user: await mixcloud.get('bob') };
  };

  it.each(MISTAKES)('%s is a TypeError that names the form that was meant', async (_name, call, expected) => {
    const { world, mixcloud, list, user } = await subject();
    await world.clearRequests();
    const mistaken = async () => {
      await call(mixcloud, list, user);
    };
    const error = await thrown(TypeError, mistaken);
    expect(error.message).toContain(expected);
    expect(error.stack).toContain(HERE);
    expect(await world.requests()).toEqual([]);
  });

  it.each(SYNCHRONOUS)('%s throws at once', async (_name, call, expected) => {
    const { mixcloud, list } = await subject();
    const error = await thrown(TypeError, () => call(mixcloud, list, Mixcloud));
    expect(error.message).toContain(expected);
    expect(error.stack).toContain(HERE);
    expect(`${error.message}${error.stack}`).not.toContain(SECRET);
    expect(mixcloud.accessToken).toBe(OWNER_TOKEN);
  });

  it('throws in sloppy code too', async () => {
    const { mixcloud } = await subject();
    expect(() => new Function('client', 'client.timeout = 5')(mixcloud)).toThrow('timeout: cannot be changed');
    expect(() => new Function('client', 'client.acessToken = 5')(mixcloud)).toThrow('did you mean');
  });

  it.runIf(mode === 'sync')('signal says that only the asynchronous client can abort', async () => {
    const { mixcloud } = await subject();
    const error = await thrown(TypeError, () => mixcloud.get('bob', { signal: AbortSignal.timeout(5) }));
    expect(error.message).toContain('signal: a blocking call cannot be aborted');
  });

  it('null is not one: it means that an option is not given', async () => {
    const { mixcloud, list, user } = await subject();
    const nothing = { timeout: null, signal: null };
    expect((await mixcloud.get('bob', { ...nothing, params: null, relative: null } as never)).city).toBe('London');
    expect((await mixcloud.popular({ limit: null, since: null, page: null, ...nothing } as never)).length).toBe(20);
    expect((await mixcloud.search('jazz', { type: null })).length).toBeGreaterThan(0);
    expect(await mixcloud.embedHtml('chris/funky-mix', { width: null, color: null })).toContain('<iframe');
    await user.load({ force: null });
    await list.loadAll({ concurrency: null });
    const upload = await mixcloud.upload(audio(1000), 'x', {
      description: null,
      tags: null,
      sections: [{ artist: 'A', song: 'S', start_time: 0 }],
      onProgress: null,
    });
    expect(JSON.stringify(upload)).toContain('"success":true');
    const options = { apiRoot: null, timeout: null, jsonDecoder: null, resourceClass: null, proxy: null };
    expect(new Mixcloud(options).timeout).toBe(60_000);
  });

  it('is none where tests and subclasses set what they need', async () => {
    const { mixcloud } = await subject();
    const open = mixcloud as Any;
    open.close = () => 'closed';
    expect(open.close()).toBe('closed');
    open.get = () => 'double';
    expect(open.get()).toBe('double');
    open.logger = console;
    expect(open.logger).toBe(console);
    const mark = Symbol('mark');
    expect(Reflect.set(mixcloud, mark, 1) && Reflect.get(mixcloud, mark)).toBe(1);
    class Own extends Mixcloud {
      counter = 1;
      readonly #secret = 2;
      constructor(...args: ConstructorParameters<typeof Client>) {
        super(...args);
        (this as Any).started = true;
      }
      get sum() {
        return this.counter + this.#secret;
      }
    }
    const own = new Own();
    expect([own.sum, (own as Any).started, own instanceof Object]).toEqual([3, true, true]);
    await own.close();
  });

  it('withOptions says to override it where a constructor returns another object', async () => {
    class Wrapped extends Mixcloud {
      constructor(options: ConstructorParameters<typeof Client>[0]) {
        super(options);
        // biome-ignore lint/correctness/noConstructorReturn: this is what is tested
        if (options?.timeout === 5) return {} as this;
      }
    }
    const wrapped = new Wrapped({});
    expect(() => wrapped.withOptions({ timeout: 5 })).toThrow(
      'the constructor of Wrapped must pass its options on whole',
    );
    await wrapped.close();
  });

  it('every option but the proxy and the dispatcher can be read back', () => {
    const options = {
      apiRoot: 'http://127.0.0.1:9',
      accessToken: 'abc',
      raiseExceptions: true,
      timeout: 5,
      retries: 0,
      maxRateLimitWait: 3,
      userAgent: 'test',
      jsonDecoder: (text: string) => JSON.parse(text),
    };
    const mixcloud = new Mixcloud({ ...options, proxy: 'http://127.0.0.1:9' });
    expect(mixcloud).toMatchObject(options);
    expect((mixcloud as Any).proxy).toBeUndefined();
    class Show extends mixcloud.resourceClass {}
    expect(new Mixcloud({ resourceClass: Show }).resourceClass).toBe(Show);
  });

  it('a page URL without www. is a key', async () => {
    const { mixcloud } = await subject();
    const www = clientOf(Mixcloud, await newWorld(), { mixcloudRoot: 'https://www.mixcloud.com' });
    for (const key of ['https://mixcloud.com/bob', 'http://www.mixcloud.com/bob/', 'https://www.mixcloud.com/bob']) {
      expect((await www.get(key)).key).toBe('/bob/');
    }
    await mixcloud.close();
  });
});

/** Reads an iterable of either mode to its end. */
async function collectAll(items: AsyncIterable<unknown> | Iterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}
