/** What the benchmark and its server tell each other. */

/** The body of an answer, by path and query. */
export interface Recorded {
  readonly path: string;
  readonly text: string;
}

export type Order = { readonly do: 'load'; readonly recorded: readonly Recorded[] } | { readonly do: 'count' };

/** Since the server began. */
export interface Counts {
  readonly requests: number;
  readonly connections: number;
  /** Bytes that were sent, headers among them. */
  readonly sent: number;
  /** Length of the last body that was taken. */
  readonly uploaded: number;
}
