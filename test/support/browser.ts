import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

/** A request to the address to which the site has sent the browser. */
export interface Visit {
  /** @default 'GET' */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the address's own path and query. */
  readonly path?: string;
  /** In place of the query with the code. */
  readonly query?: string;
  /** Its response comes when the login is over, so the next visit does not wait for it. */
  readonly waits?: boolean;
}

export interface Visited {
  /** 0 if there was no response. `body` is then the code of the error. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The user of a login, who opens the URL and allows access. See `browser-thread.mjs`. */
export class Browser {
  readonly #visits: readonly Visit[];
  #results: Promise<readonly Visited[]> | undefined;
  /** The URLs that it was told to open. */
  readonly opened: string[] = [];

  constructor(visits: readonly Visit[] = [{}]) {
    this.#visits = visits;
  }

  /** For `onUrl`. */
  readonly open = (url: string): void => {
    this.opened.push(url);
    const thread = new Worker(new URL('browser-thread.mjs', import.meta.url), {
      workerData: { url, visits: this.#visits },
    });
    this.#results = new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
  };

  /** What the visits came to. */
  async visited(): Promise<readonly Visited[]> {
    if (!this.#results) throw new Error('the browser was not opened');
    return this.#results;
  }

  /** Where the site was asked to send the browser back to. */
  get redirectUri(): URL {
    return new URL(new URL(this.opened[0] ?? '').searchParams.get('redirect_uri') ?? '');
  }

  /** Whether a port of 127.0.0.1 is open there. */
  isPortOpen(): Promise<boolean> {
    return isPortOpen(Number(this.redirectUri.port));
  }
}

/** Whether something listens on a port of 127.0.0.1. */
export function isPortOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
