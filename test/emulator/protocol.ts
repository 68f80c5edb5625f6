/** What crosses between the emulator's process and those who call it: plain data only. */
export interface RateLimit {
  /** Requests answered before the limit is hit. */
  readonly after: number;
  /** Seconds until requests are answered again; may be a fraction. */
  readonly retryAfter: number;
}

export interface WorldOptions {
  /** Root of pages in `url` fields and of what oEmbed resolves; `/www` means the world's own origin. @default https://www.mixcloud.com */
  readonly mixcloudRoot?: string;
  /** Whether bodies are compressed when the client allows it. @default true */
  readonly compression?: boolean;
  /** Wait before every answer. @default 0 */
  readonly delayMs?: number;
  readonly rateLimit?: RateLimit | null;
  /** What the token exchange answers with. @default 'json' */
  readonly oauthFormat?: 'json' | 'form';
  /** Status of a failed token exchange. @default 400 */
  readonly oauthFailureStatus?: number;
  /** Whether requests are logged; a benchmark may want them not to be. @default true */
  readonly log?: boolean;
  /** Whether uploaded files are hashed, the costliest part of taking in gigabytes. @default true */
  readonly hashFiles?: boolean;
  /** Milliseconds after which an idle kept-alive connection is closed. @default 60000 */
  readonly keepAliveMs?: number;
  /** Serve https; the certificate is self-signed, for `wrong.example` or for `localhost` and 127.0.0.1. Fixed at creation. */
  readonly tls?: 'wrong-name' | 'localhost';
}

export interface FaultSpec {
  /** One of the names in the table of `faults/index.ts`. */
  readonly name: string;
  readonly param?: string | number;
  /** How many requests suffer it. @default no end */
  readonly times?: number;
  /** Which requests suffer it; `path` is the source of a regular expression for path and query. @default all */
  readonly match?: { readonly method?: string; readonly path?: string };
}

export interface FileFacts {
  readonly name: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  /** Of all its bytes, in hex; of those that came, if the body was cut. Empty when hashing is off. */
  readonly sha256: string;
}

export interface FieldFacts {
  readonly name: string;
  readonly value: string;
}

export interface BodyFacts {
  readonly bytes: number;
  /** Of a body that is not multipart: its text, up to 64 KiB. */
  readonly text?: string;
  readonly fields: readonly FieldFacts[];
  readonly files: readonly FileFacts[];
  /** Why the body could not be read as multipart. */
  readonly problem?: string;
}

export interface RequestLogEntry {
  readonly id: number;
  /** Milliseconds since the world began. */
  readonly at: number;
  /** Number of the connection it came by: equal numbers show that a connection was used again. */
  readonly connection: number;
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: BodyFacts;
  /** Whether the whole body arrived. */
  readonly completed: boolean;
  /** Whether the connection closed before the body or the answer was whole. */
  readonly aborted: boolean;
  /** Status of the answer; `null` while there is none, and when a fault kept it back. */
  readonly status: number | null;
}

export interface ConnectionCounts {
  readonly open: number;
  readonly maxOpen: number;
  readonly total: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
}

export interface StoredUpload {
  readonly key: string;
  readonly fields: readonly FieldFacts[];
  readonly files: readonly FileFacts[];
  /** Later edits, oldest first. */
  readonly edits: readonly { readonly fields: readonly FieldFacts[]; readonly files: readonly FileFacts[] }[];
}

/** One user's state; keys of users and cloudcasts, newest first. */
export interface UserState {
  readonly username: string;
  readonly following: readonly string[];
  readonly followers: readonly string[];
  readonly favorites: readonly string[];
  readonly reposts: readonly string[];
  readonly listenLater: readonly string[];
  readonly cloudcasts: readonly string[];
}

/** What an uploaded or edited cloudcast holds that its JSON does not show. */
export interface CloudcastState {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly sections: readonly Readonly<Record<string, string>>[];
  readonly hosts: readonly string[];
  readonly unlisted: boolean;
  readonly hiddenStats: boolean;
  readonly disabledComments: boolean;
  readonly publishDate: string | null;
}

export interface ProxyOptions {
  /** `forward` does its work, `refuse` answers 502, `hang` never answers. @default 'forward' */
  readonly mode?: 'forward' | 'refuse' | 'hang';
}

export interface ProxyLogEntry {
  /** `CONNECT` and a target `host:port`, or another method and an absolute URL. */
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

export interface Started {
  readonly id: number;
  readonly origin: string;
}

/** A call to the control server and what it gives. */
export interface ControlCall {
  readonly target: 'emulator' | 'world' | 'proxy';
  readonly id?: number;
  readonly method: string;
  readonly argument?: unknown;
}

export type ControlAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };
