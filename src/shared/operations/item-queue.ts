/** The items of a loop that are next, and the requests that they need. */
import { isError } from '../base/kind.ts';
import { MixcloudClosedError, MixcloudWorkerError } from '../protocol/errors.ts';
import type { ApiRequest, ApiResponse, NumberedRequest, NumberedResult } from '../protocol/messages.ts';
import { expectResponse } from '../protocol/operation.ts';
import type { PageSequence } from './page-sequence.ts';

/**
 * Returns how to load an item, or `undefined` if it needs no request. `index` is its place in the list, for messages.
 * Throws if it cannot be loaded.
 */
export type ItemLoader = (item: unknown, index: number) => ItemLoad | undefined;

/** How an item is loaded. */
export interface ItemLoad {
  readonly request: ApiRequest;
  /** Adds the fields of the response to the item. Throws if it is an error. */
  merge(response: ApiResponse): void;
}

/** How items are loaded ahead. */
export interface Loading {
  readonly loader: ItemLoader;
  /** Number of items that are loaded while the caller works on the one before them. */
  readonly ahead: number;
  /** Whether the loop goes on after an item that cannot be loaded. */
  readonly skipsFailures: boolean;
}

/** An item that was taken from its page and not yielded yet. */
interface Entry<I> {
  readonly item: I;
  id?: number;
  settled: boolean;
  failure?: { readonly error: unknown };
}

type Settle = (getResponse: () => ApiResponse) => void;

/**
 * The items that are next, in order, the first of them with those that load behind it. The queue is as long as the option
 * says, so the memory that a loop takes does not depend on the length of its list.
 */
export class ItemQueue<I> {
  readonly #pages: PageSequence<I>;
  readonly #loading: Loading | undefined;
  readonly #entries: Entry<I>[] = [];
  readonly #pending = new Map<number, { readonly request: ApiRequest; readonly settle: Settle }>();
  #requestCount = 0;
  #itemCount = 0;
  #pageId: number | undefined;
  #full = false;
  #stopped = false;

  constructor(pages: PageSequence<I>, loading?: Loading) {
    this.#pages = pages;
    this.#loading = loading;
  }

  /** The first item. */
  get head(): Entry<I> | undefined {
    return this.#entries[0];
  }

  /** Whether there is room for items of a page that has not arrived. */
  get needsPage(): boolean {
    return this.#pageId !== undefined && !this.#full && !this.#stopped;
  }

  /** Numbers of the requests for whose results the loop waits. */
  get awaited(): number[] {
    const page = this.needsPage ? this.#pageId : undefined;
    return [this.head?.id, page].filter((id) => id !== undefined);
  }

  /** Takes items until there are enough, but no more than `left`. Returns the requests that are to be sent for them. */
  fill(left: number): NumberedRequest[] {
    const requests: NumberedRequest[] = [];
    const length = Math.min(1 + (this.#loading?.ahead ?? 0), left);
    while (!this.#stopped) {
      this.#full = this.#entries.length >= length;
      const hasItem = !this.#full && this.#pages.turnPage();
      // The page first: all items after this page wait for it.
      const pageRequest = this.#pages.takeRequest(left - this.#entries.length);
      if (pageRequest) {
        this.#pageId = this.#expect(requests, pageRequest, (getResponse) => {
          this.#pageId = undefined;
          this.#pages.accept(pageRequest, getResponse);
        });
      }
      if (!hasItem) break;
      this.#take(requests);
    }
    return requests;
  }

  /** Removes the first item. */
  shift(): void {
    this.#entries.shift();
  }

  /** Takes in the results of requests. */
  settle(results: readonly NumberedResult[]): void {
    for (const { id, result } of results) {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      pending?.settle(() => expectResponse(result, pending.request));
    }
  }

  /** Fails every request that is under way, each at its place. */
  fail(error: unknown): void {
    for (const { settle } of this.#pending.values()) {
      settle(() => {
        throw error;
      });
    }
    this.#pending.clear();
  }

  #take(requests: NumberedRequest[]): void {
    const entry: Entry<I> = { item: this.#pages.takeItem(), settled: true };
    this.#entries.push(entry);
    const index = this.#itemCount++;
    let load: ItemLoad | undefined;
    this.#attempt(entry, () => {
      load = this.#loading?.loader(entry.item, index);
    });
    if (!load) return;
    const { request, merge } = load;
    entry.settled = false;
    entry.id = this.#expect(requests, request, (getResponse) => {
      entry.settled = true;
      this.#attempt(entry, () => merge(getResponse()));
    });
  }

  #expect(requests: NumberedRequest[], request: ApiRequest, settle: Settle): number {
    this.#requestCount += 1;
    const id = this.#requestCount;
    this.#pending.set(id, { request, settle });
    requests.push({ id, request });
    return id;
  }

  #attempt(entry: Entry<I>, act: () => void): void {
    try {
      act();
    } catch (error) {
      entry.failure = { error };
      // The loop ends at this item, so those after it are not needed.
      if (!this.#loading?.skipsFailures || !isSkippable(error)) this.#stopped = true;
    }
  }
}

/**
 * Whether a loop can leave out the item with this failure and go on. It cannot when the client was closed or the worker died.
 * A `jsonDecoder` may also throw a value that is no error, which `onError` does not expect.
 */
export function isSkippable(error: unknown): error is Error {
  return isError(error) && !(error instanceof MixcloudClosedError || error instanceof MixcloudWorkerError);
}
