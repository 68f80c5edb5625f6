/** Drives operations and pagers on a session, with promises. */
import { throwTypeError } from '../shared/base/argument.ts';
import { isAbortSignal } from '../shared/base/kind.ts';
import type { Pager } from '../shared/operations/pager.ts';
import type { ApiResult, Batch, NumberedResult, OperationResult, OperationStep } from '../shared/protocol/messages.ts';
import { type Operation, resume } from '../shared/protocol/operation.ts';
import { Call, type CallHooks } from './call.ts';
import { RequestQueue } from './transport/request-queue.ts';
import type { RequestHooks } from './transport/session.ts';

/** Carries out the steps of operations. It never rejects. */
export interface StepRunner {
  run(step: OperationStep, hooks: RequestHooks): Promise<readonly OperationResult[]>;
}

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
export async function drive<T>(runner: StepRunner, operation: Operation<T>, call: Call): Promise<T> {
  let turn = resume(operation);
  while (!turn.done) {
    const step = turn.value;
    const isLast = 'type' in step && step.type === 'respond';
    let results: readonly OperationResult[];
    try {
      if (!isLast) call.signal?.throwIfAborted();
      results = await runner.run(step, call);
      call.throwIfListenerThrew();
      if (results.some(isAborted)) call.signal?.throwIfAborted();
    } catch (error) {
      // A login still has to close its port.
      turn = operation.throw(error);
      continue;
    }
    turn = resume(operation, results);
  }
  return turn.value;
}

/** Iterates over the items of a pager. Cancels what is under way when the caller leaves the loop. */
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
  const queue = new RequestQueue((batch) => sender.sendAll(batch, call));
  const pending = new Set<number>();
  try {
    let turn = resume(pager);
    while (!turn.done) {
      hooks.signal?.throwIfAborted();
      const step = turn.value;
      let results: readonly NumberedResult[] | undefined;
      if (step.type === 'item') yield step.item;
      else {
        const { requests, waitFor } = step.prefetch;
        for (const { id } of requests) pending.add(id);
        queue.add(step.prefetch);
        if (waitFor.length > 0) await new Promise<void>((resolve) => queue.onResult(waitFor, resolve));
        results = queue.collect([...pending]);
        for (const { id } of results) pending.delete(id);
      }
      call.throwIfListenerThrew();
      if (results?.some(({ result }) => isAborted(result))) hooks.signal?.throwIfAborted();
      turn = resume(pager, results);
    }
  } finally {
    left.abort();
    await queue.settle();
  }
}

function isAborted(result: OperationResult): boolean {
  return result.type === 'failure' && result.kind === 'aborted';
}
