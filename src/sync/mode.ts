import type { Mode } from '../shared/operations/mode.ts';
import type { ResourceListSync } from './resource-list-sync.ts';
import type { ResourceSync } from './resource-sync.ts';

/** Options that every method of the blocking client takes. */
export interface SyncCallOptions {
  /** Time-out of this call in milliseconds, in place of the client's. */
  readonly timeout?: number | undefined;
}

/** Names of the options of {@link SyncCallOptions}. */
export const SYNC_CALL_OPTIONS = ['timeout'] as const;

/** The blocking mode: methods return what they come to. */
export interface SyncMode extends Mode {
  readonly returned: this['value'];
  readonly resource: ResourceSync<this['value']>;
  readonly list: ResourceListSync<this['value']>;
  readonly iterable: IterableIterator<this['value']>;
  readonly call: SyncCallOptions;
}
