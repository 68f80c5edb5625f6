/** Where connections come from. */
import type { Dispatcher } from 'undici';
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';

// As many as any sensible `concurrency`; more would look like an attack to the server.
const MAX_CONNECTIONS = 32;

const OPTIONS = { connections: MAX_CONNECTIONS };

/** A pool of connections, with nothing loaded before it is wanted. */
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
 * All of undici takes several times as long to load as its `Agent` alone. The inner path is not a promise of undici's,
 * so the public entry stands behind it.
 */
export async function loadAgent(): Promise<AgentClass> {
  try {
    return (await import('undici/lib/dispatcher/agent.js')).default as AgentClass;
  } catch {
    return (await import('undici')).Agent;
  }
}
