import type { Exchange } from '../exchange.ts';
import type { Json, JsonObject } from '../json.ts';
import { type FaultTable, numberOr } from './fault.ts';

/** Parsed, not written as a literal: only so is `__proto__` a field of its own. */
const HOSTILE: JsonObject = JSON.parse(`{
  "__proto__": {"polluted": true},
  "constructor": {"prototype": {"polluted": true}},
  "prototype": "hostile",
  "then": "hostile",
  "toString": "hostile",
  "valueOf": "hostile",
  "toJSON": "hostile",
  "hasOwnProperty": "hostile",
  "load": "hostile",
  "data": "hostile",
  "length": "hostile",
  "": "empty name"
}`);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hostile(value: Json, exchange: Exchange): Json {
  if (!isObject(value)) return value;
  // A list keeps its data; an object gets the hostile field of that name too.
  const result: Record<string, Json | undefined> = Object.assign(Object.create(null), HOSTILE, value);
  Object.defineProperty(result, '__proto__', { value: { polluted: true }, enumerable: true });
  for (const name of ['then', 'toString', 'constructor', 'load']) result[name] = HOSTILE[name];
  if (Array.isArray(value.data)) result.data = value.data.map((item: Json) => hostile(item, exchange));
  if (isObject(value.metadata)) {
    const links = isObject(value.metadata.connections) ? Object.values(value.metadata.connections) : [];
    const link = links[0] ?? `${exchange.base}/bob/followers/`;
    const connections = Object.fromEntries(
      [...Object.keys(HOSTILE), 'key', 'type', 'connection', 'listen-later', 'two words', 'ünï'].map((name) => [
        name,
        link,
      ]),
    );
    result.metadata = {
      ...value.metadata,
      connections: { ...connections, ...(value.metadata.connections as JsonObject) },
    };
  }
  return result;
}

/** Rewrites the links of paging and of connections. */
function relink(value: Json, rewrite: (link: string) => string): Json {
  if (!isObject(value)) return value;
  const map = (links: Json | undefined) =>
    isObject(links)
      ? Object.fromEntries(
          Object.entries(links).map(([name, link]) => [name, typeof link === 'string' ? rewrite(link) : link]),
        )
      : links;
  return {
    ...value,
    ...(isObject(value.paging) ? { paging: map(value.paging) } : {}),
    ...(isObject(value.metadata)
      ? { metadata: { ...value.metadata, connections: map(value.metadata.connections) } }
      : {}),
  };
}

function withNext(value: Json, next: string): Json {
  if (!isObject(value) || !Array.isArray(value.data)) return value;
  return { ...value, paging: { ...(isObject(value.paging) ? value.paging : {}), next } };
}

function selfUrl(exchange: Exchange): string {
  return `${exchange.host}${exchange.request.url}`;
}

function firstPage(exchange: Exchange): string {
  const params = new URLSearchParams(exchange.query);
  for (const name of ['offset', 'since', 'until', 'round']) params.delete(name);
  return `${exchange.base}${exchange.path}?${params}`;
}

/** Well-formed JSON that says something odd. */
export const STRUCTURE: FaultTable = {
  'hostile-keys': {
    about:
      'fields named __proto__, constructor, then, toString, load…, in the object, in list items and as connections',
    value: hostile,
  },
  'blank-connection': {
    about: 'a connection whose name is PARAM line breaks (80 000)',
    value: (value, exchange, param) => {
      if (!isObject(value)) return value;
      const connections = { ['\n'.repeat(numberOr(param, 80_000))]: selfUrl(exchange) };
      return { ...value, metadata: { connections } };
    },
  },
  'large-pages': {
    about: 'a field of PARAM bytes (1 000 000) in every object',
    value: (value, _exchange, param) =>
      isObject(value) ? { ...value, padding: 'x'.repeat(numberOr(param, 1_000_000)) } : value,
  },
  'self-link': {
    about: 'each page names itself as the next',
    value: (value, exchange) => withNext(value, selfUrl(exchange)),
  },
  'first-link': {
    about: 'each page names the first as the next',
    value: (value, exchange) => withNext(value, firstPage(exchange)),
  },
  'repeat-page': {
    about: 'always the same items, under a new next link each time',
    value: (value, exchange) => {
      const round = Number(exchange.query.get('round') ?? 0) + 1;
      const first = firstPage(exchange);
      return withNext(value, `${first}${first.endsWith('?') ? '' : '&'}round=${round}`);
    },
  },
  'empty-pages': {
    about: 'pages without items that always name a next one',
    value: (value, exchange) => {
      const round = Number(exchange.query.get('round') ?? 0) + 1;
      return isObject(value) && Array.isArray(value.data)
        ? withNext({ ...value, data: [] }, `${exchange.base}${exchange.path}?round=${round}`)
        : value;
    },
  },
  'foreign-links': {
    about: 'paging and connections lead to the origin PARAM, percent-encoded (https://elsewhere.example)',
    value: (value, exchange, param) =>
      relink(value, (link) => link.replace(exchange.base, param ?? 'https://elsewhere.example')),
  },
  'bad-links': {
    about: 'paging and connections are not URLs',
    value: (value) => relink(value, () => 'http://[not a url'),
  },
  'numeric-links': {
    about: 'paging and metadata are numbers',
    value: (value) =>
      isObject(value) ? { ...value, paging: 7, ...(value.metadata === undefined ? {} : { metadata: 7 }) } : value,
  },
  'mixed-data': {
    about: 'a list holds null, a number, a string and a list beside its items',
    value: (value) =>
      isObject(value) && Array.isArray(value.data)
        ? { ...value, data: [null, 7, 'text', [1], {}, ...value.data] }
        : value,
  },
};
