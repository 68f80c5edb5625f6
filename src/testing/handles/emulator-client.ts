import { MIXCLOUD_ROOT } from '../../shared/base/constants.ts';
import {
  validateAccountOptions,
  validateCloudcast,
  validateFault,
  validateUser,
  validateUsername,
} from './arguments.ts';
import type { Emulator, EmulatorHandle, EmulatorSync, HandleMode, ReturnedBy } from './emulator.ts';
import type {
  AccountOptions,
  CloudcastFields,
  EmulatorClientOptions,
  EmulatorOAuthOptions,
  UserFields,
} from './emulator-options.ts';
import type { EmulatorThread } from './emulator-thread.ts';
import type { FaultOptions } from './fault-options.ts';
import type { Account, Added, Started } from './messages.ts';
import type { RequestRecord, UploadRecord, UserState } from './records.ts';

/** Calls a method of the emulator's server. */
type CallMethod<M extends HandleMode> = <V, T>(
  method: string,
  // Called by the mode, so that a check that throws rejects where methods return promises.
  getArgument: () => unknown,
  convert: (value: V) => T,
) => ReturnedBy<M, T>;

/** A handle, apart from how it waits. */
abstract class EmulatorClient<M extends HandleMode> implements EmulatorHandle<M> {
  readonly url: string;
  readonly port: number;
  readonly #call: CallMethod<M>;
  readonly #app: Started['app'];
  readonly #accounts = new Map<string, Account>();

  constructor(call: CallMethod<M>, { url, port, accounts, app }: Started) {
    this.url = url;
    this.port = port;
    this.#call = call;
    this.#app = app;
    this.#setAccounts(accounts);
  }

  options(options?: AccountOptions): EmulatorClientOptions {
    const as = validateAccountOptions('options', options);
    const roots = {
      apiRoot: this.url,
      mixcloudRoot: MIXCLOUD_ROOT,
      oembedRoot: `${this.url}/oembed/`,
    };
    return as === undefined ? roots : { ...roots, accessToken: this.#account(as).accessToken };
  }

  oauthOptions(options?: AccountOptions): EmulatorOAuthOptions {
    const as = validateAccountOptions('oauthOptions', options);
    const { clientId, clientSecret } = as === undefined ? this.#app : this.#account(as);
    return { oauthRoot: `${this.url}/oauth`, clientId, clientSecret };
  }

  addUser(fields: UserFields): ReturnedBy<M, string> {
    return this.#call(
      'addUser',
      () => validateUser(fields),
      ({ key, account }: Added) => {
        this.#setAccounts([account]);
        return key;
      },
    );
  }

  addCloudcast(username: string, fields: CloudcastFields): ReturnedBy<M, string> {
    const getArgument = () => ({ username: validateUsername(username), fields: validateCloudcast(fields) });
    return this.#call('addCloudcast', getArgument, (key: string) => key);
  }

  fault(fault: FaultOptions): ReturnedBy<M, void> {
    return this.#call(
      'fault',
      () => validateFault(fault),
      () => undefined,
    );
  }

  requests(): ReturnedBy<M, RequestRecord[]> {
    return this.#call(
      'requests',
      () => undefined,
      (records: RequestRecord[]) => records,
    );
  }

  uploads(): ReturnedBy<M, UploadRecord[]> {
    return this.#call(
      'uploads',
      () => undefined,
      (records: UploadRecord[]) => records,
    );
  }

  state(username: string): ReturnedBy<M, UserState> {
    return this.#call(
      'state',
      () => validateUsername(username),
      (state: UserState) => state,
    );
  }

  revoke(username: string): ReturnedBy<M, void> {
    return this.#call(
      'revoke',
      () => validateUsername(username),
      (account: Account) => this.#setAccounts([account]),
    );
  }

  reset(): ReturnedBy<M, void> {
    return this.#call(
      'reset',
      () => undefined,
      (accounts: readonly Account[]) => {
        this.#accounts.clear();
        this.#setAccounts(accounts);
      },
    );
  }

  abstract stop(): ReturnedBy<M, void>;

  #account(username: string): Account {
    const account = this.#accounts.get(username.toLowerCase());
    if (!account) throw new TypeError(`as: there is no user ${JSON.stringify(username)}`);
    return account;
  }

  #setAccounts(accounts: readonly Account[]): void {
    for (const account of accounts) this.#accounts.set(account.username.toLowerCase(), account);
  }
}

/** A handle whose methods return promises. */
export class AsyncEmulator extends EmulatorClient<'async'> implements Emulator {
  readonly #thread: EmulatorThread;
  readonly #server: number;
  #stopped: Promise<void> | undefined;

  constructor(thread: EmulatorThread, started: Started) {
    super(async (method, getArgument, convert) => {
      return convert((await thread.call(method, getArgument(), started.server)) as never);
    }, started);
    this.#thread = thread;
    this.#server = started.server;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    // If the thread has failed, there is nothing left to stop.
    await this.#thread.call('stop', undefined, this.#server).catch(() => undefined);
    await this.#thread.end();
  }
}

/** A handle whose methods block. */
export class BlockingEmulator extends EmulatorClient<'sync'> implements EmulatorSync {
  readonly #thread: EmulatorThread;
  readonly #server: number;
  #stopped = false;

  constructor(thread: EmulatorThread, started: Started) {
    super(
      (method, getArgument, convert) => convert(thread.callBlocking(method, getArgument(), started.server) as never),
      started,
    );
    this.#thread = thread;
    this.#server = started.server;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    try {
      this.#thread.callBlocking('stop', undefined, this.#server);
    } catch {
      // The thread has failed, so there is nothing left to stop.
    }
    void this.#thread.end();
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}
