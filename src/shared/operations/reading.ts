/** Operations that read: resources, lists, searches and connections. */
import { throwTypeError, validateText } from '../base/argument.ts';
import type { JsonObject } from '../base/json.ts';
import { joinTables, rejectOption, validateOptions } from '../base/options.ts';
import { parseKey } from '../input/key.ts';
import { type Link, parseApiLink, parseLink } from '../input/link.ts';
import { CONCURRENCY_OPTIONS, DEFAULT_CONCURRENCY, GET_OPTIONS, SEARCH_OPTIONS } from '../input/method-options.ts';
import { PAGINATION, toPaginationParams } from '../input/pagination.ts';
import { toTagSegment } from '../input/slug.ts';
import type { ApiRequest } from '../protocol/messages.ts';
import { expectResponse, type Operation, send } from '../protocol/operation.ts';
import { buildGetRequest, requireToken, type TimeoutOption, toKeyLink } from './build-request.ts';
import { CALL_OPTIONS, type ClientContext } from './client-context.ts';
import type { GetResult, ListOf, Mode, ResourceOf } from './mode.ts';
import { type ParseOptions, parseResponse } from './parse-response.ts';

const LIST: ParseOptions = { expected: 'list' };

// The second argument of a method as in Python.
const GET_HINT = { boolean: 'relative' };
const PAGE_HINT = { number: 'limit' };
const SEARCH_HINT = { string: 'type', number: 'limit' };
const GET_MANY_HINT = { number: 'concurrency' };

const toParam = (name: string) =>
  rejectOption(`not an option of get; give query parameters as { params: { ${name}: … } }`);
const PAGE_PARAMS = Object.fromEntries(Object.keys(PAGINATION).map((name) => [name, toParam(name)]));
const GET_TABLE: typeof GET_OPTIONS = { ...PAGE_PARAMS, ...GET_OPTIONS };

/** Fetches a key or a URL. */
export function* get<M extends Mode, F>(
  context: ClientContext,
  key: unknown,
  input: unknown,
): Operation<GetResult<M, F>> {
  const options = validateOptions('get options', input, joinTables(GET_TABLE, context[CALL_OPTIONS]), GET_HINT);
  const { relative = true, createConnections = true, params = {} } = options;
  const link = relative
    ? toKeyLink(context, parseKey('key', key, context.mixcloudRoot))
    : parseLink('url', key, context.apiRoot);
  return (yield* fetchModel(context, link, params, options, { createConnections })) as GetResult<M, F>;
}

/** Fetches a page of a list that the API linked to. */
export function* fetchLink<M extends Mode, F>(
  context: ClientContext,
  url: unknown,
  input: unknown,
  method: string,
): Operation<ListOf<M, F>> {
  const options = validateOptions(`${method} options`, input, context[CALL_OPTIONS]);
  return (yield* fetchModel(
    context,
    parseApiLink(`link to the ${method} page`, url, context.apiRoot),
    {},
    options,
    LIST,
  )) as ListOf<M, F>;
}

/** Fetches the owner of the access token. */
export function* me<M extends Mode, F>(context: ClientContext, input: unknown): Operation<ResourceOf<M, F>> {
  const options = validateOptions('me options', input, context[CALL_OPTIONS]);
  requireToken(context);
  return (yield* fetchModel(context, toKeyLink(context, 'me'), {}, options)) as ResourceOf<M, F>;
}

/** Fetches a tag or a place. */
export function* discover<M extends Mode, F>(
  context: ClientContext,
  tag: unknown,
  input: unknown,
): Operation<ResourceOf<M, F>> {
  const options = validateOptions('discover options', input, context[CALL_OPTIONS]);
  return (yield* fetchModel(
    context,
    toKeyLink(context, `genres/${toTagSegment('tag', tag)}`),
    {},
    options,
  )) as ResourceOf<M, F>;
}

