/** What the clients can do, each written once, without I/O. */
import { throwTypeError, validateCount, validateFlag, validateOptions, validateText } from '../base/argument.ts';
import { parseKey } from '../input/key.ts';
import { type Link, parseApiLink, parseLink } from '../input/link.ts';
import { PAGINATION_NAMES, toPaginationParams } from '../input/pagination.ts';
import { toTagSegment } from '../input/slug.ts';
import type { ApiRequest } from '../protocol/messages.ts';
import { expectResponse, type Operation, send } from '../protocol/operation.ts';
import { buildGetRequest, requireToken, toKeyLink, validateParams } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import { type ParseOptions, parseResponse } from './parse-response.ts';

type Options = Readonly<Record<string, unknown>>;

/** The resource, list or object of a key or URL. */
export function* get(context: ClientContext, key: unknown, input: unknown): Operation<object> {
  const options = validateOptions('get options', input, [
    'relative',
    'createConnections',
    'params',
    ...context.callOptions,
  ]);
  const createConnections =
    options.createConnections === undefined || validateFlag('createConnections', options.createConnections);
  const relative = options.relative === undefined || validateFlag('relative', options.relative);
  const link = relative
    ? toKeyLink(context, parseKey('key', key, context.mixcloudRoot))
    : parseLink('url', key, context.apiRoot);
  return yield* fetchModel(context, link, validateParams('params', options.params), options, { createConnections });
}

/** What a link of the API leads to. */
export function* fetchLink(context: ClientContext, url: unknown, input: unknown, method: string): Operation<object> {
  const options = validateOptions(`${method} options`, input, context.callOptions);
  return yield* fetchModel(context, parseApiLink(`link to the ${method} page`, url, context.apiRoot), {}, options);
}

/** The owner of the access token. */
export function* me(context: ClientContext, input: unknown): Operation<object> {
  const options = validateOptions('me options', input, context.callOptions);
  requireToken(context);
  return yield* fetchModel(context, toKeyLink(context, 'me'), {}, options);
}

/** A tag or place. */
export function* discover(context: ClientContext, tag: unknown, input: unknown): Operation<object> {
  const options = validateOptions('discover options', input, context.callOptions);
  return yield* fetchModel(context, toKeyLink(context, `genres/${toTagSegment('tag', tag)}`), {}, options);
}

/** One of the API's own lists, by its key. */
export function* list(
  context: ClientContext,
  key: 'popular' | 'popular/hot' | 'new',
  input: unknown,
): Operation<object> {
  const options = validateOptions('page options', input, [...PAGINATION_NAMES, ...context.callOptions]);
  return yield* fetchModel(context, toKeyLink(context, key), toPaginationParams(options), options);
}

/** What matches a query. */
export function* search(context: ClientContext, query: unknown, input: unknown): Operation<object> {
  const options = validateOptions('search options', input, ['type', ...PAGINATION_NAMES, ...context.callOptions]);
  const type = options.type === undefined ? 'cloudcast' : validateText('type', options.type);
  const params = { q: validateText('query', query), type, ...toPaginationParams(options) };
  return yield* fetchModel(context, toKeyLink(context, 'search'), params, options);
}

/** A list that belongs to a resource, by the link that came with the resource or else by its key. */
export function* connection(
  context: ClientContext,
  owner: { readonly key: unknown; readonly links: Options | undefined },
  name: unknown,
  input: unknown,
): Operation<object> {
  const options = validateOptions('page options', input, [...PAGINATION_NAMES, ...context.callOptions]);
  const wanted = validateText('connection', name);
  const { links } = owner;
  const place =
    links && Object.hasOwn(links, wanted)
      ? parseApiLink(`link of the connection ${wanted}`, links[wanted], context.apiRoot)
      : toKeyLink(context, toConnectionKey(context, owner.key, wanted));
  return yield* fetchModel(context, place, toPaginationParams(options), options);
}

function toConnectionKey(context: ClientContext, owner: unknown, name: string): string {
  const key = parseKey('key', owner, context.mixcloudRoot);
  return `${key}/${parseKey('connection', name, context.mixcloudRoot)}`;
}

const DEFAULT_CONCURRENCY = 8;

/** Several resources at once, in the order of their keys. */
export function* getMany(context: ClientContext, keys: unknown, input: unknown): Operation<object[]> {
  const options = validateOptions('getMany options', input, ['concurrency', ...context.callOptions]);
  if (!Array.isArray(keys)) throwTypeError('keys', keys, 'an array of keys');
  // Not `map`, which would pass over a hole in the array.
  const requests = Array.from(keys, (key, index) =>
    buildGetRequest(context, toKeyLink(context, parseKey(`keys[${index}]`, key, context.mixcloudRoot)), {}, options),
  );
  return yield* fetchAll(context, requests, options.concurrency, (model) => model);
}

/**
 * Sends requests together and hands over each answer as `take` wants it; the first failure is thrown once all of them
 * have been taken.
 */
export function* fetchAll<T>(
  context: ClientContext,
  requests: readonly ApiRequest[],
  concurrency: unknown,
  take: (model: object, index: number) => T,
): Operation<T[]> {
  const most = concurrency === undefined ? DEFAULT_CONCURRENCY : validateCount('concurrency', concurrency, 1);
  if (requests.length === 0) return [];
  const results = yield { requests, concurrency: most };
  const taken: T[] = [];
  const failures: unknown[] = [];
  for (const [index, request] of requests.entries()) {
    try {
      taken.push(take(parseResponse(context, request, expectResponse(results[index], request)), index));
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
  return taken;
}

/** Sends the GET of a link and reads the answer. */
export function* fetchModel(
  context: ClientContext,
  link: Link,
  params: Readonly<Record<string, string>>,
  options: Options,
  reading?: ParseOptions,
): Operation<object> {
  const request = buildGetRequest(context, link, params, options);
  return parseResponse(context, request, yield* send(request), reading);
}
