import { describe, expect, it } from 'vitest';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import * as embedding from '../../src/shared/operations/embedding.ts';
import * as operations from '../../src/shared/operations/reading.ts';
import { MixcloudConnectionError, MixcloudError } from '../../src/shared/protocol/errors.ts';
import { expectResponse, resume } from '../../src/shared/protocol/operation.ts';
import { apiError, batch, context, failure, owner, placeOf, planned, request, response, TOKEN } from './fakes.ts';

const bob = { key: '/bob/', type: 'user', name: 'Bob' };
const place = (operation: Parameters<typeof planned>[0]) => placeOf(planned(operation));

describe('get', () => {
  const get = (key: unknown, input?: unknown, client = context()) => operations.get(client, key, input);

  it('asks for metadata, once, without a token', () => {
    const { batches, result } = batch(get('bob'), response(bob));
    expect(batches).toEqual([
      {
        requests: [
          {
            method: 'GET',
            url: 'https://api.mixcloud.com/bob/?metadata=1',
            secrets: {},
            idempotent: true,
            timeout: 60_000,
          },
        ],
        concurrency: 1,
      },
    ]);
    expect(result).toBeInstanceOf(ResourceBase);
    expect(result).toMatchObject({ key: '/bob/', full: true });
  });

  it('sends the token apart from the URL', () => {
    const sent = planned(get('bob', undefined, owner()));
    expect(sent.url).toBe('https://api.mixcloud.com/bob/?metadata=1');
    expect(sent.secrets).toEqual({ access_token: TOKEN });
  });

  it.each([
    ['/luke/a-nice-mix/', '/luke/a-nice-mix/?metadata=1'],
    ['https://www.mixcloud.com/bob/', '/bob/?metadata=1'],
    ['genres/funk+city:athens', '/genres/funk+city:athens/?metadata=1'],
    ['bob?access_token=x', '/bob%3Faccess_token=x/?metadata=1'],
  ])('of %s asks for %s', (key, expected) => {
    expect(place(get(key))).toBe(expected);
  });

  it('adds parameters', () => {
    const params = { q: 'a & b', limit: 5, fresh: true, none: undefined };
    expect(place(get('bob', { params }))).toBe('/bob/?metadata=1&q=a+%26+b&limit=5&fresh=true');
  });

  it('of a URL asks for that URL, with the token only if it is the API’s', () => {
    const sameOrigin = planned(get('https://api.mixcloud.com/bob/?limit=5', { relative: false }, owner()));
    expect(sameOrigin).toMatchObject({ url: 'https://api.mixcloud.com/bob/?limit=5&metadata=1' });
    expect(sameOrigin.secrets).toEqual({ access_token: TOKEN });
    const other = planned(get('https://evil.example/bob', { relative: false }, owner()));
    expect(other).toMatchObject({ url: 'https://evil.example/bob?metadata=1', secrets: {} });
  });

  it('makes no methods for connections when told so', () => {
    const data = { ...bob, metadata: { connections: { followers: 'https://api.mixcloud.com/bob/followers/' } } };
    const read = (input?: object) => batch(get('bob', input), response(data)).result as { followers?: unknown };
    expect(typeof read().followers).toBe('function');
    expect(read({ createConnections: false }).followers).toBeUndefined();
  });

  it('takes a time-out', () => {
    expect(planned(get('bob', { timeout: 5 })).timeout).toBe(5);
  });

  it.each<readonly [unknown, unknown, string]>([
    ['..', undefined, 'key: '],
    [undefined, undefined, 'key: '],
    ['bob', { relative: 'no' }, 'relative: expected true or false'],
    ['bob', { createConnections: 1 }, 'createConnections: expected true or false'],
    ['bob', { signal: null }, 'get options: unknown option "signal"'],
    ['bob', { params: { access_token: TOKEN } }, 'params: set the access token as accessToken'],
    ['bob', { relative: false }, 'url: expected an absolute http or https URL'],
    ['bob', null, 'get options: expected an object, but got null'],
    ['bob', { timeout: '5' }, 'timeout: expected a number of milliseconds'],
  ])('of %j with %j is a TypeError before anything is sent', (key, input, expected) => {
    expect(() => batch(get(key, input))).toThrow(TypeError);
    expect(() => batch(get(key, input))).toThrow(expected);
  });
});

