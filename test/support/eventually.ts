import { vi } from 'vitest';

/** Waits until a check passes. It has the time that a busy machine may take, and not the second of `vi.waitFor`. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 });
}
