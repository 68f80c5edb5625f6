import type { Answer, Reply, Request, Step } from './exchange.ts';
import { errorOf } from './failure.ts';

/**
 * A flow of requests without I/O: it yields what is to be sent, is given what came back, and returns a result. Whoever
 * drives it decides how to wait; the asynchronous and the blocking clients differ in nothing else.
 */
export type Operation<T> = Generator<Step, T, readonly Reply[]>;

/** Sends one request; a failed one throws here, so that the error's stack is that of the operation's caller. */
export function* send(request: Request): Operation<Answer> {
  const [reply] = yield { requests: [request], concurrency: 1 };
  return complete(reply, request);
}

/** The answer that a reply is, or the error that it stands for. */
export function complete(reply: Reply | undefined, request: Request): Answer {
  if (reply === undefined) throw new Error('A driver must reply to every request');
  if (!reply.ok) throw errorOf(reply, request);
  return reply;
}
