/** What the clients can do, each written once, without I/O. */
import { count, flag, options, refuse, text } from '../base/argument.ts';
import { DISPLAY, displayParams } from '../input/embed-options.ts';
import { readKey } from '../input/key.ts';
import { type Link, readLink, readSentLink } from '../input/link.ts';
import { PAGINATION, paginationParams } from '../input/pagination.ts';
import { tagSegment } from '../input/slug.ts';
import { editParts, uploadParts } from '../input/upload-fields.ts';
import type { Request } from '../protocol/messages.ts';
import { complete, type Operation, send } from '../protocol/operation.ts';
import { linkOfKey, planFetch, planGet, planWrite, readParams, requireToken } from './build-request.ts';
import type { Context } from './client-context.ts';
import { interpret, interpretText, type Reading } from './parse-response.ts';

type Options = Readonly<Record<string, unknown>>;

/** The resource, list or object of a key or URL. */
export function* get(context: Context, key: unknown, given: unknown): Operation<object> {
  const set = options('get options', given, ['relative', 'createConnections', 'params', ...context.callOptions]);
  const createConnections = set.createConnections === undefined || flag('createConnections', set.createConnections);
  const relative = set.relative === undefined || flag('relative', set.relative);
  const link = relative
    ? linkOfKey(context, readKey('key', key, context.mixcloudRoot))
    : readLink('url', key, context.apiRoot);
  return yield* fetch(context, link, readParams('params', set.params), set, { createConnections });
}

/** What a link of the API leads to. */
export function* follow(context: Context, url: unknown, given: unknown, method: string): Operation<object> {
  const set = options(`${method} options`, given, context.callOptions);
  return yield* fetch(context, readSentLink(`link to the ${method} page`, url, context.apiRoot), {}, set);
}

/** The owner of the access token. */
export function* me(context: Context, given: unknown): Operation<object> {
  const set = options('me options', given, context.callOptions);
  requireToken(context);
  return yield* fetch(context, linkOfKey(context, 'me'), {}, set);
}

/** A tag or place. */
export function* discover(context: Context, tag: unknown, given: unknown): Operation<object> {
  const set = options('discover options', given, context.callOptions);
  return yield* fetch(context, linkOfKey(context, `genres/${tagSegment('tag', tag)}`), {}, set);
}

/** One of the API's own lists, by its key. */
export function* list(context: Context, key: 'popular' | 'popular/hot' | 'new', given: unknown): Operation<object> {
  const set = options('page options', given, [...PAGINATION, ...context.callOptions]);
  return yield* fetch(context, linkOfKey(context, key), paginationParams(set), set);
}

/** What matches a query. */
export function* search(context: Context, query: unknown, given: unknown): Operation<object> {
  const set = options('search options', given, ['type', ...PAGINATION, ...context.callOptions]);
  const type = set.type === undefined ? 'cloudcast' : text('type', set.type);
  const params = { q: text('query', query), type, ...paginationParams(set) };
  return yield* fetch(context, linkOfKey(context, 'search'), params, set);
}

/** A list that belongs to a resource, by the link that came with the resource or else by its key. */
export function* connection(
  context: Context,
  owner: { readonly key: unknown; readonly links: Options | undefined },
  name: unknown,
  given: unknown,
): Operation<object> {
  const set = options('page options', given, [...PAGINATION, ...context.callOptions]);
  const wanted = text('connection', name);
  const { links } = owner;
  const place =
    links && Object.hasOwn(links, wanted)
      ? readSentLink(`link of the connection ${wanted}`, links[wanted], context.apiRoot)
      : linkOfKey(context, keyOfConnection(context, owner.key, wanted));
  return yield* fetch(context, place, paginationParams(set), set);
}

function keyOfConnection(context: Context, owner: unknown, name: string): string {
  const key = readKey('key', owner, context.mixcloudRoot);
  return `${key}/${readKey('connection', name, context.mixcloudRoot)}`;
}

/** What can be done to a resource in the name of the access token's owner, as requests. */
const ACTIONS = {
  follow: ['POST', 'follow', 'user'],
  unfollow: ['DELETE', 'follow', 'user'],
  favorite: ['POST', 'favorite', 'cloudcast'],
  unfavorite: ['DELETE', 'favorite', 'cloudcast'],
  repost: ['POST', 'repost', 'cloudcast'],
  unrepost: ['DELETE', 'repost', 'cloudcast'],
  listenLater: ['POST', 'listen-later', 'cloudcast'],
  unlistenLater: ['DELETE', 'listen-later', 'cloudcast'],
} as const;

