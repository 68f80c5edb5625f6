import type { PlainEvent } from '../../shared/protocol/events.ts';
import type { ApiRequest, ApiResponse, Failure, Progress } from '../../shared/protocol/messages.ts';
import type { AbortSignalLike, Deadline } from './deadline.ts';
import type { MultipartBody } from './multipart-body.ts';
import type { Trace } from './trace.ts';

/** How a caller follows and aborts a request. */
export interface RequestHooks {
  readonly signal?: AbortSignalLike | undefined;
  /** Ends the waits of the request, and those to come. A request that was sent completes. */
  readonly closed?: AbortSignalLike | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly onEvent?: ((event: PlainEvent) => void) | undefined;
}

/** State of one request that is being sent. Its retries and redirects share it. */
export interface Call {
  readonly deadline: Deadline;
  readonly onProgress?: RequestHooks['onProgress'];
  /** Called when bytes of the request may have been sent. */
  readonly onSent?: () => void;
  /** Reports the events of the request, if somebody listens. */
  readonly trace?: Trace | undefined;
  /** The opened body of the request, if it has one. */
  readonly body?: MultipartBody | undefined;
}

/**
 * Sends a request and resolves to the response, or to a failure. It never rejects.
 *
 * Senders are composed like interceptors: each of `withRateLimit`, `withRetries`… takes the next sender and returns one
 * that does a little more.
 */
export type Sender<R = ApiResponse> = (request: ApiRequest, call: Call) => Promise<R | Failure>;
