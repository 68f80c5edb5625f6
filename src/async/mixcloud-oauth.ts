import { throwTypeError } from '../shared/base/argument.ts';
import { brand } from '../shared/base/brand.ts';
import { OAuth, type OAuthOptions } from '../shared/client/oauth.ts';
import { CALL_OPTIONS, type CallOptionTable, type ClientContext } from '../shared/operations/client-context.ts';
import { RUN } from '../shared/operations/mode.ts';
import type { Operation } from '../shared/protocol/operation.ts';
import { Mixcloud } from './mixcloud.ts';
import { ASYNC_CALL_OPTIONS, type AsyncMode } from './mode.ts';

/** Options of a {@link MixcloudOAuth}. */
export interface MixcloudOAuthOptions extends OAuthOptions {
  /**
   * A client whose connections are used.
   *
   * @defaultValue a pool for each exchange, closed afterwards
   */
  readonly mixcloud?: Mixcloud | null | undefined;
}

/**
 * Obtains access tokens: builds the URL that a user opens, and exchanges the code that the user returns with.
 *
 * @example
 * ```ts
 * const oauth = new MixcloudOAuth({ clientId, clientSecret, redirectUri: 'https://example.com/store-code' });
 * oauth.authorizationUrl; // the user opens this URL
 * const accessToken = await oauth.accessToken(code);
 * const mixcloud = new Mixcloud({ accessToken });
 * ```
 */
export class MixcloudOAuth extends OAuth<AsyncMode, Mixcloud> {
  /** @internal */
  protected readonly [CALL_OPTIONS]: CallOptionTable = ASYNC_CALL_OPTIONS;
  /** @internal */
  protected readonly printLine = (line: string): void => void process.stderr.write(`${line}\n`);

  constructor(options: MixcloudOAuthOptions = {}) {
    super('MixcloudOAuth', options);
    this.mixcloud = options.mixcloud ?? null;
  }

  /** @internal */
  protected async runOn<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): Promise<T> {
    if (this.mixcloud) return this.mixcloud[RUN](operation, ...args);
    const own = new Mixcloud();
    try {
      return await own[RUN](operation, ...args);
    } finally {
      await own.close();
    }
  }

  /** @internal */
  protected validateClient(value: unknown): Mixcloud {
    return value instanceof Mixcloud ? value : throwTypeError('mixcloud', value, 'a Mixcloud');
  }
}

brand(MixcloudOAuth, 'MixcloudOAuth');
