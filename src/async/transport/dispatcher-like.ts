/**
 * The part of undici's `Dispatcher` that is used: an `Agent`, a `Pool`, a `ProxyAgent`… of undici 7 or later.
 *
 * undici's own declaration would tie callers to the version of undici that this package uses, and to its types.
 */
export interface DispatcherLike {
  /** Sends a request and calls the handler's methods as it proceeds. Returns `false` when it is busy. */
  dispatch(options: object, handler: object): boolean;
}
