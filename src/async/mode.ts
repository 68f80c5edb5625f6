import type { Mode } from '../shared/operations/mode.ts';
import type { Resource } from './resource.ts';
import type { ResourceList } from './resource-list.ts';

/** Options that every method of the asynchronous client takes. */
export interface AsyncCallOptions {
  /** Aborts the call; its promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Time-out of this call in milliseconds, in place of the client's. */
  readonly timeout?: number | undefined;
}

/** Names of the options of {@link AsyncCallOptions}. */
export const ASYNC_CALL_OPTIONS = ['signal', 'timeout'] as const;

/** The asynchronous mode: methods return promises. */
export interface AsyncMode extends Mode {
  readonly returned: Promise<this['value']>;
  readonly resource: Resource<this['value']>;
  readonly list: ResourceList<this['value']>;
  readonly iterable: AsyncIterableIterator<this['value']>;
  readonly call: AsyncCallOptions;
}
