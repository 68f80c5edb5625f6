/** Drives operations and pagers, blocking. */
import type { Pager } from '../shared/operations/pager.ts';
import type { ApiResult, Batch } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';

/** Drives an operation to its result. */
export function drive<T>(operation: Operation<T>, sendAll: (batch: Batch) => readonly ApiResult[]): T {
  let turn = resume(operation);
  while (!turn.done) turn = resume(operation, sendAll(turn.value));
  return turn.value;
}

/** Starts requests ahead of their use, and cancels them. `H` is the handle of a started batch. */
export interface PrefetchDriver<H> {
  start(batch: Batch): H;
  finish(handle: H): readonly ApiResult[];
  cancel(handle: H): void;
}

/** Iterates over the items of a pager. Cancels the page that is under way when the caller leaves the loop. */
export function* iterate<H, I>(pager: Pager<I>, driver: PrefetchDriver<H>): Generator<I, void> {
  let handle: H | undefined;
  try {
    let turn = resume(pager);
    while (!turn.done) {
      const step = turn.value;
      let results: readonly ApiResult[] | undefined;
      if (step.type === 'item') yield step.item;
      else if (step.type === 'prefetch') handle = driver.start(step.batch);
      else if (handle !== undefined) {
        const started = handle;
        handle = undefined;
        results = driver.finish(started);
      }
      turn = resume(pager, results);
    }
  } finally {
    if (handle !== undefined) driver.cancel(handle);
  }
}
