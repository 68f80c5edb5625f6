/** Pools of connections. */
import type { Dispatcher } from 'undici';
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';

// Enough for any sensible `concurrency`. More would look like an attack to the server.
const MAX_CONNECTIONS = 32;

const OPTIONS = { connections: MAX_CONNECTIONS };

/** Opens a pool. undici is loaded here, by the first request, and not when this module is imported. */
export async function openPool(proxy: ProxyRoute | null): Promise<Dispatcher> {
  if (proxy === null) {
    const Agent = await loadAgent();
    return new Agent(OPTIONS);
  }
  const { EnvHttpProxyAgent, ProxyAgent } = await import('undici');
  if (proxy.by === 'url') return new ProxyAgent({ uri: proxy.url, ...OPTIONS });
  return new EnvHttpProxyAgent({
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    noProxy: proxy.except,
    ...OPTIONS,
  });
}

type AgentClass = new (options: typeof OPTIONS) => Dispatcher;

/**
 * Loads undici's `Agent` alone, since loading all of undici takes several times as long. The inner path is not part of
 * undici's public API, so the public entry is the fallback.
 */
export async function loadAgent(): Promise<AgentClass> {
  try {
    return (await import('undici/lib/dispatcher/agent.js')).default as AgentClass;
  } catch {
    return (await import('undici')).Agent;
  }
}
