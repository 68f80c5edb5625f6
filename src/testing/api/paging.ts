import type { Json, JsonObject } from '../server/json.ts';
import { badRequest, type EmulatedResponse, json } from '../server/response.ts';
import { formatLinkTime, parseTime } from '../world/dates.ts';
import type { Dated } from '../world/relation.ts';
import type { ApiContext } from './api-context.ts';

const PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

type Render<T> = (item: T) => Json;

/** A page of a list in the order of time, newest first. A request with an offset turns it into a list by offset. */
export function pageByDate<T>(
  context: ApiContext,
  entries: readonly Dated<T>[],
  render: Render<T>,
  name?: string,
): EmulatedResponse {
  if (context.query.has('offset')) {
    const items = entries.map((entry) => entry.item);
    return pageByOffset(context, items, render, name);
  }
  const limit = parseLimit(context);
  const since = parseBound(context, 'since');
  const until = parseBound(context, 'until');
  const window = entries.filter(
    ({ time }) => (since === undefined || time > since) && (until === undefined || time < until),
  );
  // With `since` alone the page is the one next to that time, so that following `previous` skips nothing. It is not known
  // whether the API does so, or returns the newest. With both bounds there is a window, paged from its new end.
  const nearest = since !== undefined && until === undefined;
  const page = nearest ? window.slice(-limit) : window.slice(0, limit);
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return json({ data: [], ...(name === undefined ? {} : { name }) });
  const bounded = since !== undefined && until !== undefined;
  const hasOlder = entries.some(({ time }) => time < last.time && (!bounded || time > since));
  return respondPage(
    page.map(({ item }) => render(item)),
    name,
    {
      previous: buildLink(context, limit, { since: formatLinkTime(first.time) }, bounded ? [] : ['until']),
      ...(hasOlder
        ? { next: buildLink(context, limit, { until: formatLinkTime(last.time) }, bounded ? [] : ['since']) }
        : {}),
    },
  );
}

/** A page of a list by position: no `previous` on its first page, no `next` on its last. */
export function pageByOffset<T>(
  context: ApiContext,
  items: readonly T[],
  render: Render<T>,
  name?: string,
): EmulatedResponse {
  const limit = parseLimit(context);
  const offset = parseCount(context, 'offset') ?? 0;
  const page = items.slice(offset, offset + limit);
  const linkTo = (position: number) => buildLink(context, limit, { offset: String(position) }, ['since', 'until']);
  return respondPage(page.map(render), name, {
    ...(offset > 0 ? { previous: linkTo(Math.max(0, offset - limit)) } : {}),
    ...(offset + limit < items.length ? { next: linkTo(offset + limit) } : {}),
  });
}

function respondPage(data: readonly Json[], name: string | undefined, paging: JsonObject): EmulatedResponse {
  return json({
    data,
    ...(Object.keys(paging).length > 0 ? { paging } : {}),
    ...(name === undefined ? {} : { name }),
  });
}

/** The request's own address with other bounds. Every other parameter stays, the token among them. */
function buildLink(
  context: ApiContext,
  limit: number,
  bounds: Readonly<Record<string, string>>,
  without: readonly string[],
): string {
  const params = new URLSearchParams(context.query);
  for (const name of without) params.delete(name);
  params.set('limit', String(limit));
  for (const [name, value] of Object.entries(bounds)) params.set(name, value);
  params.sort();
  return `${context.base}${context.path}?${params}`;
}

function parseLimit(context: ApiContext): number {
  const limit = parseCount(context, 'limit') ?? PAGE_SIZE;
  return Math.min(Math.max(limit, 1), MAX_PAGE_SIZE);
}

function parseCount(context: ApiContext, name: string): number | undefined {
  const text = context.query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`${name} must be a whole number.`);
  return Number(text);
}

function parseBound(context: ApiContext, name: string): number | undefined {
  const text = context.query.get(name);
  if (text === null) return undefined;
  const time = parseTime(text);
  if (time === undefined) throw badRequest(`${name} must be a UNIX timestamp or look like 2024-06-01 12:00:00.`);
  return time;
}
