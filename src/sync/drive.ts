/** Runs operations and walks, blocking. */

import type { Pager } from '../shared/operations/pager.ts';
import type { ApiResult, Batch } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';

/** Drives an operation to its result. */
export function drive<T>(operation: Operation<T>, perform: (batch: Batch) => readonly ApiResult[]): T {
  let turn = resume(operation);
  while (!turn.done) turn = resume(operation, perform(turn.value));
  return turn.value;
}

/** How steps are begun ahead and given up. */
export interface PrefetchDriver<T> {
  start(batch: Batch): T;
  finish(handle: T): readonly ApiResult[];
  cancel(handle: T): void;
}

/** Loops over a walk; leaving the loop ends what was begun ahead. */
export function* iterate<T, I>(pager: Pager, ahead: PrefetchDriver<T>): Generator<I, void> {
  let handle: T | undefined;
  try {
    let turn = resume(pager);
    while (!turn.done) {
      const batch = turn.value;
      let results: readonly ApiResult[] | undefined;
      if (batch.type === 'item') yield batch.item as I;
      else if (batch.type === 'prefetch') handle = ahead.start(batch.batch);
      else if (handle !== undefined) {
        const wanted = handle;
        handle = undefined;
        results = ahead.finish(wanted);
      }
      turn = resume(pager, results);
    }
  } finally {
    if (handle !== undefined) ahead.cancel(handle);
  }
}
