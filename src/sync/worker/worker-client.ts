/** The way from a blocking client to the worker thread. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { describe } from '../../shared/base/argument.ts';
import { VERSION } from '../../shared/base/version.ts';
import { MixcloudWorkerError } from '../../shared/protocol/errors.ts';
import type { ApiResult, Batch, Progress } from '../../shared/protocol/messages.ts';
import { fromPlainError } from '../../shared/protocol/plain-error.ts';
import type { SessionOptions } from '../../shared/protocol/session-options.ts';
import type { WorkerMessage, WorkerReply } from './worker-messages.ts';

type Call = (message: WorkerMessage) => WorkerReply;

/** Requests that the worker has begun, to be asked for. */
export interface JobHandle {
  readonly job: number;
  /** Which worker has them; a later one does not. */
  readonly call: Call;
}

type ProgressListener = (progress: Progress) => void;
type Body = WorkerMessage extends infer M ? (M extends unknown ? Omit<M, 'freed'> : never) : never;

// The worker answers at the latest after a slice, so that progress is told and a dead worker noticed in between.
const POLL_INTERVAL = 500;
const PROGRESS_POLL_INTERVAL = 100;
// How long one wait for the worker may take; it is asked again after.
const MAX_WAIT = 1000;
// Waits without any answer, after which it is held to be stuck. A worker that has yet to load is given longer.
const MAX_UNANSWERED = 5;
const MAX_UNANSWERED_AT_START = 15;

/** One worker thread for all blocking clients of a thread, made anew when it dies. */
export class WorkerClient {
  #call: Call | undefined;
  #worker: Worker | undefined;
  #answered = false;
  #jobs = 0;
  #sessions = 0;
  #freed: number[] = [];
  readonly #clients = new FinalizationRegistry<number>((session) => this.#freed.push(session));

  /** The bridge of this thread, shared by the copies of this package that are loaded in it. */
  static get(): WorkerClient {
    const place = Symbol.for(`mixcloud-client:bridge:${VERSION}`);
    const shared = globalThis as { [key: symbol]: WorkerClient | undefined };
    shared[place] ??= new WorkerClient();
    return shared[place];
  }

  /** Gives a client a session, which ends when the client is collected, and lets the worker boot. */
  open(client: object): number {
    this.#sessions += 1;
    this.#clients.register(client, this.#sessions);
    this.#boot();
    return this.#sessions;
  }

  /** Performs a step and waits for it. */
  sendAll(
    session: number,
    settings: SessionOptions,
    batch: Batch,
    onProgress?: ProgressListener,
  ): readonly ApiResult[] {
    const wait = onProgress ? PROGRESS_POLL_INTERVAL : POLL_INTERVAL;
    const { handle, response } = this.#start(session, settings, batch, wait);
    return this.#finish(handle, response, onProgress);
  }

  /** Begins a step without waiting for it. */
  start(session: number, settings: SessionOptions, batch: Batch): JobHandle {
    return this.#start(session, settings, batch, 0).handle;
  }

