/** The worker thread: sends the requests of blocking clients with the sessions of the asynchronous client. */
import { setFlagsFromString } from 'node:v8';
import { runAsWorker } from 'synckit';
import { LargeResponse } from '../../async/transport/large-response.ts';
import { LightSignal } from '../../async/transport/light-signal.ts';
import { RequestQueue } from '../../async/transport/request-queue.ts';
import { type RequestHooks, Session } from '../../async/transport/session.ts';
import { loadUndici } from '../../async/transport/undici.ts';
import type { OperationResult, Progress } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { mapTexts, type SentText } from './shared-text.ts';
import { TextMemory } from './text-memory.ts';
import type { JobEvent, WorkerMessage, WorkerReply } from './worker-messages.ts';

// The calling thread waits for one job at a time, so all jobs share one timer for each duration.
let wake: () => void = () => undefined;
const timers = new Map<number, NodeJS.Timeout>();

/** A step that is being carried out, and its results once they are there. */
class Job extends LightSignal {
  readonly session: number;
  /** Resolves when the results are there. */
  readonly settled: Promise<void>;
  results: readonly OperationResult[] | null = null;
  progress: Progress | null = null;

  constructor(session: number, running: (job: Job) => Promise<readonly OperationResult[]>) {
    super();
    this.session = session;
    this.settled = running(this).then((results) => {
      this.results = results;
      wake();
    });
  }
}

/** A loop that sends requests ahead. */
class Loop extends LightSignal {
  readonly session: number;
  readonly queue: RequestQueue;

  constructor(message: WorkerMessage & { type: 'prefetch' }, sender: Session) {
    super();
    this.session = message.session;
    const hooks = { signal: this, ...createEventHook(message) };
    this.queue = new RequestQueue((batch) => sender.sendAll(batch, hooks, message.options));
  }

  /** Drops the requests that were not sent yet. Resolves when none is under way. */
  get settled(): Promise<void> {
    return this.queue.settle();
  }
}

type SessionMessage = Pick<WorkerMessage & { type: 'start' }, 'session' | 'options'>;

const sessions = new Map<number, Session>();
const jobs = new Map<number, Job>();
// The latest last.
const loops = new Map<number, Loop>();
// A caller may begin loops and leave them, without the event loop ever turning so that they could be collected.
const MAX_LOOPS = 16;

// Events that the calling thread has not received yet, and the number of those that it has.
const events: JobEvent[] = [];
let received = 0;

// The job whose results were sent last.
let lastSent: number | undefined;

const texts = new TextMemory();

function getSession({ session: id, options }: SessionMessage): Session {
  const session = sessions.get(id) ?? new Session(options, undefined, true);
  sessions.set(id, session);
  return session;
}

/** Returns the hook that collects the events of a job, if somebody listens to them. */
function createEventHook({ job, events: heard }: { readonly job: number; readonly events: boolean }): RequestHooks {
  return heard ? { onEvent: (event) => void events.push({ job, event }) } : {};
}

function start(message: WorkerMessage & { type: 'start' }): Job {
  const session = getSession(message);
  const started = new Job(message.session, (job) => {
    const onProgress = (progress: Progress) => {
      job.progress = progress;
    };
    const hooks = { signal: job, onProgress, ...createEventHook(message) };
    return session.run(message.step, hooks, message.options);
  });
  jobs.set(message.job, started);
  return started;
}

/** Waits until something has arrived, at most so many milliseconds. */
function waitUntilWoken(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    wake = resolve;
    const timer = timers.get(milliseconds);
    if (timer) timer.refresh();
    else timers.set(milliseconds, setTimeout(() => wake(), milliseconds).unref());
  });
}

async function report(id: number, job: Job, wait: number): Promise<WorkerReply> {
  if (job.results === null) await waitUntilWoken(wait);
  if (job.results !== null && jobs.has(id)) lastSent = id;
  return { type: 'reply', results: job.results, progress: job.progress };
}

async function prefetch(message: WorkerMessage & { type: 'prefetch' }): Promise<WorkerReply> {
  const { job: id, session, pending, wait } = message;
  const loop = loops.get(id) ?? new Loop(message, getSession(message));
  loops.delete(id);
  loops.set(id, loop);
  dropLoops(session, MAX_LOOPS);
  const { queue } = loop;
  queue.add(message.prefetch);
  if (!pending.every((request) => queue.has(request))) return { type: 'dropped' };
  if (message.prefetch.waitFor.length > 0) {
    const waiting = waitUntilWoken(wait);
    queue.onResult(message.prefetch.waitFor, () => wake());
    await waiting;
  }
  return { type: 'prefetched', results: queue.collect(pending) };
}

function cancel(id: number): void {
  (jobs.get(id) ?? loops.get(id))?.abort();
  jobs.delete(id);
  loops.delete(id);
}

/** Cancels the oldest loops of a session, except so many. They send their requests again if they go on. */
function dropLoops(session: number, except: number): void {
  const begun = [...loops].filter(([, loop]) => loop.session === session);
  for (const [id] of begun.slice(0, Math.max(0, begun.length - except))) cancel(id);
}

/** Ends a session whose client was garbage-collected. */
function freeSession(id: number): void {
  for (const [job, { session }] of [...jobs, ...loops]) if (session === id) cancel(job);
  closeSession(id);
}

/** Closes a session. A call whose own listener closed the client completes. */
function closeSession(id: number): void {
  dropLoops(id, 0);
  const session = sessions.get(id);
  sessions.delete(id);
  // Not awaited: it waits for requests that were sent.
  void session?.close();
}

/** Results are kept until the next message for another job. If a reply came too late, the caller polls for it again. */
function forgetLastSent(except: number | undefined): void {
  if (lastSent !== undefined && lastSent !== except) jobs.delete(lastSent);
}

/** Returns a reply with its large texts in shared memory. The calling thread has read those of the reply before. */
function shareTexts(reply: WorkerReply): WorkerReply<SentText> {
  texts.clear();
  return mapTexts(reply, (response) => {
    const shared = response instanceof LargeResponse ? texts.write(response.body) : undefined;
    return shared ?? response.text;
  });
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
  if (message.type === 'prefetch') return prefetch(message);
  if (message.type === 'cancel') {
    const ended = jobs.get(message.job) ?? loops.get(message.job);
    cancel(message.job);
    // The calling thread gets the last events with this reply. What was aborted settles at once.
    await ended?.settled;
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
runAsWorker(async (message: WorkerMessage): Promise<WorkerReply<SentText>> => {
  events.splice(0, message.received - received);
  received = message.received;
  const reply = await handle(message).catch((error): WorkerReply => ({ type: 'error', error: toPlainError(error) }));
  const sent = shareTexts(reply);
  return events.length === 0 ? sent : { ...sent, events };
});
