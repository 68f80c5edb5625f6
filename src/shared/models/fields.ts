/** Types of the fields of models. */
import type { DateTime } from 'luxon';
import type { Pagination } from '../input/pagination.ts';
import type { CallOptions, DictOf, ListOf, Mode, ResourceOf, Returned } from '../operations/mode.ts';
import type { AccessDict } from './access-dict.ts';
import type { AccessList } from './access-list.ts';
import type { CONNECTIONS, Entity } from './entities.ts';

/** Fields that no type knows are `any`, because the API may add fields at any time. */
export interface UnknownFields {
  // biome-ignore lint/suspicious/noExplicitAny: unknown fields of the API have any type
  readonly [field: string]: any;
}

/** A read-only array inside an object. Its items can also be read by their keys. */
export type ListView<I> = readonly I[] & Omit<AccessList<I>, keyof unknown[] | number> & UnknownFields;

/** Type of a field that is read through a model. */
export type Read<M extends Mode, V> = V extends DateTime
  ? V
  : V extends readonly (infer I)[]
    ? ListView<Read<M, I>>
    : V extends Entity
      ? ResourceOf<M, V>
      : V extends object
        ? DictOf<M, V>
        : V;

/** The fields `F` of a model, and any other field, except `Taken`: the names of the model's members. */
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
