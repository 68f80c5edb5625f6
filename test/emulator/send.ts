import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Exchange } from './exchange.ts';
import type { Reply } from './reply.ts';

const CODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => gzipSync(body),
  deflate: (body) => deflateSync(body),
  // Some servers leave out the zlib header that the name promises.
  'deflate-raw': (body) => deflateRawSync(body),
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

export function encode(reply: Reply, coder: string): Buffer {
  let bytes = reply.encoded.get(coder);
  if (!bytes) {
    bytes = CODERS[coder]?.(reply.body) ?? reply.body;
    reply.encoded.set(coder, bytes);
  }
  return bytes;
}

function negotiate(exchange: Exchange): string | undefined {
  const accepted = String(exchange.request.headers['accept-encoding'] ?? '').toLowerCase();
  if (accepted === '' || !exchange.world.compression) return undefined;
  const offers = accepted.split(',').map((offer) => offer.trim().replaceAll(' ', ''));
  return ['gzip', 'deflate', 'br'].find((coding) =>
    offers.some((offer) => offer === coding || (offer.startsWith(`${coding};`) && !/;q=0(\.0*)?$/.test(offer))),
  );
}

/** The bytes and headers as they go out, compressed if client and world agree. */
export function prepare(exchange: Exchange, reply: Reply): { headers: Record<string, string>; bytes: Buffer } {
  const headers: Record<string, string> = {
    Vary: 'Accept-Encoding',
    'X-Request-Id': exchange.world.requestId(),
    ...reply.headers,
  };
  let bytes = reply.body;
  const coding = headers['Content-Encoding'] === undefined && bytes.length > 0 ? negotiate(exchange) : undefined;
  if (coding) {
    bytes = encode(reply, coding);
    headers['Content-Encoding'] = coding;
  }
  headers['Content-Length'] ??= String(bytes.length);
  return { headers, bytes };
}

export function send(exchange: Exchange, reply: Reply): void {
  const { headers, bytes } = prepare(exchange, reply);
  exchange.response.writeHead(reply.status, headers);
  exchange.response.end(bytes);
}
