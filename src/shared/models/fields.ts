/** Types of the fields of models. */
import type { DateTime } from 'luxon';
import type { Mode, ResourceOf } from '../operations/mode.ts';
import type { AccessDict, UnknownFields } from './access-dict.ts';
import type { AccessList } from './access-list.ts';
import type { CloudcastConnections, TagConnections, UserConnections } from './connections.ts';
import type { Entity, FULL, KIND } from './entities.ts';
import type { CloudcastActions, UserActions } from './targeted-methods.ts';

/** Type of a field that is read through a model. */
type Read<M extends Mode, V> = V extends DateTime
  ? V
  : V extends readonly (infer I)[]
    ? AccessList<Read<M, I>>
    : V extends Entity
      ? ResourceOf<M, V>
      : V extends object
        ? Dict<M, V>
        : V;

/** The fields `F` of a model, and any other field, except `Taken`: the names of the model's members. */
export type Fields<M extends Mode, F, Taken = never> = {
  readonly [K in keyof F as K extends Taken | symbol ? never : K]: Read<M, F[K]>;
} & UnknownFields;

/** A JSON object with the fields `F`. */
export type Dict<M extends Mode, F> = AccessDict & Fields<M, F, keyof AccessDict>;

type KindOf<F> = F extends { readonly [KIND]?: infer K } ? NonNullable<K> : unknown;
type ByKind<T, F> = KindOf<F> extends keyof T ? T[KindOf<F>] : unknown;

interface Connections<M extends Mode> {
  user: UserConnections<M>;
  cloudcast: CloudcastConnections<M>;
  tag: TagConnections<M>;
}

interface Actions<M extends Mode> {
  user: UserActions<M>;
  cloudcast: CloudcastActions<M>;
}

/** The connections of a resource with the fields `F`. A resource of an unknown kind declares none. */
export type ConnectionsOf<M extends Mode, F> = ByKind<Connections<M>, F>;

/** The actions of a resource with the fields `F`. A resource of an unknown kind declares none. */
export type ActionsOf<M extends Mode, F> = ByKind<Actions<M>, F>;

type FullUser<F> = F extends { readonly [FULL]?: infer U } ? U : unknown;

/** The fields of a resource once it is loaded. */
export type FullFields<F> = FullUser<F> extends Entity ? FullUser<F> : F;
