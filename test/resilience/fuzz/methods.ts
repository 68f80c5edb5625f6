/** The public methods, what they are input, and what they may ask of the server then. */
import fc from 'fast-check';
import type { Mixcloud, MixcloudOAuth, Resource, ResourceList } from 'mixcloud-client';
import { isPlaceOf } from './right-requests.ts';
import {
  anyFile,
  anyKey,
  anyName,
  anyText,
  anyValue,
  call,
  display,
  editFields,
  mostly,
  options,
  page,
  uploadFields,
  withoutShortLimit,
} from './values.ts';

/** What methods are called on. */
export interface Subjects {
  readonly origin: string;
  readonly mixcloud: Mixcloud;
  readonly oauth: MixcloudOAuth;
  readonly resource: Resource;
  readonly list: ResourceList;
}

type Member = (...args: unknown[]) => unknown;

export interface Fuzzed {
  readonly name: string;
  readonly args: fc.Arbitrary<unknown[]>;
  readonly call: (subjects: Subjects, args: readonly unknown[]) => unknown;
  /** Whether the path is the caller's, who gives it whole. */
  readonly free?: boolean;
  /** Whether these requests, in their order, are right for these arguments. */
  readonly right: (lines: readonly string[], args: readonly unknown[], subjects: Subjects) => boolean;
}

function onClient(name: keyof Mixcloud, args: fc.Arbitrary<unknown>[], right: Fuzzed['right']): Fuzzed {
  return {
    name: `mixcloud.${String(name)}`,
    args: fc.tuple(...args),
    call: ({ mixcloud }, input) => (mixcloud[name] as Member).apply(mixcloud, [...input]),
    right,
  };
}

function onResource(name: string, args: fc.Arbitrary<unknown>[], right: Fuzzed['right']): Fuzzed {
  return {
    name: `resource.${name}`,
    args: fc.tuple(...args),
    call: ({ resource }, input) => (resource[name as 'load'] as Member).apply(resource, [...input]),
    right,
  };
}

function onList(name: 'next' | 'previous' | 'loadAll', args: fc.Arbitrary<unknown>[], right: Fuzzed['right']): Fuzzed {
  return {
    name: `list.${name}`,
    args: fc.tuple(...args),
    call: ({ list }, input) => (list[name] as Member).apply(list, [...input]),
    right,
  };
}

const only = (line: string): Fuzzed['right'] => {
  return (lines) => lines.length === 1 && lines[0] === line;
};

const place = (start: string, end = ''): Fuzzed['right'] => {
  return (lines, [key]) => lines.length === 1 && isPlaceOf(String(lines[0]), start, key, end);
};

const ACTIONS = {
  follow: 'POST follow',
  unfollow: 'DELETE follow',
  favorite: 'POST favorite',
  unfavorite: 'DELETE favorite',
  repost: 'POST repost',
  unrepost: 'DELETE repost',
  listenLater: 'POST listen-later',
  unlistenLater: 'DELETE listen-later',
} as const;

const RESOURCE = '/stationowner/perfect-mix/';

const actions = Object.entries(ACTIONS).flatMap(([name, line]) => {
  const [method = '', suffix = ''] = line.split(' ');
  return [
    onClient(name as keyof typeof ACTIONS, [anyKey, options(call)], place(`${method} /`, `/${suffix}`)),
    onResource(name, [options(call)], only(`${method} ${RESOURCE}${suffix}/`)),
  ];
});

const isEdit: Fuzzed['right'] = (lines, [key]) => {
  const line = String(lines.at(-1));
  // A key without a user is the current user's, who is asked for first.
  const [full, asked] = line.startsWith('POST') ? [key, 'GET /me/'] : [null, ''];
  if (lines.length === 1) return line === 'GET /me/' || isPlaceOf(line, 'POST /upload/', full, '/edit');
  return (
    lines.length === 2 &&
    lines[0] === asked &&
    isPlaceOf(line, 'POST /upload/', `stationowner/${keyless(key)}`, '/edit')
  );
};

