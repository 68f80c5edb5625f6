/** Calls the worker thread that makes the requests of blocking clients. */
import { dirname, join } from 'node:path';
import { describe } from '../../shared/base/argument.ts';
import { isError } from '../../shared/base/kind.ts';
import { VERSION } from '../../shared/base/version.ts';
import { MixcloudWorkerError } from '../../shared/protocol/errors.ts';
import type { ApiResult, Batch, Progress } from '../../shared/protocol/messages.ts';
import { fromPlainError } from '../../shared/protocol/plain-error.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import { getModulePath, NoReplyError, NotCloneableError, type SyncWorker, startWorker } from './synckit.ts';
import type { WorkerMessage, WorkerReply } from './worker-messages.ts';

type ApiWorker = SyncWorker<WorkerMessage, WorkerReply>;

/** A batch that the worker was told to send, and whose results can be fetched. */
export interface JobHandle {
  readonly job: number;
  /** The worker that has it. One that replaced it does not. */
  readonly worker: ApiWorker;
  readonly session: number;
  readonly options: SessionOptions;
  readonly batch: Batch;
}

type ProgressListener = (progress: Progress) => void;
type Collected = 'collectedSessions' | 'collectedJobs';
type MessageBody = WorkerMessage extends infer M ? (M extends unknown ? Omit<M, Collected> : never) : never;

// Milliseconds after which the worker replies without results, so that progress is reported and a dead worker noticed.
const POLL_INTERVAL = 500;
const PROGRESS_POLL_INTERVAL = 100;
// Milliseconds that the calling thread waits for one reply.
const MAX_WAIT = 1000;
// Number of such waits without a reply after which the worker counts as stuck. A worker that still loads gets more time.
const MAX_UNANSWERED = 5;
const MAX_UNANSWERED_AT_START = 15;

/** Runs one worker thread for all blocking clients of a thread, and starts another one when it has died. */
export class WorkerClient {
  #worker: ApiWorker | undefined;
  #hasReplied = false;
  #jobCount = 0;
  #sessionCount = 0;
  #collectedSessions: number[] = [];
  #collectedJobs: number[] = [];
  readonly #clients = new FinalizationRegistry<number>((session) => this.#collectedSessions.push(session));
  readonly #handles = new FinalizationRegistry<number>((job) => this.#collectedJobs.push(job));

  /** The instance of this thread, which all copies of this package share. */
  static get(): WorkerClient {
    const key = Symbol.for(`mixcloud-client:worker:${VERSION}`);
    const shared = globalThis as { [key: symbol]: WorkerClient | undefined };
    shared[key] ??= new WorkerClient();
    return shared[key];
  }

  /** Returns a session for a client, which ends when the client is collected. Starts the worker, so that it can load. */
  open(client: object): number {
    this.#sessionCount += 1;
    this.#clients.register(client, this.#sessionCount);
    this.#startWorker();
    return this.#sessionCount;
  }

  /** Sends a batch and waits for its results. */
  sendAll(session: number, options: SessionOptions, batch: Batch, onProgress?: ProgressListener): readonly ApiResult[] {
    const wait = onProgress ? PROGRESS_POLL_INTERVAL : POLL_INTERVAL;
    const { handle, reply } = this.#start({ session, options, batch, wait, prefetch: false });
    return this.#finish(handle, reply, onProgress);
  }

  /** Sends a batch of GETs ahead, without waiting for its results. */
  start(session: number, options: SessionOptions, batch: Batch): JobHandle {
    const { handle } = this.#start({ session, options, batch, wait: 0, prefetch: true });
    this.#handles.register(handle, handle.job, handle);
    return handle;
  }

  /** Waits for the results of a batch that was started. If the worker has dropped them, sends it again. */
  finish(handle: JobHandle): readonly ApiResult[] {
    this.#handles.unregister(handle);
    const { session, options, batch } = handle;
    const reply = this.#request(handle.worker, { type: 'poll', job: handle.job, wait: POLL_INTERVAL });
    return reply.type === 'dropped' ? this.sendAll(session, options, batch) : this.#finish(handle, reply, undefined);
  }

