/** Every item of a list and of the pages after it, without I/O. */

import { isJsonObject, type JsonObject, toJsonText } from '../base/json.ts';
import { parseApiLink } from '../input/link.ts';
import type { ApiRequest, ApiResult, Batch } from '../protocol/messages.ts';
import { expectResponse } from '../protocol/operation.ts';
import { buildGetRequest } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import { parseResponse } from './parse-response.ts';

/**
 * What a walk asks of whoever loops over it: to start fetching ahead, to wait for what was started, or to give an item
 * to the caller.
 */
export type PagerStep =
  | { readonly type: 'prefetch'; readonly batch: Batch }
  | { readonly type: 'wait' }
  | { readonly type: 'item'; readonly item: unknown };

/** A loop over items as a generator: what `wait` brings is given to `next`. */
export type Pager = Generator<PagerStep, void, readonly ApiResult[] | undefined>;

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
export function* createPager(
  context: ClientContext,
  first: Page,
  limit: number,
  options: Readonly<Record<string, unknown>>,
): Pager {
  const seen = new Set([signature(first)]);
  let page = first;
  let left = limit;
  while (left > 0) {
    let request: ApiRequest | undefined;
    let fault: unknown;
    try {
      request = left > page.length ? nextRequest(context, page, options) : undefined;
    } catch (error) {
      // A bad link to the next page is no reason to keep back the items of this one.
      fault = error;
    }
    if (request) yield { type: 'prefetch', batch: { requests: [request], concurrency: 1 } };
    for (let index = 0; index < page.length && left > 0; index += 1, left -= 1)
      yield { type: 'item', item: page[index] };
    if (fault !== undefined) throw fault;
    if (!request) return;
    const [result] = (yield { type: 'wait' }) ?? [];
    const next = parseResponse(context, request, expectResponse(result, request), { raise: true });
    if (!isPage(next) || next.length === 0 || seen.has(signature(next))) return;
    seen.add(signature(next));
    page = next;
  }
}

/** URL of the page `where` of this one, if the server names any. */
export function getPageLink(page: Page, where: 'next' | 'previous'): string | undefined {
  const { paging } = page.data;
  const url = isJsonObject(paging) ? paging[where] : undefined;
  return typeof url === 'string' && url !== '' ? url : undefined;
}

function nextRequest(
  context: ClientContext,
  page: Page,
  options: Readonly<Record<string, unknown>>,
): ApiRequest | undefined {
  const url = getPageLink(page, 'next');
  return url === undefined
    ? undefined
    : buildGetRequest(context, parseApiLink('link to the next page', url, context.apiRoot), {}, options);
}

function isPage(model: object): model is Page {
  return Array.isArray(model);
}

// A server that does not move on sends the same items, whatever its link says. Items without a key are told by their text.
function signature(page: Page): string {
  const { data } = page.data;
  if (!Array.isArray(data)) return '';
  const names = data.map((item) => (isJsonObject(item) && typeof item.key === 'string' ? item.key : toJsonText(item)));
  return JSON.stringify(names);
}
