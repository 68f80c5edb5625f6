import { validateMilliseconds } from '../shared/base/argument.ts';
import type { OptionTable } from '../shared/base/options.ts';
import type { Dict } from '../shared/models/fields.ts';
import type { Mode } from '../shared/operations/mode.ts';
import { validateSignal } from './drive.ts';
import type { Mixcloud, MixcloudOptions } from './mixcloud.ts';
import type { Resource, ResourceClass } from './resource.ts';
import type { ResourceList, ResourceListClass } from './resource-list.ts';

/** Options that every method of the asynchronous client accepts. */
export interface AsyncCallOptions {
  /** Aborts the call. The promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
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
  readonly returned: Promise<this['value']>;
  readonly dict: Dict<AsyncMode, this['value']>;
  readonly resource: Resource<this['value']>;
  readonly list: ResourceList<this['value']>;
  readonly iterable: AsyncIterableIterator<this['value']>;
  readonly call: AsyncCallOptions;
  readonly client: Mixcloud;
  readonly options: MixcloudOptions;
  readonly resourceClass: ResourceClass;
  readonly resourceListClass: ResourceListClass;
}
