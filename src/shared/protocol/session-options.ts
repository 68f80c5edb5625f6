/** The proxy of requests. Read from the environment when a client is created, because a worker has a copy of its own. */
export type ProxyRoute =
  | { readonly by: 'url'; readonly url: string }
  | { readonly by: 'env'; readonly http: string; readonly https: string; readonly except: string };

/** Options of a session. Plain data. */
export interface SessionOptions {
  readonly retries: number;
  /** Seconds. */
  readonly maxRateLimitWait: number;
  readonly proxy: ProxyRoute | null;
  readonly userAgent: string;
}
