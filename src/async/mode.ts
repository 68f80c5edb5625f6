import { validateMilliseconds } from '../shared/base/argument.ts';
import type { Signal } from '../shared/base/globals.ts';
import type { OptionTable } from '../shared/base/options.ts';
import type { PlainResource, ResourceView } from '../shared/models/resource.ts';
import type { ListView } from '../shared/models/resource-list.ts';
import type { Mode, ResourceOf, ResultOf } from '../shared/operations/mode.ts';
import { validateSignal } from './drive.ts';
import type { Mixcloud, MixcloudOf, MixcloudOptions } from './mixcloud.ts';
import type { Resource, ResourceClass } from './resource.ts';
import type { ResourceList, ResourceListClass } from './resource-list.ts';

/** Options that every method of the asynchronous client accepts. */
export interface AsyncCallOptions {
  /** Aborts the call. The promise is then rejected with the signal's reason. */
  readonly signal?: Signal | null | undefined;
  /** Timeout of this call in milliseconds, instead of the client's. */
  readonly timeout?: number | null | undefined;
}

/** @internal */
export const ASYNC_CALL_OPTIONS = {
  signal: validateSignal,
  timeout: validateMilliseconds,
} satisfies OptionTable<AsyncCallOptions>;

/** The asynchronous mode: methods return promises. */
export interface AsyncMode extends Mode {
  readonly returned: Promise<ResultOf<this['value']>>;
  readonly resource: Resource<this['value']>;
  readonly plain: PlainResource<AsyncMode, this['value']>;
  readonly list: ResourceList<this['value']>;
  readonly iterable: AsyncIterableIterator<Resource<this['value']>>;
  readonly call: AsyncCallOptions;
  readonly client: Mixcloud;
  readonly options: MixcloudOptions;
  readonly resourceClass: ResourceClass;
  readonly resourceListClass: ResourceListClass;
}

/** The asynchronous mode of a client with classes of its own: resources are also `R`, and lists are also `L`. */
export interface AsyncModeOf<R, L> extends Mode {
  readonly returned: Promise<ResultOf<this['value']>>;
  readonly resource: ResourceView<AsyncModeOf<R, L>, this['value'], R>;
  readonly plain: PlainResource<AsyncModeOf<R, L>, this['value'], R>;
  readonly list: ListView<AsyncModeOf<R, L>, this['value']> & L;
  readonly iterable: AsyncIterableIterator<ResourceOf<AsyncModeOf<R, L>, this['value']>>;
  readonly call: AsyncCallOptions;
  readonly client: MixcloudOf<R, L>;
  readonly options: MixcloudOptions;
  readonly resourceClass: ResourceClass;
  readonly resourceListClass: ResourceListClass;
}
