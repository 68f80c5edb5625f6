/**
 * Whether a value is an `Error` of this realm or of another one. Under Jest and in other `vm` contexts, the errors of
 * Node.js itself are of another realm, where `instanceof` does not hold.
 */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
