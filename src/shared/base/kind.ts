/**
 * Recognizes built-in objects by what they are. In a test runner or a `vm` context, Node.js creates its errors and buffers
 * with constructors of another realm, so that `instanceof` is false for them.
 */

/** Answers a question about a value, or returns `undefined` for a revoked proxy, which throws at any question. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

/** `Error` for an error, `URL` for a URL… */
function getTag(value: unknown): string {
  return ask(() => Object.prototype.toString.call(value).slice('[object '.length, -1)) ?? '';
}

/** Whether a value is an error, a `DOMException` included. */
export function isError(value: unknown): value is Error {
  return ask(() => value instanceof Error) || /^(?:Error|DOMException)$/.test(getTag(value));
}

/** Whether a value is a `Uint8Array`. A `Buffer` is one. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && getTag(value) === 'Uint8Array';
}

/** Whether a value is a `URL`. */
export function isUrl(value: unknown): value is URL {
  return getTag(value) === 'URL' && typeof (value as URL).href === 'string';
}

/** Whether a value is a `Blob` or `File` of the runtime, and not of a library. */
export function isBlob(value: unknown): value is Blob {
  if (typeof Blob === 'function' && ask(() => value instanceof Blob)) return true;
  return (
    /^(?:Blob|File)$/.test(getTag(value)) &&
    Object.getOwnPropertySymbols(value).some(({ description }) => description === 'kHandle')
  );
}

/** Whether a value is an `AbortSignal`. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  return getTag(value) === 'AbortSignal' && typeof (value as AbortSignal).aborted === 'boolean';
}
