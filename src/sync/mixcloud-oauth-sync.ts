import { throwTypeError } from '../shared/base/argument.ts';
import { brand } from '../shared/base/brand.ts';
import { getBuiltin } from '../shared/base/builtin.ts';
import { OAuth, type OAuthOptions } from '../shared/client/oauth.ts';
import { CALL_OPTIONS, type CallOptionTable, type ClientContext } from '../shared/operations/client-context.ts';
import { RUN } from '../shared/operations/mode.ts';
import type { Operation } from '../shared/protocol/operation.ts';
import { MixcloudSync } from './mixcloud-sync.ts';
import { SYNC_CALL_OPTIONS, type SyncMode } from './mode.ts';

const STDERR = 2;

/** Options of a {@link MixcloudOAuthSync}. */
export interface MixcloudOAuthSyncOptions extends OAuthOptions {
  /**
   * A client whose connections are used.
   *
   * @defaultValue a pool for each exchange, closed afterwards
   */
  readonly mixcloud?: MixcloudSync | null | undefined;
}

/** Obtains access tokens. The blocking twin of `MixcloudOAuth`. */
export class MixcloudOAuthSync extends OAuth<SyncMode, MixcloudSync> {
  /** @internal */
  protected readonly [CALL_OPTIONS]: CallOptionTable = SYNC_CALL_OPTIONS;
  /** @internal */
  // `process.stderr` may write when the event loop turns, which is after the login.
  protected readonly printLine = (line: string): void => void getBuiltin('node:fs').writeSync(STDERR, `${line}\n`);

  constructor(options: MixcloudOAuthSyncOptions = {}) {
    super('MixcloudOAuthSync', options);
    this.mixcloud = options.mixcloud ?? null;
  }

  /** @internal */
  protected runOn<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): T {
    if (this.mixcloud) return this.mixcloud[RUN](operation, ...args);
    const own = new MixcloudSync();
    try {
      return own[RUN](operation, ...args);
    } finally {
      own.close();
    }
  }

  /** @internal */
  protected validateClient(value: unknown): MixcloudSync {
    return value instanceof MixcloudSync ? value : throwTypeError('mixcloud', value, 'a MixcloudSync');
  }
}

brand(MixcloudOAuthSync, 'MixcloudOAuthSync');
