/** Dependencies that are loaded when the first request needs them. */
import { isError } from '../../shared/base/kind.ts';
import type { Failure } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';

/** A dependency could not be loaded. No server and no network has part in it, and no request was sent. */
export class DependencyError extends Error {
  constructor(name: string, cause: unknown) {
    const reason = isError(cause) ? cause.message : String(cause);
    super(`mixcloud-client could not load its dependency '${name}', so nothing was sent: ${reason}`, { cause });
  }

  toFailure(): Failure {
    return { type: 'failure', kind: 'dependency', message: this.message, cause: toPlainError(this.cause) };
  }
}

/**
 * Loads a dependency.
 *
 * @throws {@link DependencyError}
 */
export async function loadDependency<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new DependencyError(name, error);
  }
}
