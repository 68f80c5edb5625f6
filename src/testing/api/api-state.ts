import { Accounts } from '../world/accounts.ts';
import { Store, type StoreOptions } from '../world/store.ts';
import { Uploads } from '../world/uploads.ts';

/** Options that only the project's own tests need; the declarations of the package leave them out. */
export interface InternalOptions {
  /** Root of pages in `url` fields and of what oEmbed resolves. `/www` means the server's own origin. */
  readonly mixcloudRoot?: string;
  /** Whether bodies are compressed if the client allows it. @default true */
  readonly compression?: boolean;
  /** Milliseconds to wait before every response. @default 0 */
  readonly delayMs?: number;
  readonly rateLimit?: RateLimit | null;
  /** Form of the response of the code exchange. @default 'json' */
  readonly oauthFormat?: 'json' | 'form';
  /** Status of a failed code exchange. @default 400 */
  readonly oauthFailureStatus?: number;
  /** Whether requests are logged. @default true */
  readonly log?: boolean;
  /** Whether uploaded files are hashed, which is most of the work of receiving gigabytes. @default true */
  readonly hashFiles?: boolean;
  /** Milliseconds after which an idle kept-alive connection is closed. @default 60000 */
  readonly keepAliveMs?: number;
}

export interface RateLimit {
  /** Requests that are answered before the limit is hit. */
  readonly after: number;
  /** Seconds until requests are answered again. May be a fraction. */
  readonly retryAfter: number;
}

/** All that requests change, and the options that they read. */
export interface ApiState {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly uploads: Uploads;
  readonly options: InternalOptions;
  readonly pageRoot: string;
}

/** A world as it begins. */
export function createWorld(options: StoreOptions): Pick<ApiState, 'store' | 'accounts' | 'uploads'> {
  const store = new Store(options);
  const accounts = new Accounts();
  for (const user of store.users) accounts.register(user);
  return { store, accounts, uploads: new Uploads() };
}
