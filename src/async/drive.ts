/** Runs operations on a session, with promises. */

import type { Walk } from '../shared/operations/pager.ts';
import type { Failure, Progress, Reply } from '../shared/protocol/messages.ts';
import { advance, type Operation } from '../shared/protocol/operation.ts';
import type { CallControl } from './control.ts';
import type { Session } from './transport/session.ts';

/** Drives an operation to its result. */
export async function drive<T>(session: Session, operation: Operation<T>, given: CallControl): Promise<T> {
  const control = given.onProgress ? endedBy(given, given.onProgress) : given;
  let turn = advance(operation);
  while (!turn.done) {
    control.signal?.throwIfAborted();
    const replies = await session.perform(turn.value, control);
    if (replies.some(isAborted)) control.signal?.throwIfAborted();
    turn = advance(operation, replies);
  }
  return turn.value;
}

/** Loops over a walk; leaving the loop ends what was begun ahead. */
export async function* iterate<T>(session: Session, walk: Walk, control: CallControl): AsyncGenerator<T, void> {
  const left = new AbortController();
  const signal = control.signal ? AbortSignal.any([control.signal, left.signal]) : left.signal;
  let ahead: Promise<readonly Reply[]> | undefined;
  try {
    let turn = advance(walk);
    while (!turn.done) {
      control.signal?.throwIfAborted();
      const step = turn.value;
      let replies: readonly Reply[] | undefined;
      if (step.do === 'give') yield step.item as T;
      else if (step.do === 'start') ahead = session.perform(step.step, { signal });
      else replies = await ahead;
      if (replies?.some(isAborted)) control.signal?.throwIfAborted();
      turn = advance(walk, replies);
    }
  } finally {
    left.abort();
    await ahead;
  }
}

/** A listener that throws ends what it listens to, and its caller gets what it threw. */
function endedBy({ signal }: CallControl, onProgress: (progress: Progress) => void): CallControl {
  const thrown = new AbortController();
  return {
    signal: signal ? AbortSignal.any([signal, thrown.signal]) : thrown.signal,
    onProgress(progress) {
      try {
        onProgress(progress);
      } catch (error) {
        thrown.abort(error);
      }
    },
  };
}

function isAborted(reply: Reply): reply is Failure {
  return !reply.ok && reply.kind === 'aborted';
}
