import type { Operation } from '../protocol/operation.ts';
import type { Context } from './client-context.ts';
import type { Mode, Outcome } from './mode.ts';
import type { Walk } from './pager.ts';

/**
 * Drives an operation to its result. A symbol keeps it out of what callers see; a registered one is the same in every
 * copy of the package, so that a helper of one can use a client of another.
 */
export const RUN: unique symbol = Symbol.for('mixcloud-client:run');

/** Loops over a walk. */
export const ITERATE: unique symbol = Symbol.for('mixcloud-client:iterate');

/** Who runs operations in a mode: the client. The result's type is the asking method's to know. */
export interface Runner<M extends Mode> extends Context {
  [RUN]<T>(operation: Operation<unknown>, options: object | undefined): Outcome<M, T>;
  [ITERATE]<T>(walk: Walk, options: object | undefined): T;
}
