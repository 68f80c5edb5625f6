/** The pages of a list, one after another, without I/O. */
import { isJsonObject, type JsonObject, toJsonText } from '../base/json.ts';
import { parseApiLink } from '../input/link.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import { buildGetRequest, type TimeoutOption } from './build-request.ts';
import { type ClientContext, MODELS } from './client-context.ts';
import { parseBody } from './parse-response.ts';

/** The part of a list that is needed to iterate over it. */
export interface Page<I = unknown> {
  readonly data: JsonObject;
  readonly length: number;
  readonly [index: number]: I;
}

/**
 * The items of a page and of the pages after it. Follows the server's links, and holds one page ahead of the items that were
 * taken. Ends at a missing, empty or repeated page.
 */
export class PageSequence<I> {
  readonly #context: ClientContext;
  readonly #options: TimeoutOption;
  readonly #seen: Set<string>;
  #page: Page<I>;
  #taken = 0;
  #next: Page<I> | undefined;
  #requested = false;
  #end: { readonly failure?: unknown } | undefined;

  constructor(context: ClientContext, first: Page<I>, options: TimeoutOption) {
    this.#context = context;
    this.#options = options;
    this.#seen = new Set([toSignature(first)]);
    this.#page = first;
  }

  /** How the pages ended, once the last one is known. With the failure that ended them, if one did. */
  get end(): { readonly failure?: unknown } | undefined {
    return this.#end;
  }

  /** Goes on to the next page if the items of this one are taken. Returns whether there is an item to take. */
  turnPage(): boolean {
    if (this.#taken === this.#page.length && this.#next) {
      this.#page = this.#next;
      this.#next = undefined;
      this.#taken = 0;
      this.#requested = false;
    }
    return this.#taken < this.#page.length;
  }

  takeItem(): I {
    this.#taken += 1;
    return this.#page[this.#taken - 1] as I;
  }

  /** Returns the request of the next page, once, if the rest of this page has fewer than `wanted` items. */
  takeRequest(wanted: number): ApiRequest | undefined {
    if (this.#requested || wanted <= this.#page.length - this.#taken) return undefined;
    this.#requested = true;
    const request = this.#attempt(() => this.#buildNextRequest());
    if (!request) this.#end ??= {};
    return request;
  }

  /** Takes in the response to that request. */
  accept(request: ApiRequest, getResponse: () => ApiResponse): void {
    this.#next = this.#attempt(() => {
      const body = parseBody(this.#context, request, getResponse(), 'list');
      if (body.type === 'error') throw body.error.create();
      const page = this.#context[MODELS].resourceList(body.data) as Page<I>;
      const signature = toSignature(page);
      if (page.length === 0 || this.#seen.has(signature)) return undefined;
      this.#seen.add(signature);
      return page;
    });
    if (!this.#next) this.#end ??= {};
  }

  // A failure must not withhold the items before it.
  #attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (failure) {
      this.#end = { failure };
      return undefined;
    }
  }

  #buildNextRequest(): ApiRequest | undefined {
    const url = getPageLink(this.#page, 'next');
    if (url === undefined) return undefined;
    const link = parseApiLink('link to the next page', url, this.#context.apiRoot);
    return buildGetRequest(this.#context, link, {}, this.#options);
  }
}

/** Returns the URL of an adjacent page, if the server sent one. */
export function getPageLink(page: Page, direction: 'next' | 'previous'): string | undefined {
  const { paging } = page.data;
  const url = isJsonObject(paging) ? paging[direction] : undefined;
  return typeof url === 'string' && url !== '' ? url : undefined;
}

// A broken server may send the same items under another link. Items without a key are compared by their text.
function toSignature(page: Page): string {
  const { data } = page.data;
  if (!Array.isArray(data)) return '';
  const names = data.map((item) => (isJsonObject(item) && typeof item.key === 'string' ? item.key : toJsonText(item)));
  return JSON.stringify(names);
}
