/** Starts the worker thread of blocking clients, and says why it cannot. */
import { describeAccessDenied } from '../../shared/base/access-denied.ts';
import { describe } from '../../shared/base/argument.ts';
import { getBuiltin } from '../../shared/base/builtin.ts';
import { describeFileLimit } from '../../shared/base/file-limit.ts';
import { isError } from '../../shared/base/kind.ts';
import { MixcloudConnectionError, MixcloudWorkerError } from '../../shared/protocol/errors.ts';
import type { SentText } from './shared-text.ts';
import { type SyncWorker, startWorker } from './synckit.ts';
import { findWorkerFile } from './worker-file.ts';
import type { WorkerMessage, WorkerReply } from './worker-messages.ts';

export type ApiWorker = SyncWorker<WorkerMessage, WorkerReply<SentText>>;

// Milliseconds that the calling thread waits for one reply.
const MAX_WAIT = 1000;

// The files that a thread of Node.js needs to start: of its event loop, and one to read its program.
const FILES_OF_THREAD = 8;

// The README has the line of configuration for each bundler.
const NOT_FOUND = [
  'where this program runs there is neither its file nor an installed mixcloud-client of this version.',
  "A bundle or a single executable cannot contain it: keep 'mixcloud-client/sync' external,",
  'and install mixcloud-client beside the program. Under --permission, --allow-fs-read must include it.',
].join(' ');

/** Starts the worker. `onExit` is called when it has ended, for whatever reason. */
export function startApiWorker(onExit: () => void): ApiWorker {
  const path = findWorkerFile();
  const limit = path === undefined ? findFileLimitError() : undefined;
  if (limit) throw limit;
  if (path === undefined)
    throw new MixcloudWorkerError(`The worker of the blocking client was not found: ${NOT_FOUND}`, { sent: false });
  try {
    return startWorker(path, { timeout: MAX_WAIT, onExit });
  } catch (cause) {
    throw findFileLimitError() ?? toStartError(cause);
  }
}

/** Returns the error of a worker that did not start. Nothing was sent. */
export function toStartError(cause: unknown): MixcloudWorkerError {
  const reason = describeAccessDenied(cause) ?? describeThrown(cause);
  const message = `The worker of the blocking client could not start: ${reason}`;
  return new MixcloudWorkerError(message, { cause, sent: false });
}

/** Returns the error of a worker that died or stopped responding. */
export function toWorkerError(cause: unknown): MixcloudWorkerError {
  return new MixcloudWorkerError(
    `The worker thread that makes the requests failed: ${describeThrown(cause)}. Whether the request was carried out is not known.`,
    { cause },
  );
}

/** Returns the error of a process that cannot open enough files for a thread, or `undefined` if it can. */
export function findFileLimitError(): MixcloudConnectionError | undefined {
  const { openSync, closeSync } = getBuiltin('node:fs');
  const { devNull } = getBuiltin('node:os');
  const files: number[] = [];
  try {
    while (files.length < FILES_OF_THREAD) files.push(openSync(devNull, 'r'));
    return undefined;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = describeFileLimit({ code });
    return message === undefined ? undefined : new MixcloudConnectionError(message, { code, cause, sent: false });
  } finally {
    for (const file of files) closeSync(file);
  }
}

function describeThrown(thrown: unknown): string {
  return isError(thrown) ? thrown.message : describe(thrown);
}
