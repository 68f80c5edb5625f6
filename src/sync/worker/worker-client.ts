/** Calls the worker thread that makes the requests of blocking clients. */
import { getBuiltin } from '../../shared/base/builtin.ts';
import { VERSION } from '../../shared/base/version.ts';
import type { NumberedResult, OperationResult, OperationStep, Progress } from '../../shared/protocol/messages.ts';
import { fromPlainError } from '../../shared/protocol/plain-error.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import { EventInbox, type JobListener } from './event-inbox.ts';
import { decodeTexts } from './shared-text.ts';
import { NoReplyError, NotCloneableError } from './synckit.ts';
import type { WorkerMessage, WorkerReply } from './worker-messages.ts';
import { type ApiWorker, findFileLimitError, startApiWorker, toStartError, toWorkerError } from './worker-start.ts';

/** Something that the worker was told to do, and whose results can be fetched. */
export interface JobHandle {
  readonly job: number;
  /** The worker that has it. One that replaced it does not. */
  readonly worker: ApiWorker;
}

/** Listeners of one call. They are called on the calling thread, while it waits. */
export interface Listeners {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly onEvent?: JobListener | undefined;
}

type Added = 'collectedSessions' | 'collectedJobs' | 'received';
type MessageBody = WorkerMessage extends infer M ? (M extends unknown ? Omit<M, Added> : never) : never;
type PrefetchBody = Omit<MessageBody & { type: 'prefetch' }, 'type' | 'job' | 'wait'>;

const NO_NEWS = { collectedSessions: [], collectedJobs: [], received: 0 };

// Milliseconds after which the worker replies without results, so that progress is reported and a dead worker noticed.
const POLL_INTERVAL = 500;
const PROGRESS_POLL_INTERVAL = 100;
// Number of waits of a second without a reply after which the worker counts as stuck. A worker that still loads gets more time.
const MAX_UNANSWERED = 5;
const MAX_UNANSWERED_AT_START = 15;

// The longest time that a timer can run, in milliseconds.
const MAX_DELAY = 2 ** 31 - 1;

/**
 * Runs one worker thread for all blocking clients of a thread. It ends when the last open client is closed or collected.
 * Another one starts with the next client, or when it has died with the next call.
 */
