/** Runs operations and walks, blocking. */

import type { Walk } from '../shared/operations/pager.ts';
import type { Reply, Step } from '../shared/protocol/messages.ts';
import { advance, type Operation } from '../shared/protocol/operation.ts';

/** Drives an operation to its result. */
export function drive<T>(operation: Operation<T>, perform: (step: Step) => readonly Reply[]): T {
  let turn = advance(operation);
  while (!turn.done) turn = advance(operation, perform(turn.value));
  return turn.value;
}

/** How steps are begun ahead and given up. */
export interface Ahead<T> {
  start(step: Step): T;
  finish(ticket: T): readonly Reply[];
  drop(ticket: T): void;
}

/** Loops over a walk; leaving the loop ends what was begun ahead. */
export function* iterate<T, I>(walk: Walk, ahead: Ahead<T>): Generator<I, void> {
  let ticket: T | undefined;
  try {
    let turn = advance(walk);
    while (!turn.done) {
      const step = turn.value;
      let replies: readonly Reply[] | undefined;
      if (step.do === 'give') yield step.item as I;
      else if (step.do === 'start') ticket = ahead.start(step.step);
      else if (ticket !== undefined) {
        const wanted = ticket;
        ticket = undefined;
        replies = ahead.finish(wanted);
      }
      turn = advance(walk, replies);
    }
  } finally {
    if (ticket !== undefined) ahead.drop(ticket);
  }
}
