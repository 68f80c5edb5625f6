/** Connection errors as plain data. */

import { describeAccessDenied } from '../../shared/base/access-denied.ts';
import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { fileLimitFailure } from './file-limit.ts';

// After these, the server may be back in a moment. A wrong certificate or a malformed response will be the same again.
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** Whether another attempt may succeed. */
export function isTransient(failure: Failure): boolean {
  return failure.kind === 'connection' && failure.code !== undefined && TRANSIENT_CODES.has(failure.code);
}

/** Turns an error of the network, of TLS or of undici into a failure. */
export function connectionFailure(error: Error): Failure {
  const cause = toPlainError(error);
  const limit = fileLimitFailure(cause);
  if (limit) return limit;
  // If several addresses of a host were tried, the error is an AggregateError without a message.
  const message = describeAccessDenied(error) || cause.message || cause.cause?.message || cause.code || cause.name;
  return { type: 'failure', kind: 'connection', code: cause.code ?? cause.cause?.code, message, cause };
}
