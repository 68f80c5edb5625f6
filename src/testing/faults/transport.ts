/** Connections that break, stall or never end. */
import { prepare } from '../server/encoding.ts';
import type { RequestContext } from '../server/request-context.ts';
import { type EmulatedResponse, JSON_TYPE } from '../server/response.ts';
import { defineFault, type FaultHooks } from './fault.ts';
import { choice, number } from './parameters.ts';

/** How often a slow response sends a part, in milliseconds. */
const SLOW_INTERVAL = 50;

/** A fault that takes the connection over. */
function connectionFault(description: string, takeOver: NonNullable<FaultHooks['takeOver']>) {
  return defineFault(description, {}, () => ({ takeOver }));
}

/** Sends the headers and half of the body. */
function sendHalf(context: RequestContext, response: EmulatedResponse, chunked: boolean, finish?: () => void): void {
  const { headers, bytes } = prepare(context, response);
  if (chunked) delete headers['Content-Length'];
  context.response.writeHead(response.status, headers);
  context.response.write(bytes.subarray(0, bytes.length >> 1), finish);
}

function sendSlowly(context: RequestContext, response: EmulatedResponse, bytesPerSecond: number): void {
  const { headers, bytes } = prepare(context, response);
  const size = Math.max(1, Math.round((bytesPerSecond * SLOW_INTERVAL) / 1000));
  context.response.writeHead(response.status, headers);
  const sendFrom = (start: number) => {
    if (context.response.destroyed) return;
    if (start >= bytes.length) {
      context.response.end();
      return;
    }
    context.response.write(bytes.subarray(start, start + size));
    context.server.defer(SLOW_INTERVAL, () => sendFrom(start + size));
  };
  sendFrom(0);
}

export const TRANSPORT_FAULTS = {
  hang: connectionFault('accepts the request and never responds', () => {}),
  drip: defineFault(
    'headers, then a space at each interval forever',
    { milliseconds: number(100) },
    ({ milliseconds }) => ({
      takeOver: ({ server, response }) => {
        response.writeHead(200, { 'Content-Type': JSON_TYPE });
        response.flushHeaders();
        const drip = () => {
          if (response.destroyed) return;
          response.write(' ');
          server.defer(milliseconds, drip);
        };
        drip();
      },
    }),
  ),
  'headers-only': connectionFault('headers with a Content-Length, then silence', ({ response }) => {
    response.writeHead(200, { 'Content-Type': JSON_TYPE, 'Content-Length': '1000' });
    response.flushHeaders();
  }),
  reset: connectionFault('resets the connection at once', ({ socket }) => void socket.resetAndDestroy()),
  'close-at-once': connectionFault('closes the connection, without a response', ({ socket }) => void socket.end()),
  'not-http': connectionFault(
    'responds with bytes that are not HTTP',
    ({ socket }) => void socket.end('SSH-2.0-NotAWebServer\r\n\r\n'),
  ),
  'lost-response': defineFault(
    'the request takes effect, and its response never arrives',
    { connection: choice('reset', 'open') },
    ({ connection }) => ({
      send: ({ socket }) => {
        if (connection === 'reset') socket.resetAndDestroy();
      },
    }),
  ),
  'reset-mid-body': defineFault('half the body, then a reset', {}, () => ({
    send: (context, response) => {
      sendHalf(context, response, false);
      // Later, or the reset overtakes the bytes and the client sees no response at all.
      context.server.defer(50, () => void context.socket.resetAndDestroy());
    },
  })),
  'end-early': defineFault('the Content-Length of the whole body, half of it, then an orderly end', {}, () => ({
    send: (context, response) => sendHalf(context, response, false, () => context.socket.end()),
  })),
  'end-early-chunked': defineFault('half the body in chunks, then an orderly end without the last chunk', {}, () => ({
    send: (context, response) => sendHalf(context, response, true, () => context.socket.end()),
  })),
  chunked: defineFault('the right response, in chunks and without a Content-Length', {}, () => ({
    send: (context, response) => {
      const { headers, bytes } = prepare(context, response);
      delete headers['Content-Length'];
      context.response.writeHead(response.status, headers);
      for (let at = 0; at < bytes.length; at += 1000) context.response.write(bytes.subarray(at, at + 1000));
      context.response.end();
    },
  })),
  'endless-body': connectionFault('a JSON string that never ends, as fast as it is read', ({ response }) => {
    response.writeHead(200, { 'Content-Type': JSON_TYPE });
    const block = Buffer.alloc(65_536, 0x61);
    response.write('{"name": "');
    const pour = () => {
      while (!response.destroyed && response.write(block)) {}
    };
    response.on('drain', pour);
    pour();
  }),
  'big-headers': defineFault('a header of so many KiB', { kibibytes: number(20) }, ({ kibibytes }) => ({
    changeResponse: (response) => ({
      ...response,
      headers: { ...response.headers, 'X-Long': 'x'.repeat(kibibytes * 1024) },
    }),
  })),
  delay: defineFault('the right response, late', { milliseconds: number(1000) }, ({ milliseconds }) => ({
    delay: milliseconds,
  })),
  slow: defineFault(
    'both directions at so many bytes a second',
    { bytesPerSecond: number(16_384, 1) },
    ({ bytesPerSecond }) => ({
      body: () => ({ bytesPerSecond }),
      send: (context, response) => sendSlowly(context, response, bytesPerSecond),
    }),
  ),
  close: defineFault('Connection: close with every response', {}, () => ({
    changeResponse: (response) => ({ ...response, headers: { ...response.headers, Connection: 'close' } }),
  })),
  'drop-idle': defineFault(
    'keeps the connection, then closes it some milliseconds after the response',
    { milliseconds: number(0) },
    ({ milliseconds }) => ({
      afterResponse: ({ server, socket }) => server.defer(milliseconds, () => void socket.destroy()),
    }),
  ),
};
