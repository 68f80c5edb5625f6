import { throwTypeError } from '../shared/base/argument.ts';
import type { RequestHooks } from './transport/session.ts';
/** Runs operations on a session, with promises. */

import type { Pager } from '../shared/operations/pager.ts';
import type { ApiResult, Failure, Progress } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';
import type { Session } from './transport/session.ts';

/** Drives an operation to its result. */
export async function drive<T>(session: Session, operation: Operation<T>, input: CallHooks): Promise<T> {
  const hooks = input.onProgress ? withAbortingListener(input, input.onProgress) : input;
  let turn = resume(operation);
  while (!turn.done) {
    hooks.signal?.throwIfAborted();
    const results = await session.sendAll(turn.value, hooks);
    if (results.some(isAborted)) hooks.signal?.throwIfAborted();
    turn = resume(operation, results);
  }
  return turn.value;
}

/** Loops over a walk; leaving the loop ends what was begun ahead. */
export async function* iterate<T>(session: Session, pager: Pager, hooks: CallHooks): AsyncGenerator<T, void> {
  const left = new AbortController();
  const signal = hooks.signal ? AbortSignal.any([hooks.signal, left.signal]) : left.signal;
  let ahead: Promise<readonly ApiResult[]> | undefined;
  try {
    let turn = resume(pager);
    while (!turn.done) {
      hooks.signal?.throwIfAborted();
      const batch = turn.value;
      let results: readonly ApiResult[] | undefined;
      if (batch.type === 'item') yield batch.item as T;
      else if (batch.type === 'prefetch') ahead = session.sendAll(batch.batch, { signal });
      else results = await ahead;
      if (results?.some(isAborted)) hooks.signal?.throwIfAborted();
      turn = resume(pager, results);
    }
  } finally {
    left.abort();
    await ahead;
  }
}

/** A listener that throws ends what it listens to, and its caller gets what it threw. */
function withAbortingListener({ signal }: CallHooks, onProgress: (progress: Progress) => void): CallHooks {
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

function isAborted(result: ApiResult): result is Failure {
  return result.type !== 'response' && result.kind === 'aborted';
}

/** How a caller follows and ends a call. */
export interface CallHooks extends RequestHooks {
  readonly signal?: AbortSignal | undefined;
}

/** How the options of a call follow and end it. The names of the options are checked by the operation. */
export function getCallHooks(options: object | undefined): CallHooks {
  const { signal, onProgress } = (options ?? {}) as CallHooks;
  if (signal !== undefined && !(signal instanceof AbortSignal)) throwTypeError('signal', signal, 'an AbortSignal');
  return { signal, onProgress };
}
