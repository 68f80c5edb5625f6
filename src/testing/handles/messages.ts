/** What crosses between a handle and the emulator's thread: plain data only. */
import type { MessagePort } from 'node:worker_threads';

/** How one user logs in. */
export interface Account {
  readonly username: string;
  readonly accessToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A server that has started. */
export interface Started {
  /** Number of the server in its thread. */
  readonly server: number;
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  /** The app that `oauthOptions()` returns. */
  readonly app: { readonly clientId: string; readonly clientSecret: string };
}

/** What the thread is given when it starts. */
export interface ThreadData {
  readonly port: MessagePort;
  /** At 0 a number that changes after each reply, so that a blocked thread wakes; at 1 whether the thread has ended. */
  readonly signal: Int32Array;
}

/** A user that was added. */
export interface Added {
  readonly key: string;
  readonly account: Account;
}

/** {@link UserFields}, checked. */
export interface UserInput {
  readonly username: string;
  readonly name?: string;
  readonly biog?: string;
  readonly city?: string;
  readonly country?: string;
  readonly isPro?: boolean;
  readonly isPremium?: boolean;
  readonly accessToken?: string;
}

/** {@link CloudcastFields}, checked. */
export interface CloudcastInput {
  readonly name: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** UNIX seconds. */
  readonly createdTime?: number;
  readonly playCount?: number;
  readonly listenerCount?: number;
  readonly audioLength?: number;
  readonly hosts?: readonly string[];
  readonly hideStats?: boolean;
  readonly isExclusive?: boolean;
  readonly unlisted?: boolean;
}

/** A call of a method. `server` is absent for methods of the thread itself. */
export interface ThreadCall {
  readonly id: number;
  readonly server?: number;
  readonly method: string;
  readonly argument?: unknown;
}

export type ThreadReply =
  | { readonly id: number; readonly type: 'result'; readonly value: unknown }
  | {
      readonly id: number;
      readonly type: 'error';
      readonly name: string;
      readonly message: string;
      readonly code?: string;
    };
