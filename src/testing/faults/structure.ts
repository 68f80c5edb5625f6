/** Well-formed JSON that says something odd. */
import { isJsonObject, type Json, type JsonObject } from '../server/json.ts';
import type { RequestContext } from '../server/request-context.ts';
import { defineFault } from './fault.ts';
import { number, text } from './parameters.ts';

/** A fault that changes what a JSON response says. */
function valueFault(description: string, changeValue: (value: Json, context: RequestContext) => Json) {
  return defineFault(description, {}, () => ({ changeValue }));
}

/** Parsed, not written as a literal: only then is `__proto__` a field of its own. */
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

function addHostileKeys(value: Json, context: RequestContext): Json {
  if (!isJsonObject(value)) return value;
  // A list keeps its data; an object gets the hostile field of that name too.
  const result: Record<string, Json | undefined> = Object.assign(Object.create(null), HOSTILE, value);
  Object.defineProperty(result, '__proto__', { value: { polluted: true }, enumerable: true });
  for (const name of ['then', 'toString', 'constructor', 'load']) result[name] = HOSTILE[name];
  if (Array.isArray(value.data)) result.data = value.data.map((item: Json) => addHostileKeys(item, context));
  if (isJsonObject(value.metadata)) {
    const links = isJsonObject(value.metadata.connections) ? Object.values(value.metadata.connections) : [];
    const link = links[0] ?? `${context.base}/bob/followers/`;
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
function changeLinks(value: Json, rewrite: (link: string) => string): Json {
  if (!isJsonObject(value)) return value;
  const map = (links: Json | undefined) =>
    isJsonObject(links)
      ? Object.fromEntries(
          Object.entries(links).map(([name, link]) => [name, typeof link === 'string' ? rewrite(link) : link]),
        )
      : links;
  return {
    ...value,
    ...(isJsonObject(value.paging) ? { paging: map(value.paging) } : {}),
    ...(isJsonObject(value.metadata)
      ? { metadata: { ...value.metadata, connections: map(value.metadata.connections) } }
      : {}),
  };
}

function setNext(value: Json, next: string): Json {
  if (!isJsonObject(value) || !Array.isArray(value.data)) return value;
  return { ...value, paging: { ...(isJsonObject(value.paging) ? value.paging : {}), next } };
}

function getOwnUrl(context: RequestContext): string {
  return `${context.host}${context.request.url}`;
}

function getFirstPage(context: RequestContext): string {
  const params = new URLSearchParams(context.query);
  for (const name of ['offset', 'since', 'until', 'round']) params.delete(name);
  return `${context.base}${context.path}?${params}`;
}

function countRounds(context: RequestContext): number {
  return Number(context.query.get('round') ?? 0) + 1;
}

export const STRUCTURE_FAULTS = {
  'hostile-keys': valueFault(
    'fields named __proto__, constructor, then, toString, load…, in the object, in list items and as connections',
    addHostileKeys,
  ),
  'blank-connection': defineFault('a connection whose name is line breaks', { count: number(80_000) }, ({ count }) => ({
    changeValue: (value, context) =>
      isJsonObject(value)
        ? { ...value, metadata: { connections: { ['\n'.repeat(count)]: getOwnUrl(context) } } }
        : value,
  })),
  'large-pages': defineFault('a field of many bytes in every object', { bytes: number(1_000_000) }, ({ bytes }) => ({
    changeValue: (value) => (isJsonObject(value) ? { ...value, padding: 'x'.repeat(bytes) } : value),
  })),
  'self-link': valueFault('each page names itself as the next', (value, context) => setNext(value, getOwnUrl(context))),
  'first-link': valueFault('each page names the first as the next', (value, context) =>
    setNext(value, getFirstPage(context)),
  ),
  'repeat-page': valueFault('always the same items, under a new next link each time', (value, context) => {
    const first = getFirstPage(context);
    return setNext(value, `${first}${first.endsWith('?') ? '' : '&'}round=${countRounds(context)}`);
  }),
  'empty-pages': valueFault('pages without items that always name a next one', (value, context) =>
    isJsonObject(value) && Array.isArray(value.data)
      ? setNext({ ...value, data: [] }, `${context.base}${context.path}?round=${countRounds(context)}`)
      : value,
  ),
  'foreign-links': defineFault(
    'paging and connections lead to another origin',
    { origin: text('https://elsewhere.example') },
    ({ origin }) => ({
      changeValue: (value, { base }) => changeLinks(value, (link) => link.replace(base, origin)),
    }),
  ),
  'bad-links': valueFault('paging and connections are not URLs', (value) =>
    changeLinks(value, () => 'http://[not a url'),
  ),
  'numeric-links': valueFault('paging and metadata are numbers', (value) =>
    isJsonObject(value) ? { ...value, paging: 7, ...(value.metadata === undefined ? {} : { metadata: 7 }) } : value,
  ),
  'mixed-data': valueFault('a list holds null, a number, a string and a list beside its items', (value) =>
    isJsonObject(value) && Array.isArray(value.data)
      ? { ...value, data: [null, 7, 'text', [1], {}, ...value.data] }
      : value,
  ),
};
