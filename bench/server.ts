/**
 * The process that answers the benchmark: bodies that were recorded, compressed beforehand, and uploads that are counted
 * and thrown away. It costs little, and the same for everybody.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Counts, Order, Recorded } from './protocol.ts';

const UPLOADED = Buffer.from('{"result": {"message": "Uploaded", "success": true, "key": "/bench/upload/"}}');
const TYPE = 'text/javascript; charset=utf-8';

const bodies = new Map<string, { readonly plain: Buffer; readonly gzip: Buffer }>();
const sockets = new Set<Socket>();
const closed = { connections: 0, sent: 0 };
let requests = 0;
let uploaded = 0;

function load(recorded: readonly Recorded[]): void {
  for (const { path, text } of recorded) {
    const plain = Buffer.from(text);
    bodies.set(path, { plain, gzip: gzipSync(plain) });
  }
}

function counts(): Counts {
  let { sent } = closed;
  for (const socket of sockets) sent += socket.bytesWritten;
  return { requests, connections: closed.connections + sockets.size, sent, uploaded };
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
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': TYPE, 'Content-Length': UPLOADED.length }).end(UPLOADED);
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  requests += 1;
  if (request.method === 'POST') take(request, response);
  else give(request, response);
});

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
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
