/** The limit of open files, against which connections count too. */

import type { FileHandle } from 'node:fs/promises';
import { getBuiltin } from '../../shared/base/builtin.ts';
import { describeFileLimit } from '../../shared/base/file-limit.ts';
import type { Failure, PlainError } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';

// Loading a dependency opens several files at once.
const FILES_OF_DEPENDENCY = 8;

/** Returns the failure of a request that needed one more open file or connection, or `undefined` for any other error. */
export function fileLimitFailure(cause: PlainError): Failure | undefined {
  for (let error: PlainError | undefined = cause; error; error = error.cause) {
    const message = describeFileLimit(error);
    if (message) return { type: 'failure', kind: 'connection', code: error.code, message, cause };
  }
  return undefined;
}

/** Returns the failure of a process that cannot open the files of a dependency now, or `undefined` if it can. */
export async function findFileLimitFailure(): Promise<Failure | undefined> {
  const files: FileHandle[] = [];
  try {
    while (files.length < FILES_OF_DEPENDENCY)
      files.push(await getBuiltin('node:fs/promises').open(getBuiltin('node:os').devNull));
    return undefined;
  } catch (error) {
    return fileLimitFailure(toPlainError(error));
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}