/** Fetches one of the API's own lists. */
export function* list<M extends Mode, F>(
  context: ClientContext,
  key: 'popular' | 'popular/hot' | 'new',
  input: unknown,
): Operation<ListOf<M, F>> {
  const options = validateOptions('page options', input, joinTables(PAGINATION, context[CALL_OPTIONS]), PAGE_HINT);
  return (yield* fetchModel(context, toKeyLink(context, key), toPaginationParams(options), options, LIST)) as ListOf<
    M,
    F
  >;
}

/** Searches. */
export function* search<M extends Mode, F>(
  context: ClientContext,
  query: unknown,
  input: unknown,
): Operation<ListOf<M, F>> {
  const options = validateOptions(
    'search options',
    input,
    joinTables(SEARCH_OPTIONS, context[CALL_OPTIONS]),
    SEARCH_HINT,
  );
  const { type = 'cloudcast' } = options;
  const params = { q: validateText('query', query), type, ...toPaginationParams(options) };
  return (yield* fetchModel(context, toKeyLink(context, 'search'), params, options, LIST)) as ListOf<M, F>;
}

/** A resource whose connection is fetched: its key, and the links of its connections if the API sent them. */
export interface ConnectionOwner {
  readonly key: unknown;
  readonly links: JsonObject | undefined;
}

/** Fetches a connection of a resource: by the link in `metadata` if there is one, otherwise by key. */
export function* connection<M extends Mode, F>(
  context: ClientContext,
  owner: ConnectionOwner,
  name: unknown,
  input: unknown,
): Operation<ListOf<M, F>> {
  const options = validateOptions('page options', input, joinTables(PAGINATION, context[CALL_OPTIONS]), PAGE_HINT);
  const connectionName = validateText('connection', name);
  const { links } = owner;
  const link =
    links && Object.hasOwn(links, connectionName)
      ? parseApiLink(`link of the connection ${connectionName}`, links[connectionName], context.apiRoot)
      : toKeyLink(context, toConnectionKey(context, owner.key, connectionName));
  return (yield* fetchModel(context, link, toPaginationParams(options), options, LIST)) as ListOf<M, F>;
}

function toConnectionKey(context: ClientContext, owner: unknown, name: string): string {
  const key = parseKey('key', owner, context.mixcloudRoot);
  return `${key}/${parseKey('connection', name, context.mixcloudRoot)}`;
}

/** Fetches several keys at once. Returns the results in the order of the keys. */
export function* getMany<M extends Mode, F>(
  context: ClientContext,
  keys: unknown,
  input: unknown,
): Operation<GetResult<M, F>[]> {
  const options = validateOptions(
    'getMany options',
    input,
    joinTables(CONCURRENCY_OPTIONS, context[CALL_OPTIONS]),
    GET_MANY_HINT,
  );
  if (!Array.isArray(keys)) throwTypeError('keys', keys, "an array of keys such as ['bob', 'peter']");
  // `Array.from`, because `map` skips the holes of a sparse array.
  const requests = Array.from(keys, (key, index) =>
    buildGetRequest(context, toKeyLink(context, parseKey(`keys[${index}]`, key, context.mixcloudRoot)), {}, options),
  );
  return (yield* fetchAll(context, requests, options.concurrency)) as GetResult<M, F>[];
}

/** Sends requests together. Throws the first failure, in the order of the requests, after every request has settled. */
function* fetchAll(
  context: ClientContext,
  requests: readonly ApiRequest[],
  concurrency: number | undefined,
): Operation<object[]> {
  if (requests.length === 0) return [];
  const results = yield { requests, concurrency: concurrency ?? DEFAULT_CONCURRENCY };
  const models: object[] = [];
  const failures: unknown[] = [];
  for (const [index, request] of requests.entries()) {
    try {
      models.push(parseResponse(context, request, expectResponse(results[index], request)));
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
  return models;
}

function* fetchModel(
  context: ClientContext,
  link: Link,
  params: Readonly<Record<string, string>>,
  options: TimeoutOption,
  parseOptions?: ParseOptions,
): Operation<object> {
  const request = buildGetRequest(context, link, params, options);
  return parseResponse(context, request, yield* send(request), parseOptions);
}
