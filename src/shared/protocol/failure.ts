/** Failures of requests: created, redacted, and converted to errors for the caller. */
import { redact, type Secrets } from '../base/secret.ts';
import {
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
} from './errors.ts';
import type { ApiRequest, Failure, OperationStep, PlainError } from './messages.ts';
import { fromPlainError } from './plain-error.ts';

/** Returns the failure without the secrets. */
export function redactFailure(failure: Failure, secrets: Secrets): Failure {
  const clean = (plain: PlainError): PlainError => ({
    ...plain,
    message: redact(plain.message, secrets),
    stack: plain.stack && redact(plain.stack, secrets),
    cause: plain.cause && clean(plain.cause),
  });
  return { ...failure, message: redact(failure.message, secrets), cause: failure.cause && clean(failure.cause) };
}

/** The part of a request that its errors name. */
export type FailedRequest = Pick<ApiRequest, 'method' | 'url' | 'timeout'>;

/** Returns the method and URL of a request, for a message. The URL contains no secret. */
export function describeRequest(request: FailedRequest): string {
  return `${request.method} ${request.url}`;
}

/** Returns the error that a method throws for a failure. */
export function fromFailure(failure: Failure, request: FailedRequest): Error {
  const cause = failure.cause && fromPlainError(failure.cause);
  if (failure.kind === 'misuse' || failure.kind === 'range') {
    const type = failure.kind === 'misuse' ? TypeError : RangeError;
    const error = new type(failure.message, cause && { cause });
    return failure.code === undefined ? error : Object.assign(error, { code: failure.code });
  }
  // Not one of the package's errors: programs catch those for the API and the network, and this is neither.
  if (failure.kind === 'dependency') return new Error(failure.message, cause && { cause });
  if (failure.kind === 'aborted') return Object.assign(new Error('The request was aborted'), { name: 'AbortError' });
  const { method, url, timeout } = request;
  if (failure.kind === 'closed') return new MixcloudClosedError(failure.message, { method, url });
  const message = `${describeRequest(request)}: ${failure.message}`;
  const init = { method, url, sent: failure.sent ?? true };
  if (failure.kind === 'timeout') return new MixcloudTimeoutError(message, { ...init, timeout });
  return new MixcloudConnectionError(message, { ...init, code: failure.code, ...(cause && { cause }) });
}

/** Returns the error that a login throws for a failure of its listener. `timeout` is that of the login. */
export function fromListenerFailure({ kind, message, code, cause }: Failure, timeout: number): Error {
  if (kind === 'closed') return new MixcloudClosedError(message);
  if (kind === 'timeout') {
    return new MixcloudTimeoutError(`login: the browser did not return within ${timeout} ms`, { timeout, sent: false });
  }
  const init = { code, sent: false, ...(cause && { cause: fromPlainError(cause) }) };
  return new MixcloudConnectionError(`login: cannot listen on 127.0.0.1: ${message}`, init);
}

/** Returns the failure of every call to a closed client. */
export function closedFailure(): Failure {
  return {
    type: 'failure',
    kind: 'closed',
    code: 'ERR_MIXCLOUD_CLOSED',
    message: 'The client is closed; create a new one',
  };
}

/**
 * Returns the results of a step of a closed client, or `undefined` if it is carried out in any case: a login tells the browser,
 * and closes its port.
 */
export function getClosedResults(step: OperationStep): readonly Failure[] | undefined {
  if ('requests' in step) return step.requests.map(closedFailure);
  return step.type === 'respond' ? undefined : [closedFailure()];
}

/** Returns an error of the worker with the method and URL of the request that it was sending, if it was one. */
export function addRequest(error: unknown, step: OperationStep): unknown {
  const [only, ...others] = 'requests' in step ? step.requests : [];
  // One with a method is of another call, which a listener made.
  if (others.length > 0 || !only || !(error instanceof MixcloudError) || error.method !== null) return error;
  const { method, url } = only;
  if (error instanceof MixcloudWorkerError) {
    const { message, cause, sent } = error;
    return new MixcloudWorkerError(message, { cause, sent, method, url });
  }
  if (error instanceof MixcloudConnectionError) {
    const { message, code, cause, sent } = error;
    return new MixcloudConnectionError(`${describeRequest(only)}: ${message}`, { code, cause, sent, method, url });
  }
  return error;
}