/** Does or undoes one of the actions. */
export function* act(context: Context, action: keyof typeof ACTIONS, key: unknown, given: unknown): Operation<object> {
  const [method, place, argument] = ACTIONS[action];
  const set = options(`${action} options`, given, context.callOptions);
  const link = linkOfKey(context, `${readKey(argument, key, context.mixcloudRoot)}/${place}`);
  const request = planWrite(context, method, link, set);
  return interpret(context, request, yield* send(request));
}

/** What embeds a player of a cloudcast: an object, or HTML. */
export function* embed(
  context: Context,
  format: 'json' | 'html',
  cloudcast: unknown,
  given: unknown,
): Operation<string | object> {
  const set = options('display options', given, [...DISPLAY, ...context.callOptions]);
  const { url } = linkOfKey(context, `${readKey('cloudcast', cloudcast, context.mixcloudRoot)}/embed-${format}`);
  url.search = new URLSearchParams(displayParams(set)).toString();
  const request = planFetch(context, url, {}, set);
  const answer = yield* send(request);
  return format === 'json' ? interpret(context, request, answer) : interpretText(context, request, answer);
}

/** What the oEmbed endpoint says of a page. */
export function* oembed(context: Context, key: unknown, given: unknown): Operation<string | object> {
  const set = options('oembed options', given, ['format', ...DISPLAY, ...context.callOptions]);
  const format = set.format === undefined ? 'json' : set.format;
  if (format !== 'json' && format !== 'xml') refuse('format', format, "'json' or 'xml'");
  const page = `${context.mixcloudRoot}/${readKey('key', key, context.mixcloudRoot)}/`;
  const url = new URL(context.oembedRoot);
  url.search = new URLSearchParams({ url: page, format, ...displayParams(set) }).toString();
  const request = planFetch(context, url, {}, set);
  const answer = yield* send(request);
  return format === 'json' ? interpret(context, request, answer) : interpretText(context, request, answer);
}

/** Publishes an audio file. */
export function* upload(context: Context, mp3: unknown, name: unknown, given: unknown): Operation<object> {
  requireToken(context);
  const parts = uploadParts(mp3, name, given, context.callOptions);
  const request = planWrite(context, 'POST', linkOfKey(context, 'upload'), (given ?? {}) as Options, parts);
  return interpret(context, request, yield* send(request), { strict: true });
}

/** Changes what was uploaded. */
export function* edit(context: Context, key: unknown, given: unknown): Operation<object> {
  requireToken(context);
  const parts = editParts(given, context.callOptions);
  const fields = (given ?? {}) as Options;
  let path = readKey('key', key, context.mixcloudRoot);
  if (!path.includes('/')) {
    // A key without a user is the current user's.
    const request = { ...planGet(context, linkOfKey(context, 'me'), {}, fields), later: parts };
    const owner = interpret(context, request, yield* send(request), { strict: true });
    const { key: ownKey } = owner as { readonly key?: unknown };
    if (typeof ownKey !== 'string') return owner;
    path = `${readKey('key of the current user', ownKey, context.mixcloudRoot)}/${path}`;
  }
  const request = planWrite(context, 'POST', linkOfKey(context, `upload/${path}/edit`), fields, parts);
  return interpret(context, request, yield* send(request), { strict: true });
}

const DEFAULT_CONCURRENCY = 8;

/** Several resources at once, in the order of their keys. */
export function* getMany(context: Context, keys: unknown, given: unknown): Operation<object[]> {
  const set = options('getMany options', given, ['concurrency', ...context.callOptions]);
  if (!Array.isArray(keys)) refuse('keys', keys, 'an array of keys');
  // Not `map`, which would pass over a hole in the array.
  const requests = Array.from(keys, (key, index) =>
    planGet(context, linkOfKey(context, readKey(`keys[${index}]`, key, context.mixcloudRoot)), {}, set),
  );
  return yield* fetchAll(context, requests, set.concurrency, (model) => model);
}

/**
 * Sends requests together and hands over each answer as `take` wants it; the first failure is thrown once all of them
 * have been taken.
 */
export function* fetchAll<T>(
  context: Context,
  requests: readonly Request[],
  concurrency: unknown,
  take: (model: object, index: number) => T,
): Operation<T[]> {
  const most = concurrency === undefined ? DEFAULT_CONCURRENCY : count('concurrency', concurrency, 1);
  if (requests.length === 0) return [];
  const replies = yield { requests, concurrency: most };
  const taken: T[] = [];
  const failures: unknown[] = [];
  for (const [index, request] of requests.entries()) {
    try {
      taken.push(take(interpret(context, request, complete(replies[index], request)), index));
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
  return taken;
}

/** Sends the GET of a link and reads the answer. */
export function* fetch(
  context: Context,
  link: Link,
  params: Readonly<Record<string, string>>,
  set: Options,
  reading?: Reading,
): Operation<object> {
  const request = planGet(context, link, params, set);
  return interpret(context, request, yield* send(request), reading);
}
