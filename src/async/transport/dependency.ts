/** Dependencies that are loaded when the first request needs them. */
import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { findFileLimitFailure } from './file-limit.ts';

/** A dependency could not be loaded. No server and no network has part in it, and no request was sent. */
export class DependencyError extends Error {
  readonly #failure: Failure | undefined;

  /** `failure` is what the request is told, if it is not that the dependency could not be loaded. */
  constructor(name: string, cause: unknown, failure?: Failure) {
    const reason = toPlainError(cause).message;
    super(`mixcloud-client could not load its dependency '${name}', so nothing was sent: ${reason}`, { cause });
    this.#failure = failure;
  }

  toFailure(): Failure {
    return (
      this.#failure ?? {
        type: 'failure',
        kind: 'dependency',
        message: this.message,
        cause: toPlainError(this.cause),
      }
    );
  }
}

const loaded = new Map<string, unknown>();

/**
 * Loads a dependency, once.
 *
 * @throws {@link DependencyError}
 */
export async function loadDependency<T>(name: string, load: () => Promise<T>): Promise<T> {
  if (!loaded.has(name)) {
    // Checked before: if Node.js cannot open a file, it takes the module for missing until the process ends.
    const limit = await findFileLimitFailure();
    if (limit) throw new DependencyError(name, limit.message, limit);
    try {
      loaded.set(name, await load());
    } catch (error) {
      throw new DependencyError(name, error);
    }
  }
  return loaded.get(name) as T;
}
