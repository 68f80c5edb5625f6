/**
 * What is asked of an undici `Dispatcher`: an `Agent`, a `Pool`, a `ProxyAgent`… of undici 7 or later.
 *
 * Its own declaration would tie callers to the one version of undici that this package uses, and to its types.
 */
export interface DispatcherLike {
  /** Sends a request and tells the handler what becomes of it; gives `false` when it is busy. */
  dispatch(options: object, handler: object): boolean;
}
