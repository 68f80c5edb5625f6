/** Where requests go through, as it stands when a client is made: a worker's environment is a copy of its own. */
export type ProxyRoute =
  | { readonly by: 'url'; readonly url: string }
  | { readonly by: 'env'; readonly http: string; readonly https: string; readonly except: string };

/** What whoever sends the requests needs to know; plain data. */
export interface SessionOptions {
  readonly retries: number;
  /** Seconds. */
  readonly maxRateLimitWait: number;
  readonly proxy: ProxyRoute | null;
  readonly userAgent: string;
}
