import { throwRangeError, validateCount, validateFlag, validateFunction, validateText } from '../base/argument.ts';
import type { OptionTable } from '../base/options.ts';
import { PAGINATION, type Pagination } from './pagination.ts';
import { type QueryParams, validateQueryParams } from './query-params.ts';

/** Options of `get`. */
export interface GetOptions {
  /**
   * Resolve the key under `apiRoot`. With `false`, the key is an absolute URL. The access token is sent to the origin of
   * `apiRoot` only.
   *
   * @defaultValue `true`
   */
  readonly relative?: boolean | null | undefined;
  /**
   * Create a method for each connection of the resource.
   *
   * @defaultValue `true`
   */
  readonly createConnections?: boolean | null | undefined;
  /** Further query parameters. */
  readonly params?: QueryParams | null | undefined;
}

/** @internal */
export const GET_OPTIONS = {
  relative: validateFlag,
  createConnections: validateFlag,
  params: validateQueryParams,
} satisfies OptionTable<GetOptions>;

/** What to search for: a type that is known, or any other. */
export type SearchType = 'cloudcast' | 'user' | 'tag' | (string & {});

/** Options of `search`. */
export interface SearchOptions<T extends SearchType = SearchType> extends Pagination {
  /**
   * Type of the objects to search for, in the singular.
   *
   * @defaultValue `'cloudcast'`
   */
  readonly type?:
    | (T extends 'cloudcasts' | 'users' | 'tags' ? never : T)
    | 'cloudcast'
    | 'user'
    | 'tag'
    | null
    | undefined;
}

/** @internal */
export const SEARCH_OPTIONS = { type: validateText, ...PAGINATION } satisfies OptionTable<SearchOptions>;

/** Options of `load`. */
export interface LoadOptions {
  /**
   * Load a resource again although it is full.
   *
   * @defaultValue `false`
   */
  readonly force?: boolean | null | undefined;
}

/** @internal */
export const LOAD_OPTIONS = { force: validateFlag } satisfies OptionTable<LoadOptions>;

/** Options of methods that send several requests at once. */
export interface ConcurrencyOptions {
  /**
   * Maximum number of requests that are under way at the same time.
   *
   * @defaultValue 8
   */
  readonly concurrency?: number | null | undefined;
}

/** @internal */
export const CONCURRENCY_OPTIONS = {
  concurrency: (argument: string, value: unknown) => validateCount(argument, value, 1),
} satisfies OptionTable<ConcurrencyOptions>;

/** Number of requests at once when `concurrency` is not given. @internal */
export const DEFAULT_CONCURRENCY = 8;

/** Options of `login`. */
export interface LoginOptions {
  /**
   * Called with the URL that the user opens in a browser of this machine. An exception that it throws ends the login.
   *
   * @defaultValue prints the URL as a line on stderr
   */
  readonly onUrl?: ((url: string) => void) | null | undefined;
  /**
   * Port of 127.0.0.1 to which the browser returns. `0` takes a free one.
   *
   * @defaultValue `0`
   */
  readonly port?: number | null | undefined;
}

const MAX_PORT = 65_535;

/** @internal */
export const LOGIN_OPTIONS = {
  onUrl: (argument: string, value: unknown) => validateFunction<(url: string) => void>(argument, value),
  port: (argument: string, value: unknown) => {
    const port = validateCount(argument, value);
    return port <= MAX_PORT ? port : throwRangeError(argument, value, `at most ${MAX_PORT}`);
  },
} satisfies OptionTable<LoginOptions>;

/** Options of `all`. `I` is the type of the items. */
export interface AllOptions<I = unknown> extends ConcurrencyOptions {
  /**
   * Maximum number of items.
   *
   * @defaultValue no limit
   */
  readonly limit?: number | null | undefined;
  /**
   * Load each item before it is yielded. Up to `concurrency` items are loaded ahead, while the caller works.
   *
   * @defaultValue `false`
   */
  readonly load?: boolean | null | undefined;
  /**
   * Called with the error of an item that cannot be loaded. The item is left out, and the loop goes on. An exception that it
   * throws ends the loop. Only with `load`.
   *
   * @defaultValue the error is thrown
   */
  readonly onError?: ((error: Error, item: I) => void) | null | undefined;
}

/** @internal */
export const ALL_OPTIONS = {
  limit: (argument: string, value: unknown) => validateCount(argument, value),
  load: validateFlag,
  onError: validateFunction<(error: Error, item: unknown) => void>,
  ...CONCURRENCY_OPTIONS,
} satisfies OptionTable<AllOptions>;
