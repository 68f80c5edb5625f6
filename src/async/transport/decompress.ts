/** Undoes compression, with a cap on what comes out. */
import zlib from 'node:zlib';
import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { BODY_MAX_SIZE, bodySizeFailure } from './response-collector.ts';

/** What is asked of servers. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

// Handing a small body to zlib's thread pool takes longer than undoing it here; a large one would block other requests.
const MAX_INLINE_SIZE = 64 * 1024;

type Inflate = (body: Buffer, options: zlib.ZlibOptions) => Buffer;
type InflateAsync = (
  body: Buffer,
  options: zlib.ZlibOptions,
  done: (error: Error | null, body: Buffer) => void,
) => void;

/** The plain body, or why there is none. */
export async function decompress(body: Buffer, encodings: string): Promise<Buffer | Failure> {
  let plain = body;
  const applied = encodings
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  // An empty body has nothing to undo, whatever its headers say.
  if (plain.length === 0) return plain;
  for (const encoding of applied.reverse()) {
    const method = getMethod(encoding, plain);
    if (!method)
      return { type: 'failure', kind: 'connection', message: `the answer has an unknown encoding ${encoding}` };
    try {
      plain = plain.length <= MAX_INLINE_SIZE ? method.now(plain, LIMIT) : await later(method.inflateAsync, plain);
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
): { readonly now: Inflate; readonly inflateAsync: InflateAsync } | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return { now: zlib.gunzipSync, inflateAsync: zlib.gunzip };
    case 'br':
      return { now: zlib.brotliDecompressSync, inflateAsync: zlib.brotliDecompress };
    case 'deflate':
      // Some servers leave out the two bytes of zlib's header, whose low half is always 8.
      return ((body[0] ?? 0) & 0x0f) === 8
        ? { now: zlib.inflateSync, inflateAsync: zlib.inflate }
        : { now: zlib.inflateRawSync, inflateAsync: zlib.inflateRaw };
    default:
      return undefined;
  }
}

function later(method: InflateAsync, body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    method(body, LIMIT, (error, plain) => (error ? reject(error) : resolve(plain)));
  });
}
