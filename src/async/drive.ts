/** Drives operations and pagers on a session, with promises. */
import { throwTypeError } from '../shared/base/argument.ts';
import { isAbortSignal } from '../shared/base/kind.ts';
import type { Pager } from '../shared/operations/pager.ts';
import type { ApiResult, Progress } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';
import type { RequestHooks, Session } from './transport/session.ts';

/** Hooks of one call: how its caller follows and aborts it. */
export interface CallHooks extends RequestHooks {
  readonly signal?: AbortSignal | undefined;
}

/** Takes the hooks from the options of a call. The operation validates the other options. */
export function getCallHooks(options: unknown): CallHooks {
  const { signal, onProgress } = (options ?? {}) as CallHooks;
  if (signal !== undefined && signal !== null) validateSignal('signal', signal);
  return { signal: signal ?? undefined, onProgress: onProgress ?? undefined };
}

/** Validates the option `signal`. */
export function validateSignal(argument: string, value: unknown): AbortSignal {
  return isAbortSignal(value) ? value : throwTypeError(argument, value, 'an AbortSignal');
}

/** Drives an operation to its result. */
export async function drive<T>(session: Session, operation: Operation<T>, callHooks: CallHooks): Promise<T> {
  const hooks = callHooks.onProgress ? withAbortingListener(callHooks, callHooks.onProgress) : callHooks;
  let turn = resume(operation);
  while (!turn.done) {
    hooks.signal?.throwIfAborted();
    const results = await session.sendAll(turn.value, hooks);
    if (results.some(isAborted)) hooks.signal?.throwIfAborted();
    turn = resume(operation, results);
  }
  return turn.value;
}

/** Iterates over the items of a pager. Cancels the page that is under way when the caller leaves the loop. */
export async function* iterate<I>(
  session: Session,
  pager: Pager<I>,
  getHooks: () => CallHooks,
): AsyncGenerator<I, void> {
  const hooks = getHooks();
  const left = new AbortController();
  const signal = hooks.signal ? AbortSignal.any([hooks.signal, left.signal]) : left.signal;
  let ahead: Promise<readonly ApiResult[]> | undefined;
  try {
    let turn = resume(pager);
    while (!turn.done) {
      hooks.signal?.throwIfAborted();
      const step = turn.value;
      let results: readonly ApiResult[] | undefined;
      if (step.type === 'item') yield step.item;
      else if (step.type === 'prefetch') ahead = session.sendAll(step.batch, { signal });
      else results = await ahead;
      if (results?.some(isAborted)) hooks.signal?.throwIfAborted();
      turn = resume(pager, results);
    }
  } finally {
    left.abort();
    await ahead;
  }
}

/** Aborts the call when its listener throws. The caller then gets the exception of the listener. */
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

function isAborted(result: ApiResult): boolean {
  return result.type === 'failure' && result.kind === 'aborted';
}
