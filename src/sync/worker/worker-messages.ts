/** Messages between the thread of a blocking client and the worker: plain data, buffers, in-memory Blobs and shared memory. */

import type { PlainEvent } from '../../shared/protocol/events.ts';
import type {
  NumberedResult,
  OperationResult,
  OperationStep,
  PlainError,
  Prefetch,
  Progress,
} from '../../shared/protocol/messages.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';

/** From the calling thread. */
export type WorkerMessage = {
  /** Sessions whose clients were garbage-collected. */
  readonly collectedSessions: readonly number[];
  /** Jobs whose handles were garbage-collected. */
  readonly collectedJobs: readonly number[];
  /** Number of events that the calling thread has received. The worker repeats those that a late reply held. */
  readonly received: number;
} & (
  | {
      readonly type: 'start';
      readonly job: number;
      readonly session: number;
      /** Those of the client. Clients that share a session have their own. */
      readonly options: SessionOptions;
      readonly step: OperationStep;
      /** Whether somebody listens to the events of the requests. */
      readonly events: boolean;
      /** Milliseconds to wait for the results before replying without them. */
      readonly wait: number;
    }
  /** Asks whether the worker has loaded. */
  | { readonly type: 'ping' }
  | { readonly type: 'poll'; readonly job: number; readonly wait: number }
  | {
      readonly type: 'prefetch';
      /** The loop. The worker keeps the results of the latest ones only, because a loop may never fetch them. */
      readonly job: number;
      readonly session: number;
      readonly options: SessionOptions;
      readonly prefetch: Prefetch;
      /** Whether somebody listens to the events of the requests. */
      readonly events: boolean;
      /** Requests of which the loop has received no result. */
      readonly pending: readonly number[];
      /** Milliseconds to wait for the results before replying without them. */
      readonly wait: number;
    }
  | { readonly type: 'cancel'; readonly job: number }
  | { readonly type: 'close'; readonly session: number }
);

/** An event of a job's request. */
export interface JobEvent {
  readonly job: number;
  readonly event: PlainEvent;
}

/** From the worker. Every message gets one of these. */
export type WorkerReply<Text = string> = {
  /** Events of all jobs since the last reply that was received, in order. Missing if there are none. */
  readonly events?: readonly JobEvent[];
} & (
  | {
      readonly type: 'reply';
      /** `null` while the job is running, and for a message that has no job. */
      readonly results: readonly OperationResult<Text>[] | null;
      readonly progress: Progress | null;
    }
  | { readonly type: 'prefetched'; readonly results: readonly NumberedResult<Text>[] }
  /** The worker does not have a request of the loop: there were too many loops after it. Also for a job that it does not have. */
  | { readonly type: 'dropped' }
  | { readonly type: 'error'; readonly error: PlainError }
);
