import type {
  AccountOptions,
  CloudcastFields,
  EmulatorClientOptions,
  EmulatorOAuthOptions,
  UserFields,
} from './emulator-options.ts';
import type { FaultOptions } from './fault-options.ts';
import type { RequestRecord, UploadRecord, UserState } from './records.ts';

/** How the methods of a handle return. */
export type HandleMode = 'async' | 'sync';

/** Return type of a method whose result is `T`: a promise of it, or `T` itself. */
export type ReturnedBy<M extends HandleMode, T> = M extends 'async' ? Promise<T> : T;

/** Members that both handles have. */
export interface EmulatorHandle<M extends HandleMode> {
  /** Where it listens: scheme, host and port, without a slash at the end. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /**
   * Returns options for `Mixcloud` or `MixcloudSync`: the roots, and with `as` an access token of that user.
   *
   * @throws TypeError - there is no user of that name
   */
  options(options?: AccountOptions): EmulatorClientOptions;
  /**
   * Returns options for `MixcloudOAuth` or `MixcloudOAuthSync`. The user who logs in is the one of `as`, or else
   * `stationowner`, or else the first user of the world. To a program, the authorization page redirects with a code at once; to
   * a browser, it shows two links.
   *
   * @throws TypeError - there is no user of that name
   */
  oauthOptions(options?: AccountOptions): EmulatorOAuthOptions;
  /**
   * Adds a user without any activity, and returns the key.
   *
   * @throws TypeError - the name is taken, or a field is not valid
   */
  addUser(fields: UserFields): ReturnedBy<M, string>;
  /**
   * Adds a cloudcast that was published before, and returns its key.
   *
   * @throws TypeError - there is no such user, or a field is not valid
   */
  addCloudcast(username: string, fields: CloudcastFields): ReturnedBy<M, string>;
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
  fault(fault: FaultOptions): ReturnedBy<M, void>;
  /** Returns the requests since the start or the last `reset()`, oldest first, those that met a fault included. */
  requests(): ReturnedBy<M, RequestRecord[]>;
  /** Returns the uploads that were accepted, oldest first. */
  uploads(): ReturnedBy<M, UploadRecord[]>;
  /**
   * Returns what a user follows, favorited, reposted, saved for later and uploaded, as keys.
   *
   * @throws TypeError - there is no such user
   */
  state(username: string): ReturnedBy<M, UserState>;
  /**
   * Ends the access tokens of a user, as if they had taken the permission back. From then on, `options({ as })` returns the
   * token of a new login.
   *
   * @throws TypeError - there is no such user
   */
  revoke(username: string): ReturnedBy<M, void>;
  /** Restores the world as it began, without faults and requests. Users that were added are gone. */
  reset(): ReturnedBy<M, void>;
  /** Stops the emulator and frees its port. Calling it again does nothing. */
  stop(): ReturnedBy<M, void>;
}

/** An emulator that {@link startEmulator} started. Its methods return promises, except `options` and `oauthOptions`. */
export interface Emulator extends EmulatorHandle<'async'> {
  /** Stops the emulator: `await using emulator = await startEmulator()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** An emulator that {@link startEmulatorSync} started. Its methods block. */
export interface EmulatorSync extends EmulatorHandle<'sync'> {
  /** Stops the emulator: `using emulator = startEmulatorSync()`. */
  [Symbol.dispose](): void;
}
