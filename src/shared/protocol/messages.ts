/**
 * The requests that operations yield, and the results that they receive. All of it can be cloned to a worker thread:
 * plain data, buffers, and Blobs whose bytes are in memory. No functions, no signals, no instances of other classes.
 */

import type { Secrets } from '../base/secret.ts';

/** A file that goes into an upload, opened by whoever sends it. */
export type FileSource =
  | { readonly from: 'path'; readonly path: string }
  | { readonly from: 'bytes'; readonly bytes: Uint8Array; readonly filename: string; readonly type: string }
  | { readonly from: 'blob'; readonly blob: Blob; readonly filename: string; readonly type: string };

/** One field of a multipart body. */
export type Part =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly file: FileSource; readonly maxSize: number };

/** A request to send. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute URL without any secret, so that it can be shown. */
  readonly url: string;
  /** Query parameters that are added when the request is sent, and shown nowhere. */
  readonly secrets: Secrets;
  /** Fields of a multipart body. */
  readonly parts?: readonly Part[];
  /** Fields of a request to come, whose files must be fit to be sent before this one is. */
  readonly preflightParts?: readonly Part[];
  /** Whether it may be sent again after a failure that leaves its effect unknown. */
  readonly idempotent: boolean;
  /** Milliseconds for the whole request, or of silence when it has a body. */
  readonly timeout: number;
}

/** One or several requests at once. */
export interface Batch {
  readonly requests: readonly ApiRequest[];
  /** Most requests that may be under way at the same time. */
  readonly concurrency: number;
}

/** A complete answer of the server. */
export interface ApiResponse {
  readonly type: 'response';
  readonly status: number;
  readonly contentType: string | null;
  /** Seconds that a `Retry-After` header names. */
  readonly retryAfter: number | null;
  readonly text: string;
}

/** An error reduced to what can cross a thread. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: PlainError | undefined;
}

/** Why there is no complete answer. */
export interface Failure {
  readonly type: 'failure';
  /** `misuse` and `range` are the caller's: the request was not sent. */
  readonly kind: 'connection' | 'timeout' | 'aborted' | 'misuse' | 'range';
  readonly message: string;
  readonly code?: string | undefined;
  readonly cause?: PlainError | undefined;
}

/** What comes back for one request. */
export type ApiResult = ApiResponse | Failure;

/** How much of an upload was handed to the network, in bytes, of how much in all. */
export interface Progress {
  /** Bytes that were handed over so far. */
  readonly sent: number;
  /** Bytes in all. */
  readonly total: number;
}
