/** Drives operations and pagers, blocking. */
import type { Pager } from '../shared/operations/pager.ts';
import type { NumberedResult, OperationResult, OperationStep, Prefetch } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';

/** Drives an operation to its result. */
export function drive<T>(operation: Operation<T>, run: (step: OperationStep) => readonly OperationResult[]): T {
  let turn = resume(operation);
  while (!turn.done) {
    let results: readonly OperationResult[];
    try {
      results = run(turn.value);
    } catch (error) {
      // A login still has to close its port.
      turn = operation.throw(error);
      continue;
    }
    turn = resume(operation, results);
  }
  return turn.value;
}

/** Sends the requests of one loop ahead of their use, and cancels what is under way. */
export interface PrefetchDriver {
  send(prefetch: Prefetch): readonly NumberedResult[];
  /** Throws what the listener of the loop's events has thrown. */
  throwIfListenerThrew(): void;
  cancel(): void;
}

/** Iterates over the items of a pager. Cancels what is under way when the caller leaves the loop. */
export function* iterate<I>(pager: Pager<I>, driver: PrefetchDriver): Generator<I, void> {
  try {
    let turn = resume(pager);
    while (!turn.done) {
      const step = turn.value;
      if (step.type === 'item') {
        yield step.item;
        driver.throwIfListenerThrew();
        turn = resume(pager);
      } else turn = send(pager, driver, step.prefetch);
    }
  } finally {
    driver.cancel();
  }
}

function send<I>(pager: Pager<I>, driver: PrefetchDriver, prefetch: Prefetch): ReturnType<Pager<I>['next']> {
  let results: readonly NumberedResult[];
  try {
    results = driver.send(prefetch);
  } catch (error) {
    driver.throwIfListenerThrew();
    // The worker died. Items that have loaded come before the error.
    return pager.throw(error);
  }
  return resume(pager, results);
}
