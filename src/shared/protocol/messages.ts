/**
 * Messages between operations and drivers. They are plain data, so they can cross to a worker thread: no functions and no
 * signals. The only class instance is the `Blob` of an upload, which can be cloned.
 */

import type { Secrets } from '../base/secret.ts';

/** A file of an upload. The transport opens it. */
export type FileSource =
  | { readonly from: 'path'; readonly path: string /** The folder of a relative path. */; readonly cwd: string }
  | { readonly from: 'bytes'; readonly bytes: Uint8Array; readonly filename: string; readonly type: string }
  | { readonly from: 'blob'; readonly blob: Blob; readonly filename: string; readonly type: string };

/** One field of a multipart body. */
export type Part =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly file: FileSource; readonly maxSize: number };

/** A request to send. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute URL without secrets. It can be shown. */
  readonly url: string;
  /** Query parameters that are added when the request is sent. They are never shown. */
  readonly secrets: Secrets;
  /** Fields of a multipart body. */
  readonly parts?: readonly Part[];
  /** Fields of a later request. Their files are checked before this request is sent. */
  readonly preflightParts?: readonly Part[];
  /** Whether it can be sent again after a failure that leaves its effect unknown. */
  readonly idempotent: boolean;
  /** Milliseconds: of the whole request, or of silence if the request has a body. */
  readonly timeout: number;
}

/** Requests that are sent together. */
export interface Batch {
  readonly requests: readonly ApiRequest[];
  /** Maximum number of requests under way at the same time. */
  readonly concurrency: number;
}

/** Requests that a loop sends ahead of their use. */
export interface Prefetch {
  /** Requests to send, in this order, after those that were given before. */
  readonly requests: readonly NumberedRequest[];
  /** Wait until one of these requests has its result. If it is empty, do not wait. */
  readonly waitFor: readonly number[];
  /** Maximum number of the loop's requests under way at the same time. */
  readonly concurrency: number;
}

/** A request of a loop. Its number is unique within the loop. */
export interface NumberedRequest {
  readonly id: number;
  readonly request: ApiRequest;
}

/** The result of the request with that number. */
export interface NumberedResult<Text = string> {
  readonly id: number;
  readonly result: ApiResult<Text>;
}

/** A complete response of the server, of any status. On its way to another thread, its text may be a reference. */
export interface ApiResponse<Text = string> {
  readonly type: 'response';
  readonly status: number;
  readonly contentType: string | null;
  /** Seconds from the `Retry-After` header. */
  readonly retryAfter: number | null;
  readonly text: Text;
}

/** The properties of an error that can cross a thread. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: PlainError | undefined;
}

/** The reason why there is no complete response. */
export interface Failure {
  readonly type: 'failure';
  /**
   * `misuse` and `range` are mistakes of the caller, and `dependency` is a module that could not be loaded: the request was
   * not sent.
   */
  readonly kind: 'connection' | 'timeout' | 'aborted' | 'closed' | 'misuse' | 'range' | 'dependency';
  readonly message: string;
  readonly code?: string | undefined;
  readonly cause?: PlainError | undefined;
  /** `false` if no byte of the request was sent in any attempt. If it is not known, it counts as sent. */
  readonly sent?: boolean | undefined;
}

/** The result of one request. */
export type ApiResult<Text = string> = ApiResponse<Text> | Failure;

/** A step of a login besides requests. A listener on loopback takes the redirect with which the browser returns. */
export type ListenerStep =
  /** Opens a listener on a port of 127.0.0.1. `timeout` is in milliseconds, until the browser has returned. */
  | { readonly type: 'listen'; readonly port: number; readonly timeout: number }
  /** Waits for the browser. */
  | { readonly type: 'receive'; readonly redirectUri: string }
  /** Shows the browser the outcome, with the reason of a failure, and closes the port. */
  | { readonly type: 'respond'; readonly redirectUri: string; readonly failure: string | null };

/** The result of a {@link ListenerStep}, unless it is a {@link Failure}. */
export type ListenerResult =
  /** The address of the listener, with a path that nobody can guess. */
  | { readonly type: 'listening'; readonly redirectUri: string }
  | ({ readonly type: 'redirected' } & Redirect)
  | { readonly type: 'responded' };

/** How the browser returned: with a code, or with the reason why there is none. */
export interface Redirect {
  readonly code: string | null;
  readonly error: string | null;
  /** Milliseconds until the timeout expires. */
  readonly timeLeft: number;
}

/** What an operation asks of its driver. */
export type OperationStep = Batch | ListenerStep;

/** What the driver returns for it: for a batch, one result for each request. */
export type OperationResult<Text = string> = ApiResult<Text> | ListenerResult;

/** Progress of an upload. */
export interface Progress {
  /** Bytes passed to the network so far. */
  readonly sent: number;
  /** Size of the whole body in bytes. */
  readonly total: number;
}
