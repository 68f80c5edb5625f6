import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { RequestContext } from './request-context.ts';
import type { EmulatedResponse } from './response.ts';

const ENCODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => gzipSync(body),
  deflate: (body) => deflateSync(body),
  // Some servers leave out the zlib header that the name promises.
  'deflate-raw': (body) => deflateRawSync(body),
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/** The compressed body. */
export function encode(response: EmulatedResponse, coding: string): Buffer {
  let bytes = response.encoded.get(coding);
  if (!bytes) {
    bytes = ENCODERS[coding]?.(response.body) ?? response.body;
    response.encoded.set(coding, bytes);
  }
  return bytes;
}

function negotiate(context: RequestContext): string | undefined {
  const accepted = String(context.request.headers['accept-encoding'] ?? '').toLowerCase();
  if (accepted === '' || !context.server.compression) return undefined;
  const offers = accepted.split(',').map((offer) => offer.trim().replaceAll(' ', ''));
  return ['gzip', 'deflate', 'br'].find((coding) =>
    offers.some((offer) => offer === coding || (offer.startsWith(`${coding};`) && !/;q=0(\.0*)?$/.test(offer))),
  );
}

/** Headers and bytes of a response as they are sent. */
export interface PreparedResponse {
  readonly headers: Record<string, string>;
  readonly bytes: Buffer;
}

/** Adds the headers that every response has, and compresses the body if client and server agree. */
export function prepare(context: RequestContext, response: EmulatedResponse): PreparedResponse {
  const headers: Record<string, string> = {
    Vary: 'Accept-Encoding',
    'X-Request-Id': context.server.nextRequestId(),
    ...response.headers,
  };
  let bytes = response.body;
  const coding = headers['Content-Encoding'] === undefined && bytes.length > 0 ? negotiate(context) : undefined;
  if (coding) {
    bytes = encode(response, coding);
    headers['Content-Encoding'] = coding;
  }
  headers['Content-Length'] ??= String(bytes.length);
  return { headers, bytes };
}

export function send(context: RequestContext, response: EmulatedResponse): void {
  const { headers, bytes } = prepare(context, response);
  context.response.writeHead(response.status, headers);
  context.response.end(bytes);
}
