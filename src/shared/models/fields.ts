/** How the fields of an object read through a model, as types. */
import type { DateTime } from 'luxon';
import type { Pagination } from '../input/pagination.ts';
import type { CallOptions, DictOf, ListOf, Mode, ResourceOf, Returned } from '../operations/mode.ts';
import type { AccessDict } from './access-dict.ts';
import type { AccessList } from './access-list.ts';
import type { CONNECTIONS, Entity } from './entities.ts';

/** A field that no type knows reads as `any`: the API's structure is not this package's to fix. */
export interface UnknownFields {
  // biome-ignore lint/suspicious/noExplicitAny: this is the exception that the package is built around
  readonly [field: string]: any;
}

/** An array inside an object: its items can be read, also by their keys, and not changed. */
export type ListView<I> = readonly I[] & Omit<AccessList<I>, keyof unknown[] | number> & UnknownFields;

/** What a value of a field reads as. */
export type Read<M extends Mode, V> = V extends DateTime
  ? V
  : V extends readonly (infer I)[]
    ? ListView<Read<M, I>>
    : V extends Entity
      ? ResourceOf<M, V>
      : V extends object
        ? DictOf<M, V>
        : V;

/** The fields `F`, as they read, and any other; less those whose names `Taken` are members of the model. */
export type Fields<M extends Mode, F, Taken = never> = {
  readonly [K in keyof F as K extends Taken | keyof ConnectionsOf<F> | typeof CONNECTIONS ? never : K]: Read<M, F[K]>;
} & UnknownFields;

/** A JSON object with the fields `F`. */
export type Dict<M extends Mode, F> = AccessDict & Fields<M, F, keyof AccessDict>;

type ConnectionsOf<F> = F extends { readonly [CONNECTIONS]?: infer C } ? NonNullable<C> : unknown;

/** One method per connection. */
export type ConnectionMethods<M extends Mode, F> = {
  readonly [K in keyof ConnectionsOf<F>]: (
    page?: Pagination & CallOptions<M>,
  ) => Returned<M, ListOf<M, ConnectionsOf<F>[K]>>;
};
