/** The way from a blocking client to the worker thread. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { describe } from '../../shared/base/argument.ts';
import { VERSION } from '../../shared/base/version.ts';
import type { SessionSettings } from '../../shared/input/client-options.ts';
import { MixcloudWorkerError } from '../../shared/protocol/errors.ts';
import { reviveError } from '../../shared/protocol/failure.ts';
import type { Progress, Reply, Step } from '../../shared/protocol/messages.ts';
import type { Message, Response } from './worker-messages.ts';

type Call = (message: Message) => Response;

/** Requests that the worker has begun, to be asked for. */
export interface Ticket {
  readonly job: number;
  /** Which worker has them; a later one does not. */
  readonly call: Call;
}

type Told = (progress: Progress) => void;
type Body = Message extends infer M ? (M extends unknown ? Omit<M, 'freed'> : never) : never;

// The worker answers at the latest after a slice, so that progress is told and a dead worker noticed in between.
const SLICE = 500;
const SLICE_WITH_PROGRESS = 100;
// How long one wait for the worker may take; it is asked again after.
const LONGEST_WAIT = 1000;
// Waits without any answer, after which it is held to be stuck. A worker that has yet to load is given longer.
const MOST_MISSES = 5;
const MOST_MISSES_AT_START = 15;

/** One worker thread for all blocking clients of a thread, made anew when it dies. */
export class Bridge {
  #call: Call | undefined;
  #worker: Worker | undefined;
  #answered = false;
  #jobs = 0;
  #sessions = 0;
  #freed: number[] = [];
  readonly #clients = new FinalizationRegistry<number>((session) => this.#freed.push(session));

  /** The bridge of this thread, shared by the copies of this package that are loaded in it. */
  static get(): Bridge {
    const place = Symbol.for(`mixcloud-client:bridge:${VERSION}`);
    const shared = globalThis as { [key: symbol]: Bridge | undefined };
    shared[place] ??= new Bridge();
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
  perform(session: number, settings: SessionSettings, step: Step, onProgress?: Told): readonly Reply[] {
    const wait = onProgress ? SLICE_WITH_PROGRESS : SLICE;
    const { ticket, response } = this.#start(session, settings, step, wait);
    return this.#finish(ticket, response, onProgress);
  }

  /** Begins a step without waiting for it. */
  start(session: number, settings: SessionSettings, step: Step): Ticket {
    return this.#start(session, settings, step, 0).ticket;
  }

  /** Waits for a step that was begun. */
  finish(ticket: Ticket): readonly Reply[] {
    return this.#finish(ticket, this.#ask(ticket.call, { do: 'poll', job: ticket.job, wait: SLICE }), undefined);
  }

  /** Gives up a step that was begun. */
  drop(ticket: Ticket): void {
    if (ticket.call === this.#call) this.#tell(ticket.call, { do: 'drop', job: ticket.job });
  }

  /** Ends a session. */
  close(session: number): void {
    if (this.#call) this.#tell(this.#call, { do: 'close', session });
  }

  /** Has something ended. If the worker is dead, that has ended with it, and there is nothing to report. */
  #tell(call: Call, body: Body): void {
    try {
      this.#ask(call, body);
    } catch (error) {
      if (!(error instanceof MixcloudWorkerError)) throw error;
    }
  }

  #start(session: number, settings: SessionSettings, step: Step, wait: number): { ticket: Ticket; response: Response } {
    const call = this.#boot();
    this.#jobs += 1;
    const ticket: Ticket = { job: this.#jobs, call };
    return { ticket, response: this.#ask(call, { do: 'start', job: ticket.job, session, settings, step, wait }) };
  }

  #finish(ticket: Ticket, first: Response, onProgress: Told | undefined): readonly Reply[] {
    let response = first;
    let told: Progress | null = null;
    for (;;) {
      if (!response.ok) throw workerError(reviveError(response.fault));
      const { progress, replies } = response;
      if (onProgress && progress && progress.sent !== told?.sent) {
        told = progress;
        try {
          onProgress(progress);
        } catch (error) {
          if (replies === null) this.drop(ticket);
          throw error;
        }
      }
      if (replies !== null) return replies;
      const wait = onProgress ? SLICE_WITH_PROGRESS : SLICE;
      response = this.#ask(ticket.call, { do: 'poll', job: ticket.job, wait });
    }
  }

  /** One crossing, repeated while no answer comes; a worker that does not answer at all is given up. */
  #ask(call: Call, body: Body): Response {
    // What a worker knew is gone with it.
    if (call !== this.#call) throw workerError(new Error('The worker was replaced in the meantime'));
    let message = { ...body, freed: this.#freed } as Message;
    this.#freed = [];
    for (let misses = 1; ; misses += 1) {
      try {
        const response = call(message);
        this.#answered = true;
        return response;
      } catch (error) {
        const most = this.#answered ? MOST_MISSES : MOST_MISSES_AT_START;
        if (!isMiss(error) || misses >= most) {
          this.#giveUp();
          throw workerError(isMiss(error) ? new Error(`No answer for ${misses} seconds`) : error);
        }
        // Messages keep their order: the worker has the first one, or will have it before this one.
        if (body.do === 'start') message = { do: 'poll', job: body.job, wait: body.wait, freed: [] };
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
      startWorkerThread<(message: Message) => Promise<Response>>(path, {
        timeout: LONGEST_WAIT,
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
  const filter = (...given: unknown[]) => {
    const isSynckits = (given[1] as { code?: unknown } | undefined)?.code === 'SYNCKIT_GUARD_ORDERING';
    if (!isSynckits) Reflect.apply(emitWarning, process, given);
  };
  process.emitWarning = filter as typeof emitWarning;
  try {
    return create();
  } finally {
    process.emitWarning = emitWarning;
  }
}

// synckit's words for a wait that took too long; they must reach nobody.
function isMiss(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Atomics.wait') && error.message.includes('timed-out');
}

function workerError(cause: unknown): MixcloudWorkerError {
  const reason = cause instanceof Error ? cause.message : describe(cause);
  return new MixcloudWorkerError(
    `The worker thread that makes the requests failed: ${reason}. Whether the request was carried out is not known.`,
    { cause },
  );
}
