import { PAGE_CAP, PAGE_SIZE } from './constants.ts';
import type { Dated } from './data/relation.ts';
import { linkTime, readTime } from './dates.ts';
import type { Exchange } from './exchange.ts';
import type { Json, JsonObject } from './json.ts';
import { badRequest, json, type Reply } from './reply.ts';

type Render<T> = (item: T) => Json;

/** A list in the order of time, newest first. Asking for an offset turns it into a list by offset. */
export function byDate<T>(exchange: Exchange, entries: readonly Dated<T>[], render: Render<T>, name?: string): Reply {
  if (exchange.query.has('offset')) {
    return byOffset(
      exchange,
      entries.map((entry) => entry.item),
      render,
      name,
    );
  }
  const limit = readLimit(exchange);
  const since = readBound(exchange, 'since');
  const until = readBound(exchange, 'until');
  const window = entries.filter(
    ({ time }) => (since === undefined || time > since) && (until === undefined || time < until),
  );
  // With `since` alone the page is the one next to that time, so that following `previous` skips nothing. Unproven of
  // the real API, which may give the newest instead; with both bounds there is a window, walked from its new end.
  const nearest = since !== undefined && until === undefined;
  const page = nearest ? window.slice(-limit) : window.slice(0, limit);
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return json({ data: [], ...(name === undefined ? {} : { name }) });
  const bounded = since !== undefined && until !== undefined;
  const older = entries.some(({ time }) => time < last.time && (!bounded || time > since));
  return envelope(
    page.map(({ item }) => render(item)),
    name,
    {
      previous: link(exchange, limit, { since: linkTime(first.time) }, bounded ? [] : ['until']),
      ...(older ? { next: link(exchange, limit, { until: linkTime(last.time) }, bounded ? [] : ['since']) } : {}),
    },
  );
}

/** A list by position: no `previous` on its first page, no `next` on its last. */
export function byOffset<T>(exchange: Exchange, items: readonly T[], render: Render<T>, name?: string): Reply {
  const limit = readLimit(exchange);
  const offset = readCount(exchange, 'offset') ?? 0;
  const page = items.slice(offset, offset + limit);
  const before = Math.max(0, offset - limit);
  return envelope(page.map(render), name, {
    ...(offset > 0 ? { previous: link(exchange, limit, { offset: String(before) }, ['since', 'until']) } : {}),
    ...(offset + limit < items.length
      ? { next: link(exchange, limit, { offset: String(offset + limit) }, ['since', 'until']) }
      : {}),
  });
}

function envelope(data: readonly Json[], name: string | undefined, paging: JsonObject): Reply {
  return json({
    data,
    ...(Object.keys(paging).length > 0 ? { paging } : {}),
    ...(name === undefined ? {} : { name }),
  });
}

/** The request's own address with other bounds. Every other parameter stays, the token among them. */
function link(exchange: Exchange, limit: number, set: Record<string, string>, drop: readonly string[]): string {
  const params = new URLSearchParams(exchange.query);
  for (const name of drop) params.delete(name);
  params.set('limit', String(limit));
  for (const [name, value] of Object.entries(set)) params.set(name, value);
  params.sort();
  return `${exchange.base}${exchange.path}?${params}`;
}

function readLimit(exchange: Exchange): number {
  const limit = readCount(exchange, 'limit') ?? PAGE_SIZE;
  return Math.min(Math.max(limit, 1), PAGE_CAP);
}

function readCount(exchange: Exchange, name: string): number | undefined {
  const text = exchange.query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`${name} must be a whole number.`);
  return Number(text);
}

function readBound(exchange: Exchange, name: string): number | undefined {
  const text = exchange.query.get(name);
  if (text === null) return undefined;
  const time = readTime(text);
  if (time === undefined) throw badRequest(`${name} must be a UNIX timestamp or look like 2024-06-01 12:00:00.`);
  return time;
}
