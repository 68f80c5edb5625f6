/**
 * Everything that depends on synckit's internals, or on how Node.js starts a worker. Seen in synckit 0.12.3, on Node.js
 * 20.18 to 26. `test/sync/synckit.test.ts` fails if one of them changes:
 *
 * - synckit does not expose its `Worker`. Node.js emits the process's `worker` event for it in the tick after it is made.
 * - synckit warns with the code `SYNCKIT_GUARD_ORDERING` if flags in NODE_OPTIONS cannot be passed to a worker again.
 * - A wait that times out throws `Internal error: Atomics.wait() failed: timed-out`. The worker stays usable.
 * - synckit reads the environment when it is loaded, and takes 15 ms, so it is loaded when the first worker starts.
 *
 * This file imports Node.js and synckit only, and knows nothing of the messages.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';

/** A worker thread that is called synchronously. */
export interface SyncWorker<Message, Reply> {
  /**
   * Sends a message and blocks until the worker has replied.
   *
   * @throws {@link NoReplyError} when no reply came within the timeout, {@link NotCloneableError} when the message cannot be
   *   sent, or the error that ended the worker.
   */
  call(message: Message): Reply;
  /** Ends the thread, or lets it end as soon as it has started. */
  terminate(): void;
}

export interface SyncWorkerOptions {
  /** Milliseconds that one call may block. */
  readonly timeout: number;
  /** Called when the thread has ended, for whatever reason. */
  readonly onExit: () => void;
}

/** The worker did not reply within the timeout. */
export class NoReplyError extends Error {}

/** The message cannot be cloned, so it was not sent. The worker stays usable. */
export class NotCloneableError extends Error {}

/** Starts the worker of a file that calls synckit's `runAsWorker`. The thread does not keep the process alive. */
export function startWorker<Message, Reply>(
  path: string,
  { timeout, onExit }: SyncWorkerOptions,
): SyncWorker<Message, Reply> {
  const { startWorkerThread } = createRequire(getModulePath())('synckit') as typeof import('synckit');
  let thread: Worker | undefined;
  let terminated = false;
  const start = () =>
    startWorkerThread<(message: Message) => Promise<Reply>>(path, {
      timeout,
      // The flags of the process are not meant for the worker. NODE_OPTIONS apply to it without this.
      execArgv: [],
      globalShims: false,
    });
  const call = captureThread(
    () => withoutGuardWarning(start),
    (worker) => {
      thread = worker;
      // A worker that runs out of memory emits an error, which would end the process if nothing listened.
      worker.on('error', () => {});
      worker.once('exit', onExit);
      if (terminated) void worker.terminate();
    },
  );
  return {
    call(message) {
      try {
        return call(message);
      } catch (error) {
        if ((error as { name?: unknown })?.name === 'DataCloneError') throw new NotCloneableError(String(error));
        if (isWaitTimeout(error)) throw new NoReplyError(`No reply within ${timeout} ms`);
        throw error;
      }
    },
    terminate() {
      terminated = true;
      void thread?.terminate();
    },
  };
}

/**
 * The path of the file that this module is in. Only CommonJS has no `import.meta.url`. `__filename` cannot tell the two
 * apart, because the REPL and `node --eval` define it for every module.
 */
export function getModulePath(): string {
  const { url } = import.meta as { url?: string };
  return url === undefined ? __filename : fileURLToPath(url);
}

/**
 * Calls `start`, and `onThread` with the worker that it creates. The listener is added and removed by the ticks before and
 * after the one that emits the event, so it sees no other worker. In a script that never returns to the event loop, no
 * tick runs and the thread stays unknown: then it can neither be terminated nor noticed to have ended.
 */
function captureThread<T>(start: () => T, onThread: (worker: Worker) => void): T {
  process.nextTick(() => process.on('worker', onThread));
  try {
    return start();
  } finally {
    process.nextTick(() => process.off('worker', onThread));
  }
}

/** Suppresses synckit's warning. All that it tells is that the end of a worker in a hook is noticed later. */
function withoutGuardWarning<T>(create: () => T): T {
  const { emitWarning } = process;
  const filter = (...input: unknown[]) => {
    const { code } = (input[1] ?? {}) as { code?: unknown };
    if (code !== 'SYNCKIT_GUARD_ORDERING') Reflect.apply(emitWarning, process, input);
  };
  process.emitWarning = filter as typeof emitWarning;
  try {
    return create();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function isWaitTimeout(error: unknown): boolean {
  const message = String((error as { message?: unknown } | undefined)?.message);
  return message.includes('Atomics.wait') && message.includes('timed-out');
}
