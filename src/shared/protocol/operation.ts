import { MixcloudError } from './errors.ts';
import { fromFailure } from './failure.ts';
import type { ApiRequest, ApiResponse, ApiResult, Batch } from './messages.ts';

/**
 * A flow of requests without I/O: it yields what is to be sent, is given what came back, and returns a result. Whoever
 * drives it decides how to wait; the asynchronous and the blocking clients differ in nothing else.
 */
export type Operation<T> = Generator<Batch, T, readonly ApiResult[]>;

// Frames that an operation may put on top of its caller's.
const EXTRA_FRAMES = 20;

/**
 * Takes an operation or a walk one step further. An error that it throws keeps a stack that leads to the caller's line,
 * which Node.js would cut off below ten frames of this package.
 */
export function resume<Y, T, R>(flow: Generator<Y, T, R>, ...input: [] | [R]): IteratorResult<Y, T> {
  const limit = Error.stackTraceLimit;
  if (limit > 0) Error.stackTraceLimit = limit + EXTRA_FRAMES;
  try {
    return flow.next(...input);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/**
 * An error of the API or the network whose stack begins at `below`, the function that drove the operation: how the
 * operation came to it is of no use to the caller.
 */
export function trimStack(error: unknown, below: (...input: never[]) => unknown): unknown {
  if (error instanceof MixcloudError) Error.captureStackTrace(error, below);
  return error;
}

/** Sends one request; a failed one throws here, so that the error's stack is that of the operation's caller. */
export function* send(request: ApiRequest): Operation<ApiResponse> {
  const [result] = yield { requests: [request], concurrency: 1 };
  return expectResponse(result, request);
}

/** The answer that a reply is, or the error that it stands for. */
export function expectResponse(result: ApiResult | undefined, request: ApiRequest): ApiResponse {
  if (result === undefined) throw new Error('A driver must reply to every request');
  if (result.type !== 'response') throw fromFailure(result, request);
  return result;
}
