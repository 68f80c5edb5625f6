/** Every item of a list and of the pages after it, without I/O. */

import { jsonText } from '../base/json.ts';
import { readSentLink } from '../input/link.ts';
import type { Reply, Request, Step } from '../protocol/messages.ts';
import { complete } from '../protocol/operation.ts';
import { planGet } from './build-request.ts';
import { type Context, isJsonObject, type JsonObject } from './client-context.ts';
import { interpret } from './parse-response.ts';

/**
 * What a walk asks of whoever loops over it: to start fetching ahead, to wait for what was started, or to give an item
 * to the caller.
 */
export type WalkStep =
  | { readonly do: 'start'; readonly step: Step }
  | { readonly do: 'wait' }
  | { readonly do: 'give'; readonly item: unknown };

/** A loop over items as a generator: what `wait` brings is given to `next`. */
export type Walk = Generator<WalkStep, void, readonly Reply[] | undefined>;

/** A page of a list, as a walk needs it. */
export interface Page {
  readonly data: JsonObject;
  readonly length: number;
  readonly [index: number]: unknown;
}

/**
 * Gives every item of a page and of those after it, following the server's links, with one page read ahead while the
 * caller works. Ends at a missing, empty or repeated page.
 *
 * An error of the API is thrown even without `raiseExceptions`: a loop that ends early would look like a whole list.
 */
export function* walk(context: Context, first: Page, limit: number, set: Readonly<Record<string, unknown>>): Walk {
  const seen = new Set([signature(first)]);
  let page = first;
  let left = limit;
  while (left > 0) {
    let request: Request | undefined;
    let fault: unknown;
    try {
      request = left > page.length ? nextRequest(context, page, set) : undefined;
    } catch (error) {
      // A bad link to the next page is no reason to keep back the items of this one.
      fault = error;
    }
    if (request) yield { do: 'start', step: { requests: [request], concurrency: 1 } };
    for (let index = 0; index < page.length && left > 0; index += 1, left -= 1) yield { do: 'give', item: page[index] };
    if (fault !== undefined) throw fault;
    if (!request) return;
    const [reply] = (yield { do: 'wait' }) ?? [];
    const next = interpret(context, request, complete(reply, request), { raise: true });
    if (!isPage(next) || next.length === 0 || seen.has(signature(next))) return;
    seen.add(signature(next));
    page = next;
  }
}

/** URL of the page `where` of this one, if the server names any. */
export function adjacent(page: Page, where: 'next' | 'previous'): string | undefined {
  const { paging } = page.data;
  const url = isJsonObject(paging) ? paging[where] : undefined;
  return typeof url === 'string' && url !== '' ? url : undefined;
}

function nextRequest(context: Context, page: Page, set: Readonly<Record<string, unknown>>): Request | undefined {
  const url = adjacent(page, 'next');
  return url === undefined
    ? undefined
    : planGet(context, readSentLink('link to the next page', url, context.apiRoot), {}, set);
}

function isPage(model: object): model is Page {
  return Array.isArray(model);
}

// A server that does not move on sends the same items, whatever its link says. Items without a key are told by their text.
function signature(page: Page): string {
  const { data } = page.data;
  if (!Array.isArray(data)) return '';
  const names = data.map((item) => (isJsonObject(item) && typeof item.key === 'string' ? item.key : jsonText(item)));
  return JSON.stringify(names);
}
