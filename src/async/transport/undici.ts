/** Loads undici. */
import type { buildConnector, Client, Pool } from 'undici';
import { loadDependency } from './dependency.ts';

/** The parts of undici that are used. */
export interface Undici {
  readonly Pool: typeof Pool;
  readonly Client: typeof Client;
  readonly buildConnector: typeof buildConnector;
}

/**
 * Loads the parts of undici by their own files: loading all of undici takes several times as long, and Bun replaces the
 * module 'undici' by one whose classes send nothing. The inner paths are not part of undici's public API, so the public
 * entry is the fallback. All paths are literal, for bundlers and tracers. Called by the first request, not at import.
 */
export function loadUndici(): Promise<Undici> {
  return loadDependency('undici', () => {
    checkRuntime();
    return loadInner().catch(() => import('undici'));
  });
}

async function loadInner(): Promise<Undici> {
  const [pool, client, connect] = await Promise.all([
    import('undici/lib/dispatcher/pool.js'),
    import('undici/lib/dispatcher/client.js'),
    import('undici/lib/core/connect.js'),
  ]);
  return { Pool: pool.default, Client: client.default, buildConnector: connect.default };
}

/** Checks what undici needs, and fails halfway without: WebAssembly, and timers that are objects. */
function checkRuntime(): void {
  if (!('WebAssembly' in globalThis)) throw new Error('it needs WebAssembly; start Node.js without --jitless');
  const timer: unknown = globalThis.setTimeout(() => undefined);
  clearTimeout(timer as NodeJS.Timeout);
  if (typeof timer === 'number' && 'document' in globalThis) {
    throw new Error("it needs the timers of Node.js, which a jsdom environment replaces; use the environment 'node'");
  }
}
