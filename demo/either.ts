import type { Mixcloud, Resource, ResourceList } from 'mixcloud-client';
import type { MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';

/** A client of either form: what is told of it is the same. */
export type EitherClient = Mixcloud | MixcloudSync;

/** A resource of either form. */
export type EitherResource<F> = Resource<F> | ResourceSync<F>;

/** A list of either form. */
export type EitherList<F> = ResourceList<F> | ResourceListSync<F>;