export class WorkerClient {
  #worker: ApiWorker | undefined;
  #isReady = false;
  #hasReplied = false;
  #jobCount = 0;
  #sessionCount = 0;
  // Calls that wait for results. There is more than one if a listener makes a call.
  #callCount = 0;
  readonly #open = new Set<number>();
  // Sessions and jobs that the worker is told about with the next message: they were collected, or closed during a call.
  #collectedSessions: number[] = [];
  #collectedJobs: number[] = [];
  #closing: number[] = [];
  readonly #inbox = new EventInbox();
  // Keeps this object alive for as long as the worker, and so the registry that learns of the clients' end. It would be
  // collected with the realm of a Jest test file, and the worker would stay.
  #keepAlive: NodeJS.Timeout | undefined;
  readonly #owners = new FinalizationRegistry<number>((session) => {
    if (!this.#open.delete(session)) return;
    this.#collectedSessions.push(session);
    this.#endUnlessOpen();
  });
  readonly #handles = new FinalizationRegistry<number>((job) => {
    this.#inbox.forget(job);
    this.#collectedJobs.push(job);
  });

  /** The instance of this thread, which all copies of this package share. */
  static get(): WorkerClient {
    const key = Symbol.for(`mixcloud-client:worker:${VERSION}`);
    const shared = globalThis as { [key: symbol]: WorkerClient | undefined };
    shared[key] ??= new WorkerClient();
    return shared[key];
  }

  /**
   * Returns a session for a client and those derived from it. It ends when `owner`, which they share, is collected. Starts the
   * worker, so that it can load.
   */
  open(owner: object): number {
    this.#startWorker();
    this.#sessionCount += 1;
    this.#open.add(this.#sessionCount);
    this.#owners.register(owner, this.#sessionCount);
    return this.#sessionCount;
  }

  /** Lets the worker carry out a step, and waits for its results. */
  run(session: number, options: SessionOptions, step: OperationStep, listeners: Listeners): readonly OperationResult[] {
    const { onProgress, onEvent } = listeners;
    const wait = onProgress ? PROGRESS_POLL_INTERVAL : POLL_INTERVAL;
    return this.#call(() => {
      const handle = this.#createHandle(onEvent);
      const { job, worker } = handle;
      const events = onEvent !== undefined;
      try {
        const reply = this.#request(worker, { type: 'start', job, session, options, step, events, wait });
        return this.#finish(handle, reply, onProgress);
      } finally {
        this.#inbox.forget(job);
      }
    });
  }

  /** Opens a loop of the worker, which ends when the handle is collected. */
  openLoop(listener: JobListener | undefined): JobHandle {
    const handle = this.#createHandle(listener);
    this.#handles.register(handle, handle.job, handle);
    return handle;
  }

  /**
   * Exchanges requests of a loop for results. Returns `undefined` if the worker has dropped some of its requests. Throws what
   * the listener of the loop has thrown.
   */
  prefetch(handle: JobHandle, body: PrefetchBody): readonly NumberedResult[] | undefined {
    const wait = body.prefetch.waitFor.length > 0 ? POLL_INTERVAL : 0;
    const reply = this.#call(() => this.#request(handle.worker, { type: 'prefetch', job: handle.job, wait, ...body }));
    this.throwIfListenerThrew(handle);
    if (reply.type === 'error') throw toWorkerError(fromPlainError(reply.error));
    return reply.type === 'prefetched' ? reply.results : undefined;
  }

  /** Throws what the listener of a job or a loop has thrown. */
  throwIfListenerThrew(handle: JobHandle): void {
    this.#inbox.throwIfListenerThrew(handle.job);
  }

  /** Ends a job or a loop. If it has requests under way, they are aborted at once. */
  cancel(handle: JobHandle, isBusy = true): void {
    this.#handles.unregister(handle);
    // The last events arrive with the reply.
    if (this.has(handle) && isBusy) this.#notify(handle.worker, { type: 'cancel', job: handle.job });
    else if (this.has(handle)) this.#collectedJobs.push(handle.job);
    this.#inbox.forget(handle.job);
  }

  /** Whether the worker of the handle has not been replaced. */
  has(handle: JobHandle | undefined): boolean {
    return handle !== undefined && handle.worker === this.#worker;
  }

  /** Closes a session, and ends the worker with the last one. */
  close(session: number): void {
    this.#open.delete(session);
    this.#endUnlessOpen();
    // A call whose own listener closes the client completes.
    if (this.#callCount > 0) this.#closing.push(session);
    else if (this.#worker) this.#notify(this.#worker, { type: 'close', session });
  }

  /** Runs a call that waits for results. */
  #call<T>(call: () => T): T {
    this.#callCount += 1;
    try {
      return call();
    } finally {
      this.#callCount -= 1;
      if (this.#callCount === 0) this.#collectedSessions.push(...this.#closing.splice(0));
      this.#endUnlessOpen();
    }
  }

  #endUnlessOpen(): void {
    if (this.#open.size === 0 && this.#callCount === 0) this.#endWorker();
  }

  /** Ends something in the worker. If the worker is dead or cannot load, it has ended already, and no error is thrown. */
  #notify(worker: ApiWorker, body: MessageBody): void {
    try {
      this.#request(worker, body);
    } catch {
      // `#request` has ended the worker, and everything in it.
    }
  }

  #createHandle(listener: JobListener | undefined): JobHandle {
    const worker = this.#startWorker();
    this.#jobCount += 1;
    if (listener) this.#inbox.open(this.#jobCount, listener);
    return { job: this.#jobCount, worker };
  }

  #finish(handle: JobHandle, first: WorkerReply, onProgress: Listeners['onProgress']): readonly OperationResult[] {
    let reply = first;
    let reported: Progress | null = null;
    for (;;) {
      if (reply.type === 'error') throw toWorkerError(fromPlainError(reply.error));
      if (reply.type !== 'reply') throw toWorkerError(new Error('The worker does not know the request'));
      const { progress, results } = reply;
      try {
        this.#inbox.throwIfListenerThrew(handle.job);
        if (onProgress && progress && progress.sent !== reported?.sent) {
          reported = progress;
          onProgress(progress);
        }
      } catch (error) {
        if (results === null) this.cancel(handle);
        throw error;
      }
      if (results !== null) return results;
      const wait = onProgress ? PROGRESS_POLL_INTERVAL : POLL_INTERVAL;
      reply = this.#request(handle.worker, { type: 'poll', job: handle.job, wait });
    }
  }

  /** Sends a message, and polls while no reply comes. Throws if the worker is dead, or does not reply at all. */
  #request(worker: ApiWorker, body: MessageBody): WorkerReply {
    if (worker !== this.#worker) throw toWorkerError(new Error('The worker was replaced in the meantime'));
    this.#awaitReady(worker);
    // The body last: on Node.js 20, to add properties after a spread takes 2 µs.
    let message = {
      collectedSessions: this.#collectedSessions,
      collectedJobs: this.#collectedJobs,
      received: this.#inbox.received,
      ...body,
    } as WorkerMessage;
    this.#collectedSessions = [];
    this.#collectedJobs = [];
    for (let unanswered = 1; ; unanswered += 1) {
      try {
        // The texts are read before a listener can make a call.
        const reply = decodeTexts(worker.call(message));
        this.#hasReplied = true;
        if (reply.events) this.#inbox.receive(reply.events);
        return reply;
      } catch (error) {
        if (error instanceof NotCloneableError) {
          this.#collectedSessions.push(...message.collectedSessions);
          this.#collectedJobs.push(...message.collectedJobs);
          throw new TypeError(`A value cannot be sent to the worker thread: ${error.message}`);
        }
        const isTimeout = error instanceof NoReplyError;
        if (!isTimeout || unanswered >= (this.#hasReplied ? MAX_UNANSWERED : MAX_UNANSWERED_AT_START)) {
          this.#endWorker();
          throw toWorkerError(isTimeout ? new Error(`No answer for ${unanswered} seconds`) : error);
        }
        // Messages keep their order, so the worker will have received `start` before this poll.
        if (body.type === 'start') {
          const { received } = message;
          message = { type: 'poll', job: body.job, wait: body.wait, ...NO_NEWS, received };
        }
      }
    }
  }

  /** Waits until a new worker replies. If it does not, nothing was sent, and the error can say so. */
  #awaitReady(worker: ApiWorker): void {
    for (let unanswered = 1; !this.#isReady; unanswered += 1) {
      try {
        worker.call({ type: 'ping', ...NO_NEWS });
        this.#isReady = true;
      } catch (error) {
        const isTimeout = error instanceof NoReplyError;
        const limit = findFileLimitError();
        if (isTimeout && !limit && unanswered < MAX_UNANSWERED_AT_START) continue;
        this.#endWorker();
        throw limit ?? toStartError(isTimeout ? new Error(`No answer for ${unanswered} seconds`) : error);
      }
    }
  }

  #startWorker(): ApiWorker {
    if (this.#worker) return this.#worker;
    const worker = startApiWorker(() => {
      if (this.#worker === worker) this.#endWorker();
    });
    this.#worker = worker;
    this.#inbox.reset();
    this.#isReady = false;
    this.#hasReplied = false;
    this.#collectedSessions = [];
    this.#collectedJobs = [];
    this.#keepAlive = getBuiltin('node:timers')
      .setTimeout(() => undefined, MAX_DELAY)
      .unref();
    return worker;
  }

  /** Ends the worker. The next client, or the next call of an open one, starts another. */
  #endWorker(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    getBuiltin('node:timers').clearTimeout(this.#keepAlive);
  }
}
