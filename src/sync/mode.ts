import { validateMilliseconds } from '../shared/base/argument.ts';
import type { OptionTable } from '../shared/base/options.ts';
import type { Dict } from '../shared/models/fields.ts';
import type { Mode } from '../shared/operations/mode.ts';
import type { ResourceListSync } from './resource-list-sync.ts';
import type { ResourceSync } from './resource-sync.ts';

/** Options that every method of the blocking client accepts. */
export interface SyncCallOptions {
  /** Timeout of this call in milliseconds, instead of the client's. */
  readonly timeout?: number | undefined;
}

/** @internal */
export const SYNC_CALL_OPTIONS = { timeout: validateMilliseconds } satisfies OptionTable<SyncCallOptions>;

/** The blocking mode: methods return their results. */
export interface SyncMode extends Mode {
  readonly returned: this['value'];
  readonly dict: Dict<SyncMode, this['value']>;
  readonly resource: ResourceSync<this['value']>;
  readonly list: ResourceListSync<this['value']>;
  readonly iterable: IterableIterator<this['value']>;
  readonly call: SyncCallOptions;
}
