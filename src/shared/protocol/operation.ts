import { MixcloudError } from './errors.ts';
import { fromFailure } from './failure.ts';
import type { ApiRequest, ApiResponse, OperationResult, OperationStep } from './messages.ts';

/**
 * A generator that yields requests, receives their results, and returns a value. A login also yields steps of a listener. Drivers decide how to wait. That is the
 * only difference between the asynchronous and the blocking clients.
 */
export type Operation<T> = Generator<OperationStep, T, readonly OperationResult[]>;

// Stack frames of this package that may be above the caller's.
const EXTRA_FRAMES = 20;

/**
 * Resumes an operation or a pager. Keeps more stack frames than the ten of Node.js, so that the stack of an error reaches
 * the caller's line.
 */
export function resume<Y, T, R>(flow: Generator<Y, T, R>, ...input: [] | [R]): IteratorResult<Y, T> {
  const limit = Error.stackTraceLimit;
  // `Reflect.set`, because `Error` may be frozen. Then the stack is short.
  if (limit > 0) Reflect.set(Error, 'stackTraceLimit', limit + EXTRA_FRAMES);
  try {
    return flow.next(...input);
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit);
  }
}

/**
 * Removes the frames above `below`, the function that drives the operation, from the stack of an error of this package.
 * Frames inside the operation do not help the caller.
 */
export function trimStack(error: unknown, below: (...input: never[]) => unknown): unknown {
  if (error instanceof MixcloudError) Error.captureStackTrace(error, below);
  return error;
}

/** Sends one request and returns its response. Throws the error of a failure. */
export function* send(request: ApiRequest): Operation<ApiResponse> {
  const [result] = yield { requests: [request], concurrency: 1 };
  return expectResponse(result, request);
}

/** Returns the response of a result, or throws the error of a failure. */
export function expectResponse(result: OperationResult | undefined, request: ApiRequest): ApiResponse {
  if (result?.type === 'failure') throw fromFailure(result, request);
  if (result?.type !== 'response') throw new Error('A driver must return a result for every request');
  return result;
}
