import { getBuiltin } from '../../shared/base/builtin.ts';
import type { Secrets } from '../../shared/base/secret.ts';
import { RateLimitGate } from './rate-limit-gate.ts';

// Limits of users who have made no request since. More are forgotten, the oldest first.
const MAX_UNUSED = 1000;

interface Entry {
  readonly gate: RateLimitGate;
  users: number;
}

/**
 * The gates of a session, one for each access token: the API limits each user. A gate is kept while requests use it, and
 * while its limit lasts. Tokens are kept as hashes.
 */
export class RateLimitGates {
  readonly #entries = new Map<string, Entry>();

  /** Number of gates that are kept. */
  get size(): number {
    return this.#entries.size;
  }

  /** Calls `send` with the gate of the token among the secrets of a request. */
  async use<T>({ access_token: token }: Secrets, send: (gate: RateLimitGate) => Promise<T>): Promise<T> {
    const key =
      token === undefined ? '' : getBuiltin('node:crypto').createHash('sha256').update(token).digest('base64');
    const entry = this.#entries.get(key) ?? { gate: new RateLimitGate(), users: 0 };
    // Set again, so that the oldest ones come first.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users += 1;
    try {
      return await send(entry.gate);
    } finally {
      entry.users -= 1;
      if (entry.users === 0 && entry.gate.idle) this.#entries.delete(key);
      if (this.#entries.size > MAX_UNUSED) this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    for (const [key, { users }] of this.#entries) {
      if (this.#entries.size <= MAX_UNUSED) return;
      if (users === 0) this.#entries.delete(key);
    }
  }
}
