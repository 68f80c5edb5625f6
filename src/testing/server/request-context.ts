import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What a request needs to know about the server that received it. */
export interface ServerFacts {
  readonly scheme: 'http' | 'https';
  /** Scheme, host and port that it listens on. */
  readonly origin: string;
  /** Whether bodies are compressed if the client allows it. */
  readonly compression: boolean;
  nextRequestId(): string;
  /** Starts a timer that ends with the server. */
  defer(milliseconds: number, callback: () => void): void;
}

/** The target of a request, without what addresses a fault. */
export interface Target {
  /** The part of the path that names faults, without a slash at its end, or the empty string. */
  readonly prefix: string;
  /** Path and query behind it. */
  readonly rest: string;
}

/** One request, as routes and faults see it. */
export class RequestContext {
  readonly server: ServerFacts;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly prefix: string;
  /** Path and query without the prefix. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;

  constructor(server: ServerFacts, request: IncomingMessage, response: ServerResponse, { prefix, rest }: Target) {
    this.server = server;
    this.request = request;
    this.response = response;
    this.method = request.method ?? 'GET';
    this.prefix = prefix;
    this.target = rest;
    const mark = rest.indexOf('?');
    this.path = mark < 0 ? rest : rest.slice(0, mark);
    this.query = new URLSearchParams(mark < 0 ? '' : rest.slice(mark + 1));
  }

  get socket(): Socket {
    return this.request.socket;
  }

  /** Scheme and host as the client called them. */
  get host(): string {
    return `${this.server.scheme}://${this.request.headers.host ?? new URL(this.server.origin).host}`;
  }

  /** What links start with: the host, and the prefix. */
  get base(): string {
    return `${this.host}${this.prefix}`;
  }
}

/** Path and query of a request target. A request that came through a forward proxy names the whole URL. */
export function toOriginForm(url: string): string {
  const match = /^https?:\/\/[^/?#]*(.*)$/i.exec(url);
  const rest = match ? (match[1] ?? '') : url;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
