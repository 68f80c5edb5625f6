/** The worker thread: sends the requests of blocking clients with the sessions of the asynchronous client. */
import { setFlagsFromString } from 'node:v8';
import { runAsWorker } from 'synckit';
import { LightSignal } from '../../async/transport/light-signal.ts';
import { Session } from '../../async/transport/session.ts';
import { loadUndici } from '../../async/transport/undici.ts';
import type { ApiResult, Progress } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import type { JobEvent, WorkerMessage, WorkerReply } from './worker-messages.ts';

// The calling thread waits for one job at a time, so all jobs share one timer for each duration.
let wake: () => void = () => undefined;
const timers = new Map<number, NodeJS.Timeout>();

/** A batch that is being sent, and its results once they are there. */
class Job extends LightSignal {
  readonly session: number;
  readonly prefetch: boolean;
  /** Settles when the requests have their results. */
  readonly settled: Promise<void>;
  results: readonly ApiResult[] | null = null;
  progress: Progress | null = null;

  constructor(session: number, prefetch: boolean, running: (job: Job) => Promise<readonly ApiResult[]>) {
    super();
    this.session = session;
    this.prefetch = prefetch;
    this.settled = running(this).then((results) => {
      this.results = results;
      wake();
    });
  }

  /** Waits for the results, at most so many milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      const timer = timers.get(milliseconds);
      if (timer) timer.refresh();
      else timers.set(milliseconds, setTimeout(() => wake(), milliseconds).unref());
    });
  }
}

const sessions = new Map<number, Session>();
const jobs = new Map<number, Job>();
// A caller may begin loops and leave them, without the event loop ever turning so that they could be collected.
const MAX_PREFETCHES = 16;

// Events that the calling thread has not received yet, and the number of those that it has.
const events: JobEvent[] = [];
let received = 0;

// The job whose results were sent last.
let lastSent: number | undefined;

function start(message: WorkerMessage & { type: 'start' }): Job {
  const session = sessions.get(message.session) ?? new Session(message.options);
  sessions.set(message.session, session);
  const started = new Job(message.session, message.prefetch, (job) => {
    const onProgress = (progress: Progress) => {
      job.progress = progress;
    };
    const onEvent = (event: JobEvent['event']) => void events.push({ job: message.job, event });
    const hooks = { signal: job, onProgress, ...(message.events && { onEvent }) };
    return session.sendAll(message.batch, hooks, message.options);
  });
  jobs.set(message.job, started);
  if (message.prefetch) dropPrefetches(message.session, MAX_PREFETCHES);
  return started;
}

async function report(id: number, job: Job, wait: number): Promise<WorkerReply> {
  if (job.results === null && wait > 0) await job.wait(wait);
  if (job.results !== null && jobs.has(id)) lastSent = id;
  return { type: 'reply', results: job.results, progress: job.progress };
}

function cancel(id: number): void {
  jobs.get(id)?.abort();
  jobs.delete(id);
}

/** Cancels the oldest prefetches of a session, except so many. Their loops fetch them again if they go on. */
function dropPrefetches(session: number, except: number): void {
  const prefetches = [...jobs].filter(([, job]) => job.prefetch && job.session === session);
  for (const [id] of prefetches.slice(0, Math.max(0, prefetches.length - except))) cancel(id);
}

/** Ends a session whose client was garbage-collected. */
function freeSession(id: number): void {
  for (const [job, { session }] of jobs) if (session === id) cancel(job);
  closeSession(id);
}

/** Closes a session. A call whose own listener closed the client completes. */
function closeSession(id: number): void {
  dropPrefetches(id, 0);
  const session = sessions.get(id);
  sessions.delete(id);
  // Not awaited: it waits for requests that were sent.
  void session?.close();
}

/** Results are kept until the next message for another job. If a reply came too late, the caller polls for it again. */
function forgetLastSent(except: number | undefined): void {
  if (lastSent === undefined || lastSent === except) return;
  jobs.delete(lastSent);
  lastSent = undefined;
}

async function handle(message: WorkerMessage): Promise<WorkerReply> {
  forgetLastSent(message.type === 'poll' ? message.job : undefined);
  for (const job of message.collectedJobs) cancel(job);
  for (const session of message.collectedSessions) freeSession(session);
  if (message.type === 'start') return report(message.job, start(message), message.wait);
  if (message.type === 'poll') {
    const job = jobs.get(message.job);
    return job ? report(message.job, job, message.wait) : { type: 'dropped' };
  }
  if (message.type === 'cancel') {
    const job = jobs.get(message.job);
    cancel(message.job);
    // The calling thread gets the last events of the job with this reply. An aborted job settles at once.
    await job?.settled;
  } else if (message.type === 'close') closeSession(message.session);
  return { type: 'reply', results: null, progress: null };
}

// undici's HTTP parser is WebAssembly. On Node.js 20, V8 starts to optimise it at the first response, and the process
// cannot exit until that is done, 80 to 110 ms later. Later versions wait for more calls. Their default is set here,
// unless NODE_OPTIONS sets another.
const LATER_DEFAULT = '--wasm-tiering-budget=13000000';
if (process.versions.node.startsWith('20.') && !process.env.NODE_OPTIONS?.includes('wasm')) {
  setFlagsFromString(LATER_DEFAULT);
}

// Loaded early, because the first call needs it. If this fails, that call reports it.
void loadUndici().catch(() => undefined);

// A reply that cannot be cloned would end the worker, so every error is sent as plain data.
runAsWorker(async (message: WorkerMessage): Promise<WorkerReply> => {
  events.splice(0, message.received - received);
  received = message.received;
  const reply = await handle(message).catch((error): WorkerReply => ({ type: 'error', error: toPlainError(error) }));
  return events.length === 0 ? reply : { ...reply, events };
});
