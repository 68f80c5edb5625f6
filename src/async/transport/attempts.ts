import type { Sender } from './sender.ts';

/** Counts the attempts of a request, and reports those that fail. */
export function withTrace(next: Sender): Sender {
  return async (request, call) => {
    call.trace?.startAttempt();
    const result = await next(request, call);
    if (result.type === 'failure') call.trace?.fail(result);
    return result;
  };
}
