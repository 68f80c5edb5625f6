/**
 * Everything that depends on synckit's internals, or on how Node.js starts a worker. Seen in synckit 0.12.3, on Node.js
 * 20.18 to 26. `test/sync/synckit.test.ts` fails if one of them changes:
 *
 * - synckit does not expose its `Worker`. It takes the class from the module object of `node:worker_threads` when it makes one.
 * - synckit warns with the code `SYNCKIT_GUARD_ORDERING` if flags in NODE_OPTIONS cannot be passed to a worker again.
 * - A wait that times out throws `Internal error: Atomics.wait() failed: timed-out`. The worker stays usable.
 * - synckit reads the environment when it is loaded, and takes 15 ms, so it is loaded when the first worker starts.
 *
 * This file imports Node.js and synckit only, and knows nothing of the messages. Node.js's `module` is imported as a
 * namespace: in a bundle, a named `createRequire` clashes with that of a banner, and webpack replaces it by `undefined`.
 */
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { isError } from '../../shared/base/kind.ts';

/** A worker thread that is called synchronously. */
export interface SyncWorker<Input, Output> {
  /**
   * Sends a message and blocks until the worker has replied.
   *
   * @throws {@link NoReplyError} when no reply came within the timeout, {@link NotCloneableError} when the message cannot be
   *   sent, or the error that ended the worker.
   */
  call(input: Input): Output;
  /** Ends the thread, whatever it does. */
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

/**
 * Starts the worker of a file that calls synckit's `runAsWorker`. The thread does not keep the process alive. synckit is
 * loaded from where the file loads it, which a bundle of this code may not be able to do.
 */
export function startWorker<Input, Output>(
  path: string,
  { timeout, onExit }: SyncWorkerOptions,
): SyncWorker<Input, Output> {
  const require = nodeModule.createRequire(path);
  const { startWorkerThread } = require('synckit') as typeof import('synckit');
  const start = () =>
    startWorkerThread<(input: Input) => Promise<Output>>(path, {
      timeout,
      // The flags of the process are not meant for the worker. NODE_OPTIONS apply to it without this.
      execArgv: [],
      globalShims: false,
    });
  const { result: call, thread } = captureThread(require, () => withoutGuardWarning(start));
  // A worker that runs out of memory emits an error, which would end the process if nothing listened.
  thread?.on('error', () => {});
  thread?.once('exit', onExit);
  return {
    call(input) {
      try {
        return call(input);
      } catch (error) {
        if ((error as { name?: unknown })?.name === 'DataCloneError') throw new NotCloneableError(String(error));
        if (isWaitTimeout(error)) throw new NoReplyError(`No reply within ${timeout} ms`);
        throw error;
      }
    },
    terminate() {
      void thread?.terminate();
    },
  };
}

/** The path of the file that this module is in. The build gives `import.meta.url` a meaning in CommonJS. */
export function getModulePath(): string {
  return fileURLToPath(import.meta.url);
}

/**
 * Calls `start`, and returns the worker that it creates: for that moment a proxy stands for the class. The `worker` event of
 * the process would come a tick later, which a script that never returns to the event loop does not see, and never
 * under Jest, where `process` is a copy.
 */
function captureThread<T>(require: NodeJS.Require, start: () => T): { result: T; thread: Worker | undefined } {
  const threads = require('node:worker_threads') as { Worker: typeof Worker };
  const original = threads.Worker;
  let thread: Worker | undefined;
  threads.Worker = new Proxy(original, {
    construct(target, args) {
      thread = Reflect.construct(target, args) as Worker;
      return thread;
    },
  });
  try {
    return { result: start(), thread };
  } finally {
    threads.Worker = original;
  }
}

/** Suppresses synckit's warning. All that it tells is that the end of a worker in a hook is noticed later. */
function withoutGuardWarning<T>(create: () => T): T {
  const { emitWarning } = process;
  const filter = (...args: unknown[]) => {
    const { code } = (args[1] ?? {}) as { code?: unknown };
    if (code !== 'SYNCKIT_GUARD_ORDERING') Reflect.apply(emitWarning, process, args);
  };
  process.emitWarning = filter as typeof emitWarning;
  try {
    return create();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function isWaitTimeout(error: unknown): boolean {
  return isError(error) && /Atomics\.wait.*timed-out/.test(error.message);
}
