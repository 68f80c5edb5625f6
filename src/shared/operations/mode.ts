import type { Operation } from '../protocol/operation.ts';
import type { ClientContext } from './client-context.ts';
import type { Pager } from './pager.ts';

/**
 * What differs between the asynchronous and the blocking clients, as types.
 *
 * TypeScript has no types that take types, so a mode is an interface whose members refer to its own `value`:
 * `Outcome<M, T>` fills `value` in and reads off what `T` becomes. Each mode is declared in its own folder; nothing in
 * this one knows that promises exist.
 */
export interface Mode {
  /** Filled in by the types below. */
  readonly value: unknown;
  /** What a method returns that comes to `value`. */
  readonly returned: unknown;
  /** A resource with the fields of `value`. */
  readonly resource: unknown;
  /** A list of resources with the fields of `value`. */
  readonly list: unknown;
  /** What can be looped over, giving `value` each time. */
  readonly iterable: unknown;
  /** Options that every method takes. */
  readonly call: object;
}

/** What a method returns that comes to `T`: a promise of it, or the thing itself. */
export type Returned<M extends Mode, T> = (M & { readonly value: T })['returned'];

/** A resource with the fields `F`. */
export type ResourceOf<M extends Mode, F> = (M & { readonly value: F })['resource'];

/** A list of resources with the fields `F`. */
export type ListOf<M extends Mode, F> = (M & { readonly value: F })['list'];

/** What can be looped over, giving resources with the fields `F`. */
export type IterableOf<M extends Mode, F> = (M & { readonly value: ResourceOf<M, F> })['iterable'];

/** Options that every method takes in the mode. */
export type CallOptions<M extends Mode> = M['call'];

/**
 * Drives an operation to its result. A symbol keeps it out of what callers see; a registered one is the same in every
 * copy of the package, so that a helper of one can use a client of another.
 */
export const RUN: unique symbol = Symbol.for('mixcloud-client:run');

/** Loops over a walk. */
export const ITERATE: unique symbol = Symbol.for('mixcloud-client:iterate');

/** Who runs operations in a mode: the client. The result's type is the asking method's to know. */
export interface OperationRunner<M extends Mode> extends ClientContext {
  [RUN]<T>(operation: Operation<unknown>, options: object | undefined): Returned<M, T>;
  [ITERATE]<T>(pager: Pager, options: object | undefined): T;
}
