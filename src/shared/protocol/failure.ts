/** Turns errors into plain data, and plain data into errors of the caller's thread. */
import { describe } from '../base/argument.ts';
import { redact, type Secrets } from '../base/secret.ts';
import { MixcloudConnectionError, type MixcloudError, MixcloudTimeoutError } from './errors.ts';
import type { Failure, PlainError, Request } from './messages.ts';

// Causes of causes: an aggregate of connection attempts, the socket's error, the system's error.
const DEEPEST_CAUSE = 4;

/** What can be told of anything that was thrown. */
export function plainError(thrown: unknown, depth = 0): PlainError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: describe(thrown) };
  const { code } = thrown as { code?: unknown };
  const cause = thrown.cause ?? (thrown instanceof AggregateError ? thrown.errors[0] : undefined);
  return {
    name: thrown.name,
    message: thrown.message,
    code: typeof code === 'string' ? code : undefined,
    stack: thrown.stack,
    cause: cause === undefined || depth >= DEEPEST_CAUSE ? undefined : plainError(cause, depth + 1),
  };
}

/** A failure without any of the secrets. */
export function redactFailure(failure: Failure, secrets: Secrets): Failure {
  const clean = (plain: PlainError): PlainError => ({
    ...plain,
    message: redact(plain.message, secrets),
    stack: plain.stack && redact(plain.stack, secrets),
    cause: plain.cause && clean(plain.cause),
  });
  return { ...failure, message: redact(failure.message, secrets), cause: failure.cause && clean(failure.cause) };
}

/** The opposite of {@link plainError}. */
export function reviveError(plain: PlainError): Error {
  const error = new Error(plain.message, plain.cause ? { cause: reviveError(plain.cause) } : undefined);
  const hidden = { configurable: true, writable: true, enumerable: false };
  Object.defineProperty(error, 'name', { value: plain.name, ...hidden });
  if (plain.stack !== undefined) Object.defineProperty(error, 'stack', { value: plain.stack, ...hidden });
  return plain.code === undefined ? error : Object.assign(error, { code: plain.code });
}

/** Names a request in a message. Its URL holds no secret. */
export function nameOf(request: Request): string {
  return `${request.method} ${request.url}`;
}

/** The error that a failed request is to its caller. */
export function errorOf(failure: Failure, request: Request): MixcloudError | TypeError | RangeError {
  const cause = failure.cause && reviveError(failure.cause);
  if (failure.kind === 'misuse' || failure.kind === 'range') {
    const type = failure.kind === 'misuse' ? TypeError : RangeError;
    const error = new type(failure.message, cause && { cause });
    return failure.code === undefined ? error : Object.assign(error, { code: failure.code });
  }
  const message = `${nameOf(request)}: ${failure.message}`;
  if (failure.kind === 'timeout') return new MixcloudTimeoutError(message, { timeout: request.timeout });
  return new MixcloudConnectionError(message, { code: failure.code, ...(cause && { cause }) });
}

/** The refusal of every call to a client that was closed. */
export function closedFailure(): Failure {
  return { ok: false, kind: 'misuse', code: 'ERR_MIXCLOUD_CLOSED', message: 'The client is closed; make a new one' };
}