  /** Waits for a step that was begun. */
  finish(handle: JobHandle): readonly ApiResult[] {
    return this.#finish(
      handle,
      this.#ask(handle.call, { type: 'poll', job: handle.job, wait: POLL_INTERVAL }),
      undefined,
    );
  }

  /** Gives up a step that was begun. */
  drop(handle: JobHandle): void {
    if (handle.call === this.#call) this.#tell(handle.call, { type: 'drop', job: handle.job });
  }

  /** Ends a session. */
  close(session: number): void {
    if (this.#call) this.#tell(this.#call, { type: 'close', session });
  }

  /** Has something ended. If the worker is dead, that has ended with it, and there is nothing to report. */
  #tell(call: Call, body: Body): void {
    try {
      this.#ask(call, body);
    } catch (error) {
      if (!(error instanceof MixcloudWorkerError)) throw error;
    }
  }

  #start(
    session: number,
    settings: SessionOptions,
    batch: Batch,
    wait: number,
  ): { handle: JobHandle; response: WorkerReply } {
    const call = this.#boot();
    this.#jobs += 1;
    const handle: JobHandle = { job: this.#jobs, call };
    return { handle, response: this.#ask(call, { type: 'start', job: handle.job, session, settings, batch, wait }) };
  }

  #finish(handle: JobHandle, first: WorkerReply, onProgress: ProgressListener | undefined): readonly ApiResult[] {
    let response = first;
    let told: Progress | null = null;
    for (;;) {
      if (response.type === 'fault') throw workerError(fromPlainError(response.fault));
      const { progress, results } = response;
      if (onProgress && progress && progress.sent !== told?.sent) {
        told = progress;
        try {
          onProgress(progress);
        } catch (error) {
          if (results === null) this.drop(handle);
          throw error;
        }
      }
      if (results !== null) return results;
      const wait = onProgress ? PROGRESS_POLL_INTERVAL : POLL_INTERVAL;
      response = this.#ask(handle.call, { type: 'poll', job: handle.job, wait });
    }
  }

  /** One crossing, repeated while no answer comes; a worker that does not answer at all is given up. */
  #ask(call: Call, body: Body): WorkerReply {
    // What a worker knew is gone with it.
    if (call !== this.#call) throw workerError(new Error('The worker was replaced in the meantime'));
    let message = { ...body, freed: this.#freed } as WorkerMessage;
    this.#freed = [];
    for (let misses = 1; ; misses += 1) {
      try {
        const response = call(message);
        this.#answered = true;
        return response;
      } catch (error) {
        const most = this.#answered ? MAX_UNANSWERED : MAX_UNANSWERED_AT_START;
        if (!isWaitTimeout(error) || misses >= most) {
          this.#giveUp();
          throw workerError(isWaitTimeout(error) ? new Error(`No answer for ${misses} seconds`) : error);
        }
        // Messages keep their order: the worker has the first one, or will have it before this one.
        if (body.type === 'start') message = { type: 'poll', job: body.job, wait: body.wait, freed: [] };
      }
    }
  }

  #boot(): Call {
    if (this.#call) return this.#call;
    // Here, not at the top: it reads the environment, takes 15 ms to load, and only a client needs it.
    const { startWorkerThread } = createRequire(here())('synckit') as typeof import('synckit');
    const path = join(dirname(here()), 'worker.cjs');
    this.#answered = false;
    const create = () =>
      startWorkerThread<(message: WorkerMessage) => Promise<WorkerReply>>(path, {
        timeout: MAX_WAIT,
        // The worker needs none of the flags of the caller's process; NODE_OPTIONS hold for it as they are.
        execArgv: [],
        globalShims: false,
      });
    const call = this.#capture(() => withoutWarning(create));
    this.#call = call;
    return call;
  }

  /**
   * Keeps hold of the worker, which synckit does not give out, so that one that is stuck can be stopped, and one that
   * ended is not asked. Node.js tells of it in the next tick, between these two: in a script that never yields, a stuck
   * worker is left to the script's end.
   */
  #capture<T>(create: () => T): T {
    const listen = (worker: Worker) => {
      // Unheard, the error of a worker that ends for want of memory would end the process of the caller.
      worker.on('error', () => {});
      worker.once('exit', () => {
        if (this.#worker === worker) this.#giveUp();
      });
      if (this.#call === created) this.#worker = worker;
      else void worker.terminate();
    };
    process.nextTick(() => process.on('worker', listen));
    const created = create();
    process.nextTick(() => process.off('worker', listen));
    return created;
  }

  #giveUp(): void {
    this.#call = undefined;
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/**
 * The path of this file. Only CommonJS has no `import.meta.url`; `__filename` cannot tell the two apart, since a console and
 * `node --eval` define it for every module.
 */
function here(): string {
  const { url } = import.meta as { url?: string };
  return url === undefined ? __filename : fileURLToPath(url);
}

/**
 * Keeps back a warning of synckit's. Some of the flags that NODE_OPTIONS may hold cannot be given to a worker again, which
 * synckit tells on the standard error; all that it changes is that a hook which ends the worker is noticed later.
 */
function withoutWarning<T>(create: () => T): T {
  const { emitWarning } = process;
  const filter = (...input: unknown[]) => {
    const isSynckits = (input[1] as { code?: unknown } | undefined)?.code === 'SYNCKIT_GUARD_ORDERING';
    if (!isSynckits) Reflect.apply(emitWarning, process, input);
  };
  process.emitWarning = filter as typeof emitWarning;
  try {
    return create();
  } finally {
    process.emitWarning = emitWarning;
  }
}

// synckit's words for a wait that took too long; they must reach nobody.
function isWaitTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Atomics.wait') && error.message.includes('timed-out');
}

function workerError(cause: unknown): MixcloudWorkerError {
  const reason = cause instanceof Error ? cause.message : describe(cause);
  return new MixcloudWorkerError(
    `The worker thread that makes the requests failed: ${reason}. Whether the request was carried out is not known.`,
    { cause },
  );
}
