import type { Operation } from '../protocol/operation.ts';
import type { ClientContext } from './client-context.ts';
import type { Pager } from './pager.ts';

/**
 * The differences between the asynchronous and the blocking clients, as types.
 *
 * TypeScript has no higher-kinded types. A mode is therefore an interface whose members refer to its own `value`:
 * `Returned<M, T>` sets `value` to `T` and reads `returned`. Each mode is declared in its own folder; this folder does
 * not know that promises exist.
 */
export interface Mode {
  /** The type argument. The types below set it. */
  readonly value: unknown;
  /** Return type of a method, whose result is in the tuple `value`: a promise of it, or the result itself. */
  readonly returned: unknown;
  /** A resource with the fields of `value`. */
  readonly resource: unknown;
  /** The same without methods for its connections. */
  readonly plain: unknown;
  /** A list of resources with the fields of `value`. */
  readonly list: unknown;
  /** An iterable of such resources, asynchronous or not. */
  readonly iterable: unknown;
  /** Options that every method accepts. */
  readonly call: object;
  /** The client. */
  readonly client: object;
  /** Options of the client's constructor. */
  readonly options: object;
  /** Class of resources. */
  readonly resourceClass: unknown;
  /** Class of lists of resources. */
  readonly resourceListClass: unknown;
}

/**
 * Return type of a method whose result is `T`: `Promise<T>` or `T`.
 *
 * The tuple keeps the name of `T`: `M` has a `value` too, and editors do not know `unknown & T` by name if `T` is an
 * intersection.
 */
export type Returned<M extends Mode, T> = (M & { readonly value: readonly [T] })['returned'];

/** The `T` of {@link Returned}. */
export type ResultOf<V> = V extends readonly [infer T] ? T : never;

/** A resource with the fields `F`. */
export type ResourceOf<M extends Mode, F> = (M & { readonly value: F })['resource'];

/** A resource with the fields `F`, without methods for its connections. */
export type PlainOf<M extends Mode, F> = (M & { readonly value: F })['plain'];

/** A list of resources with the fields `F`. */
export type ListOf<M extends Mode, F> = (M & { readonly value: F })['list'];

/** An iterable of resources with the fields `F`. */
export type IterableOf<M extends Mode, F> = (M & { readonly value: F })['iterable'];

/** Options that every method accepts in the mode. */
export type CallOptions<M extends Mode> = M['call'];

/** Result of `get` for fields `F`: a list for a `Listing`, otherwise a resource. */
export type GetResult<M extends Mode, F> = F extends { readonly data: readonly (infer I)[] }
  ? ListOf<M, I>
  : ResourceOf<M, F>;

/** Result of `get` with `createConnections: false`. */
export type PlainResult<M extends Mode, F> = F extends { readonly data: readonly unknown[] }
  ? GetResult<M, F>
  : PlainOf<M, F>;

/**
 * Runs an operation to its result. The symbol hides the method from callers. It is registered, so it is the same in
 * every copy of the package, and the OAuth helper of one copy can use a client of another.
 */
export const RUN: unique symbol = Symbol.for('mixcloud-client:run');

/** The mode of a client: the name of its class that the package exports. Registered, as `RUN` is. */
export const MODE: unique symbol = Symbol.for('mixcloud-client:mode');

/** Iterates over the items of a pager. */
export const ITERATE: unique symbol = Symbol.for('mixcloud-client:iterate');

/** Runs operations in a mode. */
export interface RunMethods<M extends Mode> {
  /**
   * Calls `operation` with the client and `args`, and drives it to its result.
   *
   * The last of `args` is the options object of the public method. The driver takes its hooks from it (`signal`,
   * `onProgress`), and the operation validates it.
   *
   * @internal
   */
  [RUN]<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): Returned<M, T>;
  /** The same for a pager. @internal */
  [ITERATE]<A extends readonly unknown[], F>(
    pager: (context: ClientContext, ...args: A) => Pager<ResourceOf<M, F>>,
    ...args: A
  ): IterableOf<M, F>;
}

/** A client, as operations and models see it. */
export interface OperationRunner<M extends Mode> extends ClientContext, RunMethods<M> {}
