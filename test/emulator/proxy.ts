import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Connections } from '../../src/testing/server/connections.ts';
import type { ProxyLogEntry, ProxyOptions } from './protocol.ts';

/** A forward proxy: tunnels by CONNECT, and plain requests with absolute URLs. */
export class ForwardProxy {
  readonly connections = new Connections();
  readonly #server: Server;
  readonly #upstream = new Set<Socket>();
  #log: ProxyLogEntry[] = [];
  #mode: NonNullable<ProxyOptions['mode']>;
  origin = '';

  constructor(options: ProxyOptions) {
    this.#mode = options.mode ?? 'forward';
    this.#server = createServer((request, response) => this.#forward(request, response));
    this.#server.on('connection', (socket: Socket) => this.connections.add(socket));
    this.#server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.#tunnel(request, socket, head),
    );
    this.#server.on('clientError', (_error, socket) => void socket.destroy());
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  configure({ mode }: ProxyOptions): void {
    this.#mode = mode ?? this.#mode;
  }

  requests(): ProxyLogEntry[] {
    return this.#log;
  }

  clear(): void {
    this.#log = [];
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.connections.closeAll();
    for (const socket of this.#upstream) socket.destroy();
    await closed;
  }

  #note(request: IncomingMessage): void {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? '']));
    this.#log.push({ method: request.method ?? '', target: request.url ?? '', headers });
  }

  #tunnel(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#note(request);
    if (this.#mode === 'hang') return;
    if (this.#mode === 'refuse') {
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const target = new URL(`http://${request.url}`);
    const upstream = connect(Number(target.port || 443), target.hostname.replace(/^\[|\]$/g, ''), () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    this.#upstream.add(upstream);
    upstream.on('error', () => socket.destroy());
    upstream.on('close', () => {
      this.#upstream.delete(upstream);
      socket.destroy();
    });
    socket.on('close', () => upstream.destroy());
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    this.#note(request);
    if (this.#mode === 'hang') return;
    const target = request.url ?? '';
    if (this.#mode === 'refuse' || !/^http:\/\//i.test(target)) {
      response.writeHead(this.#mode === 'refuse' ? 502 : 400, { 'Content-Length': '0' }).end();
      return;
    }
    const { 'proxy-connection': _connection, 'proxy-authorization': _authorization, ...headers } = request.headers;
    const onward = send(target, { method: request.method ?? 'GET', headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => {
      if (!response.headersSent) response.writeHead(502, { 'Content-Length': '0' });
      response.end();
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}
