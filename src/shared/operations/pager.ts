/** Every item of a list and of the pages after it, without I/O. */
import { DEFAULT_CONCURRENCY } from '../input/method-options.ts';
import type { NumberedResult, Prefetch } from '../protocol/messages.ts';
import type { TimeoutOption } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import { type ItemLoader, ItemQueue, isSkippable } from './item-queue.ts';
import { type Page, PageSequence } from './page-sequence.ts';

/** A step of a pager: send requests ahead and return the results that have arrived, or yield an item to the caller. */
export type PagerStep<I> =
  | { readonly type: 'prefetch'; readonly prefetch: Prefetch }
  | { readonly type: 'item'; readonly item: I };

/** A generator of steps without I/O. The results of a `prefetch` are passed to `next`, and its error to `throw`. */
export type Pager<I = unknown> = Generator<PagerStep<I>, void, readonly NumberedResult[] | undefined>;

/** Options of a pager. */
export interface PagerOptions<I> extends TimeoutOption {
  readonly limit?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly onError?: ((error: Error, item: I) => void) | undefined;
}

/**
 * Iterates over every item of a page and of the pages after it. Fetches one page ahead while the caller works. With a
 * loader, it also loads up to `concurrency` items ahead.
 *
 * Throws errors of the API even without `raiseExceptions`: a loop that ends early would look like a complete list.
 */
export function* createPager<I>(
  context: ClientContext,
  first: Page<I>,
  options: PagerOptions<I>,
  loader?: ItemLoader,
): Pager<I> {
  const { limit = Number.POSITIVE_INFINITY, concurrency = DEFAULT_CONCURRENCY, onError } = options;
  const pages = new PageSequence(context, first, options);
  const queue = new ItemQueue(pages, loader && { loader, ahead: concurrency, skipsFailures: onError !== undefined });
  let left = limit;
  while (left > 0) {
    const requests = queue.fill(left);
    const { head } = queue;
    if (!head && pages.end) {
      if ('failure' in pages.end) throw pages.end.failure;
      return;
    }
    // One step for both, because each crosses to the worker in sync mode.
    const needsPage = queue.needsPage;
    if (requests.length > 0 || !head?.settled || needsPage) {
      const waitFor = head?.settled ? [] : queue.awaited;
      let results: readonly NumberedResult[] | undefined;
      try {
        results = yield { type: 'prefetch', prefetch: { requests, waitFor, concurrency } };
      } catch (error) {
        queue.fail(error);
      }
      if (results) queue.settle(results);
    }
    // Before the caller works, the items of a page that has arrived are sent for.
    if (!head?.settled || (needsPage && !queue.needsPage)) continue;
    queue.shift();
    const { failure, item } = head;
    if (!failure) {
      left -= 1;
      yield { type: 'item', item };
    } else if (onError && isSkippable(failure.error)) onError(failure.error, item);
    else throw failure.error;
  }
}
