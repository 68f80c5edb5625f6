/** What crosses between a blocking client's thread and the worker: plain data, both ways. */

import type { SessionSettings } from '../../shared/input/client-options.ts';
import type { PlainError, Progress, Reply, Step } from '../../shared/protocol/messages.ts';

/** What the caller's thread asks. */
export type Message = {
  /** Sessions whose clients are gone. */
  readonly freed: readonly number[];
} & (
  | {
      readonly do: 'start';
      readonly job: number;
      readonly session: number;
      readonly settings: SessionSettings;
      readonly step: Step;
      /** Milliseconds to wait for the end before answering without it. */
      readonly wait: number;
    }
  | { readonly do: 'poll'; readonly job: number; readonly wait: number }
  | { readonly do: 'drop'; readonly job: number }
  | { readonly do: 'close'; readonly session: number }
);

/** What the worker answers, whatever happens. */
export type Response =
  | {
      readonly ok: true;
      /** `null` while the job is under way, and where there is no job. */
      readonly replies: readonly Reply[] | null;
      readonly progress: Progress | null;
    }
  | { readonly ok: false; readonly fault: PlainError };
