/** Decompresses bodies, with limits on the size of the result and on the number of compressions. */

import type zlib from 'node:zlib';
import { getBuiltin } from '../../shared/base/builtin.ts';
import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import type { Deadline } from './deadline.ts';
import { BODY_MAX_SIZE, bodySizeFailure } from './response-collector.ts';

/** Value of the Accept-Encoding header. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

// A proxy may compress a second time. A server that compresses more often wants to keep its clients busy.
const MAX_ENCODINGS = 5;

// zlib's streams take longer for a small body than decompressing it here. A large one would block other requests.
const MAX_INLINE_SIZE = 64 * 1024;
const MAX_INLINE_RESULT_SIZE = 1024 * 1024;

const CHUNK_SIZE = 64 * 1024;

interface Method {
  readonly sync: (body: Buffer, options: zlib.ZlibOptions) => Buffer;
  readonly stream: (options: zlib.ZlibOptions) => zlib.Gunzip | zlib.BrotliDecompress;
}

/**
 * Returns the decompressed body, or a failure. It ends with the deadline.
 *
 * @param encodings - The Content-Encoding header.
 */
export async function decompress(body: Buffer, encodings: string, deadline: Deadline): Promise<Buffer | Failure> {
  // An empty body was not compressed, whatever its headers say.
  if (body.length === 0) return body;
  const applied = encodings
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  if (applied.length > MAX_ENCODINGS) {
    return encodingFailure(`the answer is compressed ${applied.length} times, but at most ${MAX_ENCODINGS} are read`);
  }
  let result = body;
  for (const encoding of applied.reverse()) {
    const method = getMethod(encoding, result);
    if (!method) return encodingFailure(`the answer has an unknown encoding ${encoding}`);
    try {
      const decompressed = inflateInline(method, result) ?? (await inflate(method, result, deadline));
      if (!Buffer.isBuffer(decompressed)) return decompressed;
      result = decompressed;
    } catch (error) {
      const cause = toPlainError(error);
      const message = `the ${encoding} body of the answer is corrupt or cut short: ${cause.message}`;
      return { ...encodingFailure(message), code: cause.code, cause };
    }
  }
  return result;
}

function encodingFailure(message: string): Failure {
  return { type: 'failure', kind: 'connection', message };
}

function getMethod(encoding: string, body: Buffer): Method | undefined {
  const library = getBuiltin('node:zlib');
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return { sync: library.gunzipSync, stream: library.createGunzip };
    case 'br':
      return { sync: library.brotliDecompressSync, stream: library.createBrotliDecompress };
    case 'deflate':
      // Some servers leave out zlib's header. In its first byte, the low four bits are always 8.
      return ((body[0] ?? 0) & 0x0f) === 8
        ? { sync: library.inflateSync, stream: library.createInflate }
        : { sync: library.inflateRawSync, stream: library.createInflateRaw };
    default:
      return undefined;
  }
}

/** Decompresses a small body. Returns `undefined` if the body or the result is not small, or the body is corrupt. */
function inflateInline(method: Method, body: Buffer): Buffer | undefined {
  if (body.length > MAX_INLINE_SIZE) return undefined;
  try {
    return method.sync(body, { maxOutputLength: MAX_INLINE_RESULT_SIZE });
  } catch {
    return undefined;
  }
}

/** Decompresses in zlib's threads, until the result is too large or the deadline ends. */
function inflate(method: Method, body: Buffer, deadline: Deadline): Promise<Buffer | Failure> {
  return new Promise((resolve, reject) => {
    const stream = method.stream({ chunkSize: CHUNK_SIZE });
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: Buffer | Failure) => {
      stream.destroy();
      resolve(result);
    };
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_MAX_SIZE) settle(bodySizeFailure());
      else chunks.push(chunk);
    });
    stream.on('end', () => settle(Buffer.concat(chunks)));
    stream.on('error', reject);
    // The listener may be left: it has no effect once the promise is settled.
    deadline.onEnd(settle);
    stream.end(body);
  });
}