describe('me', () => {
  it('asks for the owner of the token', () => {
    expect(planned(operations.me(owner(), undefined))).toEqual({
      method: 'GET',
      url: 'https://api.mixcloud.com/me/?metadata=1',
      secrets: { access_token: TOKEN },
      idempotent: true,
      timeout: 60_000,
    });
  });

  it('is a TypeError without a token', () => {
    expect(() => batch(operations.me(context(), undefined))).toThrow(/^accessToken: this needs an access token/);
  });
});

describe('discover', () => {
  it.each([
    ['Drum & Bass', '/genres/drum-bass/?metadata=1'],
    ['funk+city:athens', '/genres/funk+city:athens/?metadata=1'],
    ['λαϊκά', '/genres/%CE%BB%CE%B1%CF%8A%CE%BA%CE%AC/?metadata=1'],
  ])('of %s asks for %s', (tag, expected) => {
    expect(place(operations.discover(context(), tag, undefined))).toBe(expected);
  });
});

describe('list', () => {
  it.each([
    ['popular', undefined, '/popular/?metadata=1'],
    ['popular/hot', { page: 1 }, '/popular/hot/?metadata=1&limit=20&offset=20'],
    ['new', { offset: 5, limit: 10, timeout: 9 }, '/new/?metadata=1&offset=5&limit=10'],
  ] as const)('of %s with %j asks for %s', (key, input, expected) => {
    expect(place(operations.list(context(), key, input))).toBe(expected);
  });

  it('gives a list', () => {
    const { result } = batch(
      operations.list(context(), 'popular', undefined),
      response({ name: 'Popular', data: [bob] }),
    );
    expect(result).toBeInstanceOf(ResourceListBase);
    expect(result).toMatchObject({ name: 'Popular', length: 1 });
  });
});

describe('search', () => {
  it.each<readonly [string, object | undefined, string]>([
    ['jazz & co', undefined, '/search/?metadata=1&q=jazz+%26+co&type=cloudcast'],
    ['john', { type: 'user', page: 2 }, '/search/?metadata=1&q=john&type=user&limit=20&offset=40'],
    ['x', { type: 'playlist', limit: 1 }, '/search/?metadata=1&q=x&type=playlist&limit=1'],
  ])('of %s with %j asks for %s', (query, input, expected) => {
    expect(place(operations.search(context(), query, input))).toBe(expected);
  });

  it.each<readonly [unknown, unknown]>([
    ['', undefined],
    [' ', undefined],
    [5, undefined],
    ['x', { type: '' }],
    ['x', { type: 5 }],
    ['x', { kind: 'user' }],
  ])('of %j with %j is a TypeError', (query, input) => {
    expect(() => batch(operations.search(context(), query, input))).toThrow(TypeError);
  });
});

describe('connection', () => {
  const links = { followers: 'http://api.mixcloud.com/bob/followers/?x=1', bad: 5 };
  const bobs = { key: '/bob/', links };
  const of = (name: unknown, input?: unknown, whose: { key: unknown; links: object | undefined } = bobs) =>
    operations.connection(owner(), { key: whose.key, links: whose.links as typeof links }, name, input);

  it('follows the link that came with the resource', () => {
    const sent = planned(of('followers', { limit: 50 }));
    expect(sent.url).toBe('https://api.mixcloud.com/bob/followers/?x=1&metadata=1&limit=50');
    expect(sent.secrets).toEqual({ access_token: TOKEN });
  });

  it('goes by the key when there is no link', () => {
    expect(place(of('listen-later'))).toBe('/bob/listen-later/?metadata=1');
    expect(place(of('constructor'))).toBe('/bob/constructor/?metadata=1');
    const another = { key: '/%CE%B1%25/', links: undefined };
    expect(place(of('followers', undefined, another))).toBe('/%CE%B1%25/followers/?metadata=1');
  });

  it.each<readonly [unknown, unknown, unknown]>([
    ['', undefined, '/bob/'],
    [5, undefined, '/bob/'],
    ['../me', undefined, '/bob/'],
    ['https://evil.example', undefined, '/bob/'],
    ['followers', { page: 1, limit: 1 }, '/bob/'],
    ['comments', undefined, undefined],
    ['comments', undefined, 5],
    ['comments', undefined, '/../'],
  ])('%j with %j of %j is a TypeError', (name, input, key) => {
    expect(() => batch(of(name, input, { key, links }))).toThrow(TypeError);
  });

  it('reports a link that is none as the fault of the API', () => {
    expect(() => batch(of('bad'))).toThrow(MixcloudError);
    expect(() => batch(of('bad'))).toThrow(/link of the connection bad that is no absolute/);
  });
});

