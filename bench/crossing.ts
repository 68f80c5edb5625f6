/**
 * What the threads alone cost: a call to a worker of synckit that replies at once, without any I/O. The message and the
 * reply are about as large as those of a call. Both threads fall asleep and are woken once each, as in a call.
 */
import { fileURLToPath } from 'node:url';
import { createSyncFn } from 'synckit';
import type { Contender } from './timings.ts';

export const CROSSING = 'an empty crossing';

interface Message {
  readonly type: 'start';
  readonly job: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly step: readonly { readonly method: 'GET'; readonly url: string; readonly timeout: number }[];
  /** Of the text that it replies with. */
  readonly length: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

const OPTIONS = { timeout: 30_000, retries: 2, maxRateLimitWait: 0, proxy: undefined, userAgent: 'bench' };
const STEP = [{ method: 'GET', url: 'http://127.0.0.1:65535/bob/?metadata=1', timeout: 30_000 }] as const;

/** One whose replies hold a text of so many characters. */
export function crossing(length: number, burst: number): Contender {
  const path = fileURLToPath(new URL('scripts/empty-worker.mjs', import.meta.url));
  const call = createSyncFn<(message: Message) => Reply>(path);
  let job = 0;
  const run = () => {
    job += 1;
    const { text } = call({ type: 'start', job, options: OPTIONS, step: STEP, length });
    if (text.length !== length) throw new Error(`${CROSSING} brought another reply`);
  };
  return { name: CROSSING, burst, run };
}
