import { validateOptions } from '../base/options.ts';
import { ALL_OPTIONS } from '../input/method-options.ts';
/** Every item of a list and of the pages after it, without I/O. */

import { isJsonObject, type JsonObject, toJsonText } from '../base/json.ts';
import { parseApiLink } from '../input/link.ts';
import type { ApiRequest, ApiResult, Batch } from '../protocol/messages.ts';
import { expectResponse } from '../protocol/operation.ts';
import { buildGetRequest, type TimeoutOption } from './build-request.ts';
import { CALL_OPTIONS, type ClientContext } from './client-context.ts';
import { parseResponse } from './parse-response.ts';

/** A step of a pager: yield an item to the caller, start to fetch a page, or wait for that page. */
export type PagerStep<I> =
  | { readonly type: 'prefetch'; readonly batch: Batch }
  | { readonly type: 'wait' }
  | { readonly type: 'item'; readonly item: I };

/** A generator of steps without I/O. The result of a `wait` is passed to `next`. */
export type Pager<I = unknown> = Generator<PagerStep<I>, void, readonly ApiResult[] | undefined>;

/** The part of a list that a pager needs. */
export interface Page<I = unknown> {
  readonly data: JsonObject;
  readonly length: number;
  readonly [index: number]: I;
}

/**
 * Iterates over every item of a page and of the pages after it. Follows the server's links, and fetches one page ahead
 * while the caller works. Ends at a missing, empty or repeated page.
 *
 * Throws errors of the API even without `raiseExceptions`: a loop that ends early would look like a complete list.
 */
export function* createPager<I>(context: ClientContext, first: Page<I>, input: unknown): Pager<I> {
  const options = validateOptions(
    'all options',
    input,
    { ...ALL_OPTIONS, ...context[CALL_OPTIONS] },
    { number: 'limit' },
  );
  const seen = new Set([toSignature(first)]);
  let page = first;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    let request: ApiRequest | undefined;
    let failure: unknown;
    try {
      request = left > page.length ? buildNextRequest(context, page, options) : undefined;
    } catch (error) {
      // A bad link to the next page must not withhold the items of this one.
      failure = error;
    }
    if (request) yield { type: 'prefetch', batch: { requests: [request], concurrency: 1 } };
    for (let index = 0; index < page.length && left > 0; index += 1, left -= 1) {
      yield { type: 'item', item: page[index] as I };
    }
    if (failure !== undefined) throw failure;
    if (!request) return;
    const [result] = (yield { type: 'wait' }) ?? [];
    const next = parseResponse(context, request, expectResponse(result, request), {
      raise: true,
      expected: 'list',
    }) as Page<I>;
    if (next.length === 0 || seen.has(toSignature(next))) return;
    seen.add(toSignature(next));
    page = next;
  }
}

/** Returns the URL of an adjacent page, if the server sent one. */
export function getPageLink(page: Page, direction: 'next' | 'previous'): string | undefined {
  const { paging } = page.data;
  const url = isJsonObject(paging) ? paging[direction] : undefined;
  return typeof url === 'string' && url !== '' ? url : undefined;
}

function buildNextRequest(context: ClientContext, page: Page, options: TimeoutOption): ApiRequest | undefined {
  const url = getPageLink(page, 'next');
  return url === undefined
    ? undefined
    : buildGetRequest(context, parseApiLink('link to the next page', url, context.apiRoot), {}, options);
}

// A broken server may send the same items under another link. Items without a key are compared by their text.
function toSignature(page: Page): string {
  const { data } = page.data;
  if (!Array.isArray(data)) return '';
  const names = data.map((item) => (isJsonObject(item) && typeof item.key === 'string' ? item.key : toJsonText(item)));
  return JSON.stringify(names);
}
