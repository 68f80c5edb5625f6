import { refuse } from '../shared/base/argument.ts';
import { brand } from '../shared/base/brand.ts';
import { OAuthBase, type OAuthSettings } from '../shared/client/oauth.ts';
import { RUN } from '../shared/operations/runner.ts';
import type { Operation } from '../shared/protocol/operation.ts';
import { MixcloudSync } from './mixcloud-sync.ts';
import { SYNC_CALL_OPTIONS, type SyncMode } from './mode.ts';

/** Options of a {@link MixcloudOAuthSync}. */
export interface MixcloudOAuthSyncOptions extends OAuthSettings {
  /**
   * A client whose pool to use.
   *
   * @defaultValue a pool of its own for each exchange, closed after
   */
  readonly mixcloud?: MixcloudSync | null | undefined;
}

/** Gets access tokens, blocking: the twin of `MixcloudOAuth`. */
export class MixcloudOAuthSync extends OAuthBase<SyncMode, MixcloudSync> {
  protected readonly callOptions: readonly string[] = SYNC_CALL_OPTIONS;

  constructor(options: MixcloudOAuthSyncOptions = {}) {
    super('MixcloudOAuthSync', options);
    this.mixcloud = options.mixcloud ?? null;
  }

  protected exchange(operation: Operation<string | null>, given: object | undefined): string | null {
    if (this.mixcloud) return this.mixcloud[RUN](operation, given);
    const own = new MixcloudSync();
    try {
      return own[RUN](operation, given);
    } finally {
      own.close();
    }
  }

  protected readClient(value: unknown): MixcloudSync {
    return value instanceof MixcloudSync ? value : refuse('mixcloud', value, 'a MixcloudSync');
  }
}

brand(MixcloudOAuthSync, 'MixcloudOAuthSync');
