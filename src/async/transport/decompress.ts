/** Decompresses bodies, with a limit on the size of the result. */
import zlib from 'node:zlib';
import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { BODY_MAX_SIZE, bodySizeFailure } from './response-collector.ts';

/** Value of the Accept-Encoding header. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

// zlib's thread pool takes longer for a small body than decompressing it here. A large one would block other requests.
const MAX_INLINE_SIZE = 64 * 1024;

type Inflate = (body: Buffer, options: zlib.ZlibOptions) => Buffer;
type InflateAsync = (
  body: Buffer,
  options: zlib.ZlibOptions,
  done: (error: Error | null, body: Buffer) => void,
) => void;

/** Returns the decompressed body, or a failure. `encodings` is the Content-Encoding header. */
export async function decompress(body: Buffer, encodings: string): Promise<Buffer | Failure> {
  let plain = body;
  const applied = encodings
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  // An empty body was not compressed, whatever its headers say.
  if (plain.length === 0) return plain;
  for (const encoding of applied.reverse()) {
    const method = getMethod(encoding, plain);
    if (!method)
      return { type: 'failure', kind: 'connection', message: `the answer has an unknown encoding ${encoding}` };
    try {
      plain = plain.length <= MAX_INLINE_SIZE ? method.sync(plain, LIMIT) : await inflateAsync(method.async, plain);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return bodySizeFailure();
      const cause = toPlainError(error);
      const message = `the ${encoding} body of the answer is corrupt or cut short: ${cause.message}`;
      return { type: 'failure', kind: 'connection', code: cause.code, message, cause };
    }
  }
  return plain;
}

const LIMIT = { maxOutputLength: BODY_MAX_SIZE };

function getMethod(
  encoding: string,
  body: Buffer,
): { readonly sync: Inflate; readonly async: InflateAsync } | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return { sync: zlib.gunzipSync, async: zlib.gunzip };
    case 'br':
      return { sync: zlib.brotliDecompressSync, async: zlib.brotliDecompress };
    case 'deflate':
      // Some servers leave out zlib's header. In its first byte, the low four bits are always 8.
      return ((body[0] ?? 0) & 0x0f) === 8
        ? { sync: zlib.inflateSync, async: zlib.inflate }
        : { sync: zlib.inflateRawSync, async: zlib.inflateRaw };
    default:
      return undefined;
  }
}

function inflateAsync(method: InflateAsync, body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    method(body, LIMIT, (error, plain) => (error ? reject(error) : resolve(plain)));
  });
}
