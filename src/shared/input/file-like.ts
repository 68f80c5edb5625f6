/** Files that callers pass: a path, bytes, or a `Blob`. */
import { fileURLToPath } from 'node:url';
import { describe, throwTypeError } from '../base/argument.ts';
import type { FileSource } from '../protocol/messages.ts';

/** A file to send: a path, a `file:` URL, bytes, a `Blob` or a `File`. */
export type FileLike = string | URL | Uint8Array | Blob;

const ALLOWED = 'a path, a file: URL, a Uint8Array, a Blob or a File';

/** Returns a description of the file as plain data. The transport opens the file and checks its size. */
export function parseFileLike(argument: string, value: unknown, type: string): FileSource {
  if (value instanceof URL || (typeof value === 'string' && value.startsWith('file:'))) {
    return { from: 'path', path: validatePath(argument, fromFileUrl(argument, value)) };
  }
  if (typeof value === 'string') return { from: 'path', path: validatePath(argument, value) };
  if (value instanceof Uint8Array) return { from: 'bytes', bytes: value, filename: argument, type };
  if (value instanceof Blob) {
    const name = (value as { name?: unknown }).name;
    const filename = typeof name === 'string' && name !== '' ? name : argument;
    // A line break would end the header. Only a caller's own subclass of Blob can contain one.
    const input: unknown = value.type;
    const known = typeof input === 'string' && /^[\x20-\x7e]+$/.test(input);
    return { from: 'blob', blob: value, filename, type: known ? input : type };
  }
  return throwTypeError(argument, value, ALLOWED);
}

function validatePath(argument: string, path: string): string {
  if (path === '') throwTypeError(argument, path, ALLOWED);
  if (path.includes('\0')) throw new TypeError(`${argument}: ${describe(path)} is not a path: it has a null character`);
  return path;
}

function fromFileUrl(argument: string, value: string | URL): string {
  const url = URL.canParse(String(value)) ? new URL(value) : undefined;
  if (url?.protocol !== 'file:' || (url.host !== '' && process.platform !== 'win32'))
    throwTypeError(argument, String(value), ALLOWED);
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new TypeError(`${argument}: ${describe(String(value))} is not the URL of a file`, { cause });
  }
}
