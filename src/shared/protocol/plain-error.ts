/** Errors as plain data, so that they can cross between threads. */
import { describe } from '../base/argument.ts';
import { isError } from '../base/kind.ts';
import type { PlainError } from './messages.ts';

// Deep enough for the causes of undici: attempts at several addresses, the socket's error, the system's error.
const MAX_CAUSE_DEPTH = 4;

/** Converts a thrown value to plain data. */
export function toPlainError(thrown: unknown, depth = 0): PlainError {
  if (!isError(thrown)) return { name: 'Error', message: describe(thrown) };
  // An AggregateError has `errors`.
  const { code, errors } = thrown as { code?: unknown; errors?: unknown };
  const cause = thrown.cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  return {
    name: thrown.name,
    message: thrown.message,
    code: typeof code === 'string' ? code : undefined,
    stack: thrown.stack,
    cause: cause === undefined || depth >= MAX_CAUSE_DEPTH ? undefined : toPlainError(cause, depth + 1),
  };
}

/** Converts plain data to an error. The opposite of {@link toPlainError}. */
export function fromPlainError(plain: PlainError): Error {
  const error = new Error(plain.message, plain.cause ? { cause: fromPlainError(plain.cause) } : undefined);
  const hidden = { configurable: true, writable: true, enumerable: false };
  Object.defineProperty(error, 'name', { value: plain.name, ...hidden });
  if (plain.stack !== undefined) Object.defineProperty(error, 'stack', { value: plain.stack, ...hidden });
  return plain.code === undefined ? error : Object.assign(error, { code: plain.code });
}
