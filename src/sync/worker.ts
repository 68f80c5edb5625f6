/** The worker thread: runs the asynchronous client's sessions for the blocking clients of the process. */
import { runAsWorker } from 'synckit';
import { loadAgent } from '../async/pool.ts';
import { Session } from '../async/session.ts';
import type { Progress, Reply } from '../shared/exchange.ts';
import { plainError } from '../shared/failure.ts';
import type { Message, Response } from './protocol.ts';

/** Requests under way for a caller that will ask for the replies. */
interface Job {
  readonly session: number;
  readonly abort: AbortController;
  readonly done: Promise<void>;
  replies: readonly Reply[] | null;
  progress: Progress | null;
}

const sessions = new Map<number, Session>();
const jobs = new Map<number, Job>();
// The job whose replies were handed over last.
let handedOver: number | undefined;

function start(message: Message & { do: 'start' }): Job {
  let session = sessions.get(message.session);
  if (!session) {
    session = new Session(message.settings);
    sessions.set(message.session, session);
  }
  const abort = new AbortController();
  const onProgress = (progress: Progress) => {
    job.progress = progress;
  };
  const running = session.perform(message.step, { signal: abort.signal, onProgress });
  const done = running.then((replies) => {
    job.replies = replies;
  });
  const job: Job = { session: message.session, abort, done, replies: null, progress: null };
  jobs.set(message.job, job);
  return job;
}

async function report(id: number, job: Job, wait: number): Promise<Response> {
  if (job.replies === null && wait > 0) {
    let timer: NodeJS.Timeout | undefined;
    const slice = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, wait);
    });
    await Promise.race([job.done, slice]);
    clearTimeout(timer);
  }
  if (job.replies !== null && jobs.has(id)) handedOver = id;
  return { ok: true, replies: job.replies, progress: job.progress };
}

function drop(id: number): void {
  jobs.get(id)?.abort.abort();
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

async function answer(message: Message): Promise<Response> {
  forgetUnless(message.do === 'poll' ? message.job : undefined);
  for (const session of message.freed) free(session);
  if (message.do === 'start') return report(message.job, start(message), message.wait);
  if (message.do === 'poll') {
    const job = jobs.get(message.job);
    if (!job) throw new Error('The worker does not know the request; it was given up');
    return report(message.job, job, message.wait);
  }
  if (message.do === 'drop') drop(message.job);
  else free(message.session);
  return { ok: true, replies: null, progress: null };
}

// While the caller's script goes on: the first call will want it. A failure to load it is that call's to report.
void loadAgent().catch(() => undefined);

// A reply that is not plain data would end the worker for good, so nothing but an answer ever leaves it.
runAsWorker(async (message: Message): Promise<Response> => {
  try {
    return await answer(message);
  } catch (error) {
    return { ok: false, fault: plainError(error) };
  }
});
