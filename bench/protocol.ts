/** What the benchmark and its server tell each other. */

/** The body of an answer, by path and query. */
export interface Recorded {
  readonly path: string;
  /** Where it has `RECORDED_ORIGIN`, the server puts its own. */
  readonly text: string;
}

/** Stands for the origin in links of recorded bodies: the port is not known until the server listens. */
export const RECORDED_ORIGIN = 'http://recorded.invalid';

/** The conditions under which a server responds. */
export interface ServerOptions {
  /** Serves https, with a certificate of the tests for 127.0.0.1. */
  readonly tls?: boolean;
  /** Milliseconds between a request and the response. */
  readonly latency?: number;
  /** How quickly it reads the body of an upload, as if the line were no faster. */
  readonly bytesPerSecond?: number;
}

export type Order = { readonly do: 'load'; readonly recorded: readonly Recorded[] } | { readonly do: 'count' };

/** Since the server began. */
export interface Counts {
  readonly requests: number;
  readonly connections: number;
  /** Bytes that were sent, headers among them; without TLS. */
  readonly sent: number;
  /** Length of the last body that was taken. */
  readonly uploaded: number;
}
