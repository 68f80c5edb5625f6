/** Drives operations and pagers on a session, with promises. */
import { throwTypeError } from '../shared/base/argument.ts';
import { isAbortSignal } from '../shared/base/kind.ts';
import type { Pager } from '../shared/operations/pager.ts';
import type { ApiResult, Batch } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';
import { Call, type CallHooks } from './call.ts';
import type { RequestHooks } from './transport/session.ts';

/** Sends batches of requests. It never rejects. */
export interface BatchSender {
  sendAll(batch: Batch, hooks: RequestHooks): Promise<readonly ApiResult[]>;
}

/** Takes the hooks from the options of a call. The operation validates the other options. */
export function getCallHooks(options: unknown, onEvent: CallHooks['onEvent']): CallHooks {
  const { signal, onProgress } = (options ?? {}) as CallHooks;
  if (signal !== undefined && signal !== null) validateSignal('signal', signal);
  return { signal: signal ?? undefined, onProgress: onProgress ?? undefined, onEvent };
}

/** Validates the option `signal`. */
export function validateSignal(argument: string, value: unknown): AbortSignal {
  return isAbortSignal(value) ? value : throwTypeError(argument, value, 'an AbortSignal');
}

/** Drives an operation to its result. */
export async function drive<T>(sender: BatchSender, operation: Operation<T>, call: Call): Promise<T> {
  let turn = resume(operation);
  while (!turn.done) {
    call.signal?.throwIfAborted();
    const results = await sender.sendAll(turn.value, call);
    call.throwIfListenerThrew();
    if (results.some(isAborted)) call.signal?.throwIfAborted();
    turn = resume(operation, results);
  }
  return turn.value;
}

/** Iterates over the items of a pager. Cancels the page that is under way when the caller leaves the loop. */
export async function* iterate<I>(
  getSender: (call: Call) => BatchSender,
  pager: Pager<I>,
  getHooks: () => CallHooks,
): AsyncGenerator<I, void> {
  const hooks = getHooks();
  const left = new AbortController();
  const signal = hooks.signal ? AbortSignal.any([hooks.signal, left.signal]) : left.signal;
  const call = new Call({ ...hooks, signal });
  const sender = getSender(call);
  let ahead: Promise<readonly ApiResult[]> | undefined;
  try {
    let turn = resume(pager);
    while (!turn.done) {
      hooks.signal?.throwIfAborted();
      const step = turn.value;
      let results: readonly ApiResult[] | undefined;
      if (step.type === 'item') yield step.item;
      else if (step.type === 'prefetch') ahead = sender.sendAll(step.batch, call);
      else results = await ahead;
      call.throwIfListenerThrew();
      if (results?.some(isAborted)) hooks.signal?.throwIfAborted();
      turn = resume(pager, results);
    }
  } finally {
    left.abort();
    await ahead;
  }
}

function isAborted(result: ApiResult): boolean {
  return result.type === 'failure' && result.kind === 'aborted';
}
