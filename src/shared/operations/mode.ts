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
  readonly outcome: unknown;
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
export type Outcome<M extends Mode, T> = (M & { readonly value: T })['outcome'];

/** A resource with the fields `F`. */
export type ResourceOf<M extends Mode, F> = (M & { readonly value: F })['resource'];

/** A list of resources with the fields `F`. */
export type ListOf<M extends Mode, F> = (M & { readonly value: F })['list'];

/** What can be looped over, giving resources with the fields `F`. */
export type IterableOf<M extends Mode, F> = (M & { readonly value: ResourceOf<M, F> })['iterable'];

/** Options that every method takes in the mode. */
export type CallOptions<M extends Mode> = M['call'];
