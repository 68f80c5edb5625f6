import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getBuiltin } from '../../shared/base/builtin.ts';
import { closedFailure } from '../../shared/protocol/failure.ts';
import type { Failure, Redirect } from '../../shared/protocol/messages.ts';
import { connectionFailure } from './connection-failure.ts';
import { Deadline } from './deadline.ts';
import { createLoginPage, LISTENER_HEADERS, PAGE_HEADERS } from './login-page.ts';
import type { RequestHooks } from './sender.ts';

// Not the globals: see `deadline.ts`.
const { clearTimeout, setTimeout } = getBuiltin('node:timers');

const HOST = '127.0.0.1';
// At least 128 bits. The path takes the place of `state`, which the API does not have.
const PATH_BYTES = 24;
// Milliseconds in which a browser must take the page. It is small, so only one that has gone takes longer.
const MAX_FLUSH = 1000;

/**
 * Listens on loopback for the redirect of one login. Rejects every other request and goes on waiting: another path or host,
 * another method, a prefetch, a redirect that holds nothing.
 */
export class RedirectListener {
  readonly redirectUri: string;
  readonly #server: Server;
  readonly #url: URL;
  readonly #expires: number;
  // Browsers that wait for the outcome. A reload and a second tab get the same page.
  readonly #browsers = new Set<ServerResponse>();
  #redirect: ReceivedRedirect | undefined;
  #onRedirect: (redirect: ReceivedRedirect) => void = () => undefined;

  private constructor(server: Server, path: string, timeout: number) {
    this.#server = server;
    this.#expires = performance.now() + timeout;
    // The URL leaves out the default port, as browsers do in `Host`.
    this.#url = new URL(`http://${HOST}:${(server.address() as AddressInfo).port}/${path}`);
    this.redirectUri = this.#url.href;
    server.on('request', (request, response) => this.#handle(request, response));
  }

  /** Opens a port; `0` takes a free one. */
  static async open(port: number, timeout: number): Promise<RedirectListener | Failure> {
    const { createServer } = getBuiltin('node:http');
    const { randomBytes } = getBuiltin('node:crypto');
    const server = createServer();
    const error = await new Promise<Error | undefined>((resolve) => {
      server.once('error', resolve);
      // In a cluster, `exclusive` keeps the workers from sharing the port.
      server.listen({ host: HOST, port, exclusive: true }, () => resolve(undefined));
    });
    return error
      ? connectionFailure(error)
      : new RedirectListener(server, randomBytes(PATH_BYTES).toString('base64url'), timeout);
  }

  /** Waits until the browser returns. */
  async receive({ signal, closed }: RequestHooks): Promise<Redirect | Failure> {
    if (closed?.aborted) return closedFailure();
    // A timer must be able to fire. If the time is over, it does at once.
    const deadline = new Deadline(Math.max(this.#timeLeft, 1), signal, closed);
    deadline.start();
    const returned = new Promise<ReceivedRedirect>((resolve) => {
      this.#onRedirect = resolve;
      if (this.#redirect) resolve(this.#redirect);
    });
    await deadline.waitFor(returned);
    deadline.release();
    return deadline.failure ?? { ...(await returned), timeLeft: this.#timeLeft };
  }

  /** Shows the outcome to the browsers that wait for it, and closes the port. */
  async respond(failure: string | null): Promise<void> {
    // No further connections. Those that browsers have opened early would keep it open.
    this.#server.close();
    const page = createLoginPage(failure);
    const pages = Array.from(this.#browsers, (browser) => send(browser, 200, PAGE_HEADERS, page));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MAX_FLUSH);
    });
    await Promise.race([Promise.all(pages), late]);
    clearTimeout(timer);
    this.#server.closeAllConnections();
  }

  get #timeLeft(): number {
    return this.#expires - performance.now();
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const read = this.#read(request);
    if ('status' in read) {
      const { status, text, headers } = read;
      void send(response, status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }, `${text}\n`);
      return;
    }
    this.#browsers.add(response);
    response.once('close', () => this.#browsers.delete(response));
    // The first one counts.
    this.#redirect ??= read;
    this.#onRedirect(this.#redirect);
  }

  #read(request: IncomingMessage): ReceivedRedirect | Rejection {
    const base = this.#url;
    const target = request.url ?? '';
    const url = URL.canParse(target, base.href) ? new URL(target, base) : undefined;
    const isOurs = url?.origin === base.origin && url.pathname === base.pathname && request.headers.host === base.host;
    if (!url || !isOurs) return { status: 404, text: 'Not found' };
    if (request.method !== 'GET') return { status: 405, text: 'Method not allowed', headers: { Allow: 'GET' } };
    // A browser may drop what it has prefetched, and the code is good once. It asks again when the user goes there.
    if (isPrefetch(request)) return { status: 503, text: 'Not available to a prefetch' };
    const code = url.searchParams.get('code') || null;
    const error = url.searchParams.get('error') || null;
    if (code === null && error === null) return { status: 400, text: 'Neither code nor error' };
    return error === null ? { code, error } : { code: null, error };
  }
}

type ReceivedRedirect = Omit<Redirect, 'timeLeft'>;

interface Rejection {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function isPrefetch({ headers }: IncomingMessage): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => String(headers[name] ?? '').includes('prefetch'));
}

/** Sends a response. Resolves when the system has taken it; never if the browser has gone. */
function send(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): Promise<void> {
  return new Promise((resolve) => {
    response.writeHead(status, { ...LISTENER_HEADERS, ...headers }).end(body, resolve);
  });
}