  /** Aborts a batch that was started. */
  cancel(handle: JobHandle): void {
    this.#handles.unregister(handle);
    if (handle.worker === this.#worker) this.#notify(handle.worker, { type: 'cancel', job: handle.job });
  }

  /** Closes a session. */
  close(session: number): void {
    if (this.#worker) this.#notify(this.#worker, { type: 'close', session });
  }

  /** Ends something in the worker. If the worker is dead, it has ended already, and no error is thrown. */
  #notify(worker: ApiWorker, body: MessageBody): void {
    try {
      this.#request(worker, body);
    } catch (error) {
      if (!(error instanceof MixcloudWorkerError)) throw error;
    }
  }

  #start(start: Omit<MessageBody & { type: 'start' }, 'type' | 'job'>): { handle: JobHandle; reply: WorkerReply } {
    const worker = this.#startWorker();
    this.#jobCount += 1;
    const { session, options, batch } = start;
    const handle: JobHandle = { job: this.#jobCount, worker, session, options, batch };
    return { handle, reply: this.#request(worker, { type: 'start', job: handle.job, ...start }) };
  }

  #finish(handle: JobHandle, first: WorkerReply, onProgress: ProgressListener | undefined): readonly ApiResult[] {
    let reply = first;
    let reported: Progress | null = null;
    for (;;) {
      if (reply.type === 'error') throw toWorkerError(fromPlainError(reply.error));
      if (reply.type === 'dropped') throw toWorkerError(new Error('The worker does not know the request'));
      const { progress, results } = reply;
      if (onProgress && progress && progress.sent !== reported?.sent) {
        reported = progress;
        try {
          onProgress(progress);
        } catch (error) {
          if (results === null) this.cancel(handle);
          throw error;
        }
      }
      if (results !== null) return results;
      const wait = onProgress ? PROGRESS_POLL_INTERVAL : POLL_INTERVAL;
      reply = this.#request(handle.worker, { type: 'poll', job: handle.job, wait });
    }
  }

  /** Sends a message, and polls while no reply comes. Throws if the worker is dead, or does not reply at all. */
  #request(worker: ApiWorker, body: MessageBody): WorkerReply {
    if (worker !== this.#worker) throw toWorkerError(new Error('The worker was replaced in the meantime'));
    let message = {
      ...body,
      collectedSessions: this.#collectedSessions,
      collectedJobs: this.#collectedJobs,
    } as WorkerMessage;
    this.#collectedSessions = [];
    this.#collectedJobs = [];
    for (let unanswered = 1; ; unanswered += 1) {
      try {
        const reply = worker.call(message);
        this.#hasReplied = true;
        return reply;
      } catch (error) {
        if (error instanceof NotCloneableError) {
          this.#collectedSessions.push(...message.collectedSessions);
          this.#collectedJobs.push(...message.collectedJobs);
          throw new TypeError(`A value cannot be sent to the worker thread: ${error.message}`);
        }
        const isTimeout = error instanceof NoReplyError;
        if (!isTimeout || unanswered >= (this.#hasReplied ? MAX_UNANSWERED : MAX_UNANSWERED_AT_START)) {
          this.#replaceWorker();
          throw toWorkerError(isTimeout ? new Error(`No answer for ${unanswered} seconds`) : error);
        }
        // Messages keep their order, so the worker will have received `start` before this poll.
        if (body.type === 'start') {
          message = { type: 'poll', job: body.job, wait: body.wait, collectedSessions: [], collectedJobs: [] };
        }
      }
    }
  }

  #startWorker(): ApiWorker {
    if (this.#worker) return this.#worker;
    this.#hasReplied = false;
    const worker: ApiWorker = startWorker(join(dirname(getModulePath()), 'worker.cjs'), {
      timeout: MAX_WAIT,
      onExit: () => {
        if (this.#worker === worker) this.#replaceWorker();
      },
    });
    this.#worker = worker;
    return worker;
  }

  /** Ends the worker. The next call starts another one. */
  #replaceWorker(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function toWorkerError(cause: unknown): MixcloudWorkerError {
  const reason = isError(cause) ? cause.message : describe(cause);
  return new MixcloudWorkerError(
    `The worker thread that makes the requests failed: ${reason}. Whether the request was carried out is not known.`,
    { cause },
  );
}
