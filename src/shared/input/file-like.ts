/** Files that callers pass: a path, bytes, or a `Blob`. */
import { fileURLToPath } from 'node:url';
import { describe, throwTypeError } from '../base/argument.ts';
import type { BlobObject, UrlObject } from '../base/globals.ts';
import { isBlob, isUint8Array, isUrl } from '../base/kind.ts';
import type { FileSource } from '../protocol/messages.ts';

/** A file to send: a path, a `file:` URL, bytes, a `Blob` or a `File`. */
export type FileLike = string | UrlObject | Uint8Array | BlobObject;

const ALLOWED = 'a path, a file: URL, a Uint8Array, a Blob or a File';

/** Returns a description of the file as plain data. The transport opens the file and checks its size. */
export function parseFileLike(argument: string, value: unknown, type: string): FileSource {
  if (isUrl(value) || (typeof value === 'string' && value.startsWith('file:'))) {
    return toPathSource(argument, fromFileUrl(argument, value));
  }
  if (typeof value === 'string') return toPathSource(argument, value);
  if (isUint8Array(value)) return { from: 'bytes', bytes: validateBytes(argument, value), filename: argument, type };
  if (isBlob(value)) {
    const name = (value as { name?: unknown }).name;
    const filename = typeof name === 'string' && name !== '' ? name : argument;
    // A line break would end the header. Only a caller's own subclass of Blob can contain one.
    const input: unknown = value.type;
    const known = typeof input === 'string' && /^[\x20-\x7e]+$/.test(input);
    return { from: 'blob', blob: value, filename, type: known ? input : type };
  }
  return throwTypeError(argument, value, ALLOWED);
}

/** A relative path is resolved against the folder at the time of the call, wherever the file is opened later. */
function toPathSource(argument: string, path: string): FileSource {
  if (/^https?:\/\//i.test(path)) {
    throw new TypeError(
      `${argument}: ${describe(path)} is not a file; download it first, and give its path or its bytes`,
    );
  }
  if (/^~[/\\]/.test(path)) {
    throw new TypeError(`${argument}: ~ is a form of the shell; give join(os.homedir(), ${describe(path.slice(2))})`);
  }
  if (path === '') throwTypeError(argument, path, ALLOWED);
  if (path.includes('\0')) throw new TypeError(`${argument}: ${describe(path)} is not a path: it has a null character`);
  return { from: 'path', path, cwd: getWorkingFolder() };
}

function getWorkingFolder(): string {
  try {
    return process.cwd();
  } catch {
    // The folder was deleted. An absolute path does not need it, and a relative one fails when it is opened.
    return '/';
  }
}

function validateBytes(argument: string, bytes: Uint8Array): Uint8Array {
  try {
    // Throws if the buffer was transferred, or is now too short. There is no other way to tell on Node.js 20.
    Reflect.apply(Uint8Array.prototype.values, bytes, []);
  } catch {
    throw new TypeError(
      `${argument}: the Uint8Array has no bytes any more, because its buffer was transferred or resized`,
    );
  }
  return bytes;
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
