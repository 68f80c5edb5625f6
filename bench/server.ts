/**
 * The process that answers the benchmark: bodies that were recorded, compressed beforehand, and uploads that are counted
 * and thrown away. It costs little, and the same for everybody.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { certificate } from '../test/emulator/tls.ts';
import { type Counts, type Order, RECORDED_ORIGIN, type Recorded, type ServerOptions } from './protocol.ts';

const UPLOADED = Buffer.from('{"result": {"message": "Uploaded", "success": true, "key": "/bench/upload/"}}');
const TYPE = 'text/javascript; charset=utf-8';

const { tls = false, latency = 0, bytesPerSecond } = JSON.parse(process.argv[2] ?? '{}') as ServerOptions;
const bodies = new Map<string, { readonly plain: Buffer; readonly gzip: Buffer }>();
const sockets = new Set<Socket>();
const closed = { connections: 0, sent: 0 };
let requests = 0;
let uploaded = 0;

function load(recorded: readonly Recorded[]): void {
  for (const { path, text } of recorded) {
    const plain = Buffer.from(text.replaceAll(RECORDED_ORIGIN, origin));
    bodies.set(path, { plain, gzip: gzipSync(plain) });
  }
}

function counts(): Counts {
  let { sent } = closed;
  for (const socket of sockets) sent += socket.bytesWritten;
  return { requests, connections: closed.connections + sockets.size, sent, uploaded };
}

/** Never early, and about a millisecond late at most: a timer alone, which counts from the last turn of the loop, may be early. */
function after(milliseconds: number, act: () => void): void {
  const due = performance.now() + milliseconds;
  const wait = () => {
    const left = due - performance.now();
    if (left > 0) setTimeout(wait, left);
    else act();
  };
  wait();
}

function give(request: IncomingMessage, response: ServerResponse): void {
  const body = bodies.get(request.url ?? '');
  if (!body) {
    response.writeHead(404).end();
    return;
  }
  const gzip = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  const bytes = gzip ? body.gzip : body.plain;
  const headers = { 'Content-Type': TYPE, 'Content-Length': bytes.length, Vary: 'Accept-Encoding' };
  response.writeHead(200, gzip ? { ...headers, 'Content-Encoding': 'gzip' } : headers).end(bytes);
}

function take(request: IncomingMessage, response: ServerResponse): void {
  uploaded = 0;
  request.on('data', (chunk: Buffer) => {
    uploaded += chunk.length;
  });
  if (bytesPerSecond !== undefined) slowDown(request, bytesPerSecond);
  request.on('end', () => {
    after(latency, () => {
      response.writeHead(200, { 'Content-Type': TYPE, 'Content-Length': UPLOADED.length }).end(UPLOADED);
    });
  });
}

/** Reads on when what was read would have come through the line. What waits meanwhile fills the buffers of both ends. */
function slowDown(request: IncomingMessage, bytesPerSecond: number): void {
  let due = performance.now();
  request.on('data', (chunk: Buffer) => {
    const now = performance.now();
    due = Math.max(due, now) + (chunk.length / bytesPerSecond) * 1000;
    request.pause();
    after(due - now, () => request.resume());
  });
}

const respond: RequestListener = (request, response) => {
  requests += 1;
  if (request.method === 'POST') take(request, response);
  else after(latency, () => give(request, response));
};

const keepAliveTimeout = 60_000;
const server = tls
  ? createTlsServer({ ...certificate('localhost'), keepAliveTimeout }, respond)
  : createServer({ keepAliveTimeout }, respond);

server.on('connection', (socket: Socket) => {
  sockets.add(socket);
  socket.on('close', () => {
    sockets.delete(socket);
    closed.connections += 1;
    closed.sent += socket.bytesWritten;
  });
});

process.on('message', (order: Order) => {
  if (order.do === 'load') load(order.recorded);
  process.send?.(counts());
});
// Whoever forked this is gone: so is the reason to be here.
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.send?.(origin);
