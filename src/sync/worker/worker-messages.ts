/** What crosses between a blocking client's thread and the worker: plain data, both ways. */

import type { ApiResult, Batch, PlainError, Progress } from '../../shared/protocol/messages.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';

/** What the caller's thread asks. */
export type WorkerMessage = {
  /** Sessions whose clients are gone. */
  readonly freed: readonly number[];
} & (
  | {
      readonly type: 'start';
      readonly job: number;
      readonly session: number;
      readonly settings: SessionOptions;
      readonly batch: Batch;
      /** Milliseconds to wait for the end before answering without it. */
      readonly wait: number;
    }
  | { readonly type: 'poll'; readonly job: number; readonly wait: number }
  | { readonly type: 'drop'; readonly job: number }
  | { readonly type: 'close'; readonly session: number }
);

/** What the worker answers, whatever happens. */
export type WorkerReply =
  | {
      readonly type: 'reply';
      /** `null` while the job is under way, and where there is no job. */
      readonly results: readonly ApiResult[] | null;
      readonly progress: Progress | null;
    }
  | { readonly type: 'fault'; readonly fault: PlainError };