describe('follow', () => {
  const follow = (url: unknown, input?: unknown) => operations.fetchLink(owner(), url, input, 'next');

  it('asks for what a link leads to', () => {
    expect(place(follow('https://api.mixcloud.com/new/?offset=20&access_token=other'))).toBe(
      '/new/?offset=20&metadata=1',
    );
  });

  it("reports what is no link as the fault of the API, and what is no option as the caller's", () => {
    expect(() => batch(follow('/new/?offset=20'))).toThrow(/^The API sent a link to the next page that is no absolute/);
    expect(() => batch(follow('https://x.example', { limit: 5 }))).toThrow(/^next options: unknown option "limit"/);
  });
});

describe('embed', () => {
  it.each([
    ['json', undefined, '/luke/mix/embed-json/'],
    ['html', { width: 300, height: 60, color: '#ff8800' }, '/luke/mix/embed-html/?width=300&height=60&color=ff8800'],
  ] as const)('as %s with %j asks for %s, without the token', (format, input, expected) => {
    const sent = planned((format === 'json' ? embedding.embedJson : embedding.embedHtml)(owner(), 'luke/mix', input));
    expect(sent).toMatchObject({ method: 'GET', secrets: {}, idempotent: true });
    expect(placeOf(sent)).toBe(expected);
  });

  it('gives an object, or the text', () => {
    const html = '<iframe src="x"></iframe>';
    const json = batch(embedding.embedJson(context(), 'luke/mix', undefined), response({ html }));
    expect(json.result).toMatchObject({ html });
    const plain = batch(embedding.embedHtml(context(), 'luke/mix', undefined), response(html));
    expect(plain.result).toBe(html);
  });
});

describe('oembed', () => {
  it('names the page, without the token', () => {
    const sent = planned(embedding.oembed(owner(), '/luke/ä/', { width: 300 }));
    expect(sent.secrets).toEqual({});
    expect(sent.url).toBe(
      'https://app.mixcloud.com/oembed/?url=https%3A%2F%2Fwww.mixcloud.com%2Fluke%2F%25C3%25A4%2F&format=json&width=300',
    );
  });

  it('gives text as XML', () => {
    const operation = embedding.oembed(context(), 'bob', { format: 'xml' });
    const { requests, result } = batch(operation, response('<oembed/>', { contentType: 'text/xml' }));
    expect(requests[0]?.url).toContain('&format=xml');
    expect(result).toBe('<oembed/>');
  });

  it('knows no other format', () => {
    expect(() => batch(embedding.oembed(context(), 'bob', { format: 'yaml' }))).toThrow(
      `format: expected 'json' or 'xml', but got "yaml"`,
    );
  });
});

describe('what comes back', () => {
  it('is thrown when there is no answer, whatever raiseExceptions says', () => {
    expect(() => batch(operations.get(context(), 'bob', undefined), failure())).toThrow(MixcloudConnectionError);
  });

  it('is an object when the API answers with an error, or thrown under raiseExceptions', () => {
    const error = apiError('ResourceNotFoundException', 404);
    const { result } = batch(operations.get(context(), 'bob', undefined), error);
    expect(result).toMatchObject({ error: { type: 'ResourceNotFoundException' } });
    const strict = operations.get(context({ raiseExceptions: true }), 'bob', undefined);
    expect(() => batch(strict, error)).toThrow(MixcloudError);
  });

  it('must be there for every request', () => {
    expect(() => expectResponse(undefined, request())).toThrow('A driver must return a result for every request');
  });
});

describe('advance', () => {
  const deep = (frames: number): never => {
    if (frames > 0) deep(frames - 1);
    throw new Error('deep');
  };

  it('keeps frames of the caller in a stack that would be cut off, and the limit as it was', () => {
    const limit = Error.stackTraceLimit;
    const flow = (function* () {
      yield deep(14);
    })();
    function theCaller() {
      resume(flow);
    }
    expect(theCaller).toThrow(expect.objectContaining({ stack: expect.stringContaining('theCaller') }));
    expect(Error.stackTraceLimit).toBe(limit);
  });

  it('leaves a limit of none alone', () => {
    const limit = Error.stackTraceLimit;
    try {
      Error.stackTraceLimit = 0;
      expect(() =>
        resume(
          (function* () {
            yield deep(1);
          })(),
        ),
      ).toThrow(expect.objectContaining({ stack: 'Error: deep' }));
    } finally {
      Error.stackTraceLimit = limit;
    }
  });
});
