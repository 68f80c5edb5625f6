import { MIXCLOUD_ROOT } from '../../shared/base/constants.ts';
import {
  validateAccountOptions,
  validateCloudcast,
  validateFault,
  validateUser,
  validateUsername,
} from './arguments.ts';
import type {
  AccountOptions,
  CloudcastFields,
  EmulatorClientOptions,
  EmulatorOAuthOptions,
  UserFields,
} from './emulator-options.ts';
import type { FaultOptions } from './fault-options.ts';
import type { Account, Added, Started } from './messages.ts';
import type { RequestRecord, UploadRecord, UserState } from './records.ts';

/** How the methods of a handle return. */
export type HandleMode = 'async' | 'sync';

/** Return type of a method whose result is `T`: a promise of it, or `T` itself. */
export type Returned<M extends HandleMode, T> = M extends 'async' ? Promise<T> : T;

/** Calls a method of the emulator's server. */
export type CallMethod<M extends HandleMode> = <V, T>(
  method: string,
  argument: unknown,
  convert: (value: V) => T,
) => Returned<M, T>;

/** Members that both handles have. */
export abstract class EmulatorHandle<M extends HandleMode> {
  /** Where it listens: scheme, host and port, without a slash at the end. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  readonly #call: CallMethod<M>;
  readonly #app: Started['app'];
  readonly #accounts = new Map<string, Account>();

  /** @internal */
  constructor(call: CallMethod<M>, { url, port, accounts, app }: Started) {
    this.url = url;
    this.port = port;
    this.#call = call;
    this.#app = app;
    this.#setAccounts(accounts);
  }

  /**
   * Returns options for `Mixcloud` or `MixcloudSync`: the roots, and with `as` an access token of that user.
   *
   * @throws TypeError - there is no user of that name
   */
  options(options?: AccountOptions): EmulatorClientOptions {
    const as = validateAccountOptions('options', options);
    const roots = {
      apiRoot: this.url,
      mixcloudRoot: MIXCLOUD_ROOT,
      oembedRoot: `${this.url}/oembed/`,
    };
    return as === undefined ? roots : { ...roots, accessToken: this.#account(as).accessToken };
  }

  /**
   * Returns options for `MixcloudOAuth` or `MixcloudOAuthSync`. The user who logs in is the one of `as`, or else
   * `stationowner`, or else the first user of the world. To a program, the authorization page redirects with a code at once; to
   * a browser, it shows two links.
   *
   * @throws TypeError - there is no user of that name
   */
  oauthOptions(options?: AccountOptions): EmulatorOAuthOptions {
    const as = validateAccountOptions('oauthOptions', options);
    const { clientId, clientSecret } = as === undefined ? this.#app : this.#account(as);
    return { oauthRoot: `${this.url}/oauth`, clientId, clientSecret };
  }

  /**
   * Adds a user without any activity, and returns the key.
   *
   * @throws TypeError - the name is taken, or a field is not valid
   */
  addUser(fields: UserFields): Returned<M, string> {
    return this.#call('addUser', validateUser(fields), ({ key, account }: Added) => {
      this.#setAccounts([account]);
      return key;
    });
  }

  /**
   * Adds a cloudcast that was published before, and returns its key.
   *
   * @throws TypeError - there is no such user, or a field is not valid
   */
  addCloudcast(username: string, fields: CloudcastFields): Returned<M, string> {
    const argument = { username: validateUsername(username), fields: validateCloudcast(fields) };
    return this.#call('addCloudcast', argument, (key: string) => key);
  }

  /**
   * Makes matching requests fail. If several faults match, the oldest acts.
   *
   * @example
   * ```ts
   * await emulator.fault({ on: 'POST /upload/', name: 'rate-limit', retryAfter: 2, times: 1 });
   * ```
   *
   * @throws TypeError - the name, a parameter or `on` is not valid
   */
  fault(fault: FaultOptions): Returned<M, void> {
    return this.#call('fault', validateFault(fault), () => undefined);
  }

  /** Returns the requests since the start or the last `reset()`, oldest first, those that met a fault included. */
  requests(): Returned<M, RequestRecord[]> {
    return this.#call('requests', undefined, (records: RequestRecord[]) => records);
  }

  /** Returns the uploads that were accepted, oldest first. */
  uploads(): Returned<M, UploadRecord[]> {
    return this.#call('uploads', undefined, (records: UploadRecord[]) => records);
  }

  /**
   * Returns what a user follows, favorited, reposted, saved for later and uploaded, as keys.
   *
   * @throws TypeError - there is no such user
   */
  state(username: string): Returned<M, UserState> {
    return this.#call('state', validateUsername(username), (state: UserState) => state);
  }

  /**
   * Ends the access tokens of a user, as if they had taken the permission back. From then on, `options({ as })` returns the
   * token of a new login.
   *
   * @throws TypeError - there is no such user
   */
  revoke(username: string): Returned<M, void> {
    return this.#call('revoke', validateUsername(username), (account: Account) => this.#setAccounts([account]));
  }

  /** Restores the world as it began, without faults and requests. Users that were added are gone. */
  reset(): Returned<M, void> {
    return this.#call('reset', undefined, (accounts: readonly Account[]) => {
      this.#accounts.clear();
      this.#setAccounts(accounts);
    });
  }

  /** Stops the emulator and frees its port. Calling it again does nothing. */
  abstract stop(): Returned<M, void>;

  #account(username: string): Account {
    const account = this.#accounts.get(username.toLowerCase());
    if (!account) throw new TypeError(`as: there is no user ${JSON.stringify(username)}`);
    return account;
  }

  #setAccounts(accounts: readonly Account[]): void {
    for (const account of accounts) this.#accounts.set(account.username.toLowerCase(), account);
  }
}
