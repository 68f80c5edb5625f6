/** What crosses between the process of the tests' emulator and those who call it: plain data only. */
import type { InternalOptions } from '../../src/testing/api/api-state.ts';
import type { FileRecord } from '../../src/testing/handles/records.ts';
import type { BodyRecord } from '../../src/testing/server/body.ts';
import type { LogEntry } from '../../src/testing/server/request-log.ts';

export type { RateLimit } from '../../src/testing/api/api-state.ts';
export type { CloudcastRecord } from '../../src/testing/control/records.ts';
export type { UserState } from '../../src/testing/handles/records.ts';
export type { ConnectionCounts } from '../../src/testing/server/connections.ts';

/** Options of a world that only these tests need. */
export interface WorldOptions extends InternalOptions {
  /** Serves https; the certificate is self-signed, for `wrong.example` or for `localhost` and 127.0.0.1. Fixed at creation. */
  readonly tls?: 'wrong-name' | 'localhost';
}

/** A fault, with one text or number for its first parameter. Unlike the package's, any fault, told by any part of a query. */
export interface FaultSpec {
  /** One of the names in the tables of `src/testing/faults`. */
  readonly name: string;
  readonly param?: string | number;
  /** How many requests meet it. @default no end */
  readonly times?: number;
  /** `'METHOD /path/'` or `'/path/'`, with `*` for any characters. @default all */
  readonly on?: string;
  /** A part of the query that requests must have. @default any */
  readonly query?: string;
}

/** A file, by the names that these tests use. */
export interface FileFacts extends Omit<FileRecord, 'field' | 'type'> {
  readonly name: string;
  readonly contentType: string;
}

export interface FieldFacts {
  readonly name: string;
  readonly value: string;
}

export interface RequestLogEntry extends Omit<LogEntry, 'body'> {
  readonly body: Omit<BodyRecord, 'files'> & { readonly files: readonly FileFacts[] };
}

export interface StoredUpload {
  readonly key: string;
  readonly fields: readonly FieldFacts[];
  readonly files: readonly FileFacts[];
  /** Later edits, oldest first. */
  readonly edits: readonly { readonly fields: readonly FieldFacts[]; readonly files: readonly FileFacts[] }[];
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

/** A server that has started: its number, and its scheme, host and port. */
export interface StartedServer {
  readonly id: number;
  readonly origin: string;
}

/** A call to the control server. */
export interface ControlCall {
  readonly target: 'emulator' | 'world' | 'proxy';
  readonly id?: number;
  readonly method: string;
  readonly argument?: unknown;
}

export type ControlResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };
