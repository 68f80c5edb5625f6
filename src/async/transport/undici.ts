/** Loads undici. */
import type { Agent, buildConnector, Client, Pool } from 'undici';

/** The parts of undici that are used. */
export interface Undici {
  readonly Agent: typeof Agent;
  readonly Pool: typeof Pool;
  readonly Client: typeof Client;
  readonly buildConnector: typeof buildConnector;
}

/**
 * Loads four classes of undici alone, since loading all of undici takes several times as long. The inner paths are not
 * part of undici's public API, so the public entry is the fallback. Called by the first request, not at import.
 */
export async function loadUndici(): Promise<Undici> {
  try {
    const [agent, pool, client, connect] = await Promise.all([
      import('undici/lib/dispatcher/agent.js'),
      import('undici/lib/dispatcher/pool.js'),
      import('undici/lib/dispatcher/client.js'),
      import('undici/lib/core/connect.js'),
    ]);
    return { Agent: agent.default, Pool: pool.default, Client: client.default, buildConnector: connect.default };
  } catch {
    return import('undici');
  }
}
