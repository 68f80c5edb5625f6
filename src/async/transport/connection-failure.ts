/** What went wrong on the way, as plain data. */

import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';

// After these a server may be back in a moment. A wrong certificate or a malformed answer will not be other next time.
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

/** Whether another try may end otherwise. */
export function isTransient(failure: Failure): boolean {
  return failure.kind === 'connection' && failure.code !== undefined && TRANSIENT_CODES.has(failure.code);
}

/** An error of the network, of TLS or of undici. */
export function connectionFailure(error: Error): Failure {
  const cause = toPlainError(error);
  // Attempts at several addresses of a host fail as one error without a message.
  const message = cause.message || cause.cause?.message || cause.code || cause.name;
  return { type: 'failure', kind: 'connection', code: cause.code ?? cause.cause?.code, message, cause };
}
