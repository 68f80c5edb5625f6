/** The worker thread: runs the asynchronous client's sessions for the blocking clients of the process. */
import { setFlagsFromString } from 'node:v8';
import { runAsWorker } from 'synckit';
import type { AbortSignalLike } from '../../async/transport/deadline.ts';
import { loadAgent } from '../../async/transport/pool.ts';
import { Session } from '../../async/transport/session.ts';
import type { ApiResult, Progress } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import type { WorkerMessage, WorkerReply } from './worker-messages.ts';

// A caller waits for one job at a time, so that one timer for all of them does, which costs less than one for each.
let wake: () => void = () => undefined;
const slices = new Map<number, NodeJS.Timeout>();

/** Requests under way for a caller that will ask for the replies. */
class Job implements AbortSignalLike {
  readonly session: number;
  aborted = false;
  results: readonly ApiResult[] | null = null;
  progress: Progress | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(session: number, running: (job: Job) => Promise<readonly ApiResult[]>) {
    this.session = session;
    void running(this).then((results) => {
      this.results = results;
      wake();
    });
  }

  addEventListener(_event: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_event: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  abort(): void {
    this.aborted = true;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Waits for the replies, but no longer than so many milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      const slice = slices.get(milliseconds);
      if (slice) slice.refresh();
      else slices.set(milliseconds, setTimeout(() => wake(), milliseconds).unref());
    });
  }
}

const sessions = new Map<number, Session>();
const jobs = new Map<number, Job>();
// The job whose replies were handed over last.
let handedOver: number | undefined;

function start(message: WorkerMessage & { type: 'start' }): Job {
  const session = sessions.get(message.session) ?? new Session(message.settings);
  sessions.set(message.session, session);
  const started = new Job(message.session, (job) => {
    const onProgress = (progress: Progress) => {
      job.progress = progress;
    };
    return session.sendAll(message.batch, { signal: job, onProgress });
  });
  jobs.set(message.job, started);
  return started;
}

async function report(id: number, job: Job, wait: number): Promise<WorkerReply> {
  if (job.results === null && wait > 0) await job.wait(wait);
  if (job.results !== null && jobs.has(id)) handedOver = id;
  return { type: 'reply', results: job.results, progress: job.progress };
}

function drop(id: number): void {
  jobs.get(id)?.abort();
  jobs.delete(id);
}

function free(id: number): void {
  for (const [job, { session }] of jobs) if (session === id) drop(job);
  const session = sessions.get(id);
  sessions.delete(id);
  // It waits for what is under way; nobody waits for it.
  void session?.close();
}

/** Replies are kept until the caller speaks of something else: if they came too late, it asks for them again. */
function forgetUnless(wanted: number | undefined): void {
  if (handedOver === undefined || handedOver === wanted) return;
  jobs.delete(handedOver);
  handedOver = undefined;
}

async function response(message: WorkerMessage): Promise<WorkerReply> {
  forgetUnless(message.type === 'poll' ? message.job : undefined);
  for (const session of message.freed) free(session);
  if (message.type === 'start') return report(message.job, start(message), message.wait);
  if (message.type === 'poll') {
    const job = jobs.get(message.job);
    if (!job) throw new Error('The worker does not know the request; it was given up');
    return report(message.job, job, message.wait);
  }
  if (message.type === 'drop') drop(message.job);
  else free(message.session);
  return { type: 'reply', results: null, progress: null };
}

// On Node.js 20, V8 begins to optimise the parser of HTTP answers, which is WebAssembly, at the first of them, and a
// process does not end before that is done: 80 to 110 ms after a script of one call. Later versions wait for more calls;
// their default is set here too, unless somebody has chosen otherwise.
const LATER_DEFAULT = '--wasm-tiering-budget=13000000';
if (process.versions.node.startsWith('20.') && !process.env.NODE_OPTIONS?.includes('wasm')) {
  setFlagsFromString(LATER_DEFAULT);
}

// While the caller's script goes on: the first call will want it. A failure to load it is that call's to report.
void loadAgent().catch(() => undefined);

// A reply that is not plain data would end the worker for good, so nothing but an answer ever leaves it.
runAsWorker(async (message: WorkerMessage): Promise<WorkerReply> => {
  try {
    return await response(message);
  } catch (error) {
    return { type: 'fault', fault: toPlainError(error) };
  }
});