function keyless(key: unknown): string {
  return String(key)
    .replace(/^https:\/\/www\.mixcloud\.com\//, '')
    .replace(/^\/+/, '');
}

const word = fc.oneof(fc.constantFrom('Drum & Bass', 'house', 'city:athens', 'funk+city:athens'), anyText, anyValue);
const params = fc.dictionary(anyText, fc.oneof(anyText, fc.integer(), fc.boolean()));
const few = options({ ...call, force: fc.boolean(), concurrency: fc.integer({ min: 1, max: 99 }) });

/** Every method of the client, of resources, of lists and of the OAuth helper. */
export const METHODS: readonly Fuzzed[] = [
  onClient('get', [anyKey, options({ ...call, createConnections: fc.boolean(), params })], place('GET /')),
  {
    name: 'mixcloud.get of a URL',
    args: fc.tuple(
      fc.oneof(fc.constantFrom('/bob/', '/bob/?limit=1#x', '/a//b', ''), anyText),
      options({ ...call, params }),
    ),
    call: ({ mixcloud, origin }, [path, options]) =>
      mixcloud.get(`${origin}${String(path).replace(/^(?![/?#])/, '/')}`, { ...(options as object), relative: false }),
    free: true,
    // A server may add the slash that the caller has left out.
    right: (lines) => lines.length === 1 || lines.length === 2,
  },
  onClient('me', [options(call)], only('GET /me/')),
  onClient(
    'discover',
    [word, options(call)],
    (lines) => lines.length === 1 && /^GET \/genres\/[^/]+\/$/.test(String(lines[0])),
  ),
  onClient('popular', [options({ ...call, ...page })], only('GET /popular/')),
  onClient('hot', [options({ ...call, ...page })], only('GET /popular/hot/')),
  onClient('new', [options({ ...call, ...page })], only('GET /new/')),
  onClient('search', [word, options({ ...call, ...page, type: anyText })], only('GET /search/')),
  onClient('getMany', [mostly(fc.array(anyKey, { maxLength: 4 })), few], (lines, [keys]) => {
    const wanted = [...(keys as unknown[])];
    return lines.length === wanted.length && wanted.every((key) => lines.some((line) => isPlaceOf(line, 'GET /', key)));
  }),
  ...actions,
  onClient('embedJson', [anyKey, options({ ...call, ...display })], place('GET /', '/embed-json')),
  onClient('embedHtml', [anyKey, options({ ...call, ...display })], place('GET /', '/embed-html')),
  onClient(
    'oembed',
    [anyKey, options({ ...call, ...display, format: fc.constantFrom('json', 'xml') })],
    only('GET /oembed/'),
  ),
  onClient('upload', [anyFile, anyName, uploadFields], only('POST /upload/')),
  onClient('edit', [anyKey, editFields], isEdit),
  onClient(
    'request',
    [fc.constantFrom('GET', 'POST', 'DELETE', 'get', undefined), anyKey, options({ ...call, params, fields: params })],
    (lines, [method, key]) => lines.length === 1 && isPlaceOf(String(lines[0]), `${method} /`, key),
  ),
  onResource('load', [options({ ...call, force: fc.boolean() })], (lines) =>
    lines.every((line) => line === `GET ${RESOURCE}`),
  ),
  onResource(
    'connection',
    [fc.oneof(fc.constantFrom('similar', 'favorites', 'hosts'), anyKey), options({ ...call, ...page })],
    (lines, [name]) => lines.length === 1 && isPlaceOf(String(lines[0]), `GET ${RESOURCE}`, name),
  ),
  onResource('similar', [options({ ...call, ...page })], only(`GET ${RESOURCE}similar/`)),
  onResource('embedJson', [options({ ...call, ...display })], only(`GET ${RESOURCE}embed-json/`)),
  onResource('embedHtml', [options({ ...call, ...display })], only(`GET ${RESOURCE}embed-html/`)),
  onResource(
    'oembed',
    [options({ ...call, ...display, format: fc.constantFrom('json', 'xml') })],
    only('GET /oembed/'),
  ),
  onResource('edit', [editFields], only(`POST /upload${RESOURCE}edit/`)),
  onList('next', [options(call)], only('GET /bob/followers/')),
  onList('previous', [options(call)], (lines) => lines.length === 0 || lines[0] === 'GET /bob/followers/'),
  onList('loadAll', [few], (lines) => lines.every((line) => /^GET \/[^/]+\/$/.test(line))),
  {
    name: 'list.all',
    args: fc.tuple(options({ ...call, limit: fc.nat({ max: 30 }) }).map(withoutShortLimit)),
    call: async ({ list }, [options]) => {
      const items = (list.all as Member).call(list, options) as AsyncIterable<unknown>;
      for await (const _item of items);
    },
    right: (lines) => lines.every((line) => line === 'GET /bob/followers/'),
  },
  {
    name: 'oauth.accessToken',
    args: fc.tuple(word, options(call)),
    call: ({ oauth }, [code, options]) => (oauth.accessToken as Member).call(oauth, code, options),
    right: only('GET /oauth/access_token'),
  },
];
