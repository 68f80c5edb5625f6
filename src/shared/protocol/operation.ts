import { MixcloudError } from './errors.ts';
import { errorOf } from './failure.ts';
import type { Answer, Reply, Request, Step } from './messages.ts';

/**
 * A flow of requests without I/O: it yields what is to be sent, is given what came back, and returns a result. Whoever
 * drives it decides how to wait; the asynchronous and the blocking clients differ in nothing else.
 */
export type Operation<T> = Generator<Step, T, readonly Reply[]>;

// Frames that an operation may put on top of its caller's.
const FRAMES = 20;

/**
 * Takes an operation or a walk one step further. An error that it throws keeps a stack that leads to the caller's line,
 * which Node.js would cut off below ten frames of this package.
 */
export function advance<Y, T, R>(flow: Generator<Y, T, R>, ...given: [] | [R]): IteratorResult<Y, T> {
  const limit = Error.stackTraceLimit;
  if (limit > 0) Error.stackTraceLimit = limit + FRAMES;
  try {
    return flow.next(...given);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/**
 * An error of the API or the network whose stack begins at `below`, the function that drove the operation: how the
 * operation came to it is of no use to the caller.
 */
export function atCaller(error: unknown, below: (...given: never[]) => unknown): unknown {
  if (error instanceof MixcloudError) Error.captureStackTrace(error, below);
  return error;
}

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
