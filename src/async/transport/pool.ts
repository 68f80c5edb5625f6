/** Pools of connections. */
import type { Agent, Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici';
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';
import { loadDependency } from './dependency.ts';

// Enough for any sensible `concurrency`. More would look like an attack to the server.
const MAX_CONNECTIONS = 32;

const OPTIONS = { connections: MAX_CONNECTIONS };

/** Opens a pool. undici is loaded here, by the first request, and not when this module is imported. */
export async function openPool(proxy: ProxyRoute | null): Promise<Dispatcher> {
  if (proxy === null) {
    const Agent = await loadAgent();
    return new Agent(OPTIONS);
  }
  if (proxy.by === 'url') {
    const ProxyAgent = await loadProxyAgent();
    return new ProxyAgent({ uri: proxy.url, ...OPTIONS });
  }
  const EnvHttpProxyAgent = await loadEnvHttpProxyAgent();
  return new EnvHttpProxyAgent({
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    noProxy: proxy.except,
    ...OPTIONS,
  });
}

// Each class is loaded by its own file: loading all of undici takes several times as long, and Bun replaces the module
// 'undici' by one whose classes send nothing. The inner paths are not part of undici's public API, so the public entry is
// the fallback. All paths are literal, for bundlers and tracers.

export function loadAgent(): Promise<typeof Agent> {
  return loadClass(
    async () => (await import('undici/lib/dispatcher/agent.js')).default,
    async () => (await import('undici')).Agent,
  );
}

function loadProxyAgent(): Promise<typeof ProxyAgent> {
  return loadClass(
    async () => {
      await addConnect();
      return (await import('undici/lib/dispatcher/proxy-agent.js')).default;
    },
    async () => (await import('undici')).ProxyAgent,
  );
}

function loadEnvHttpProxyAgent(): Promise<typeof EnvHttpProxyAgent> {
  return loadClass(
    async () => {
      await addConnect();
      return (await import('undici/lib/dispatcher/env-http-proxy-agent.js')).default;
    },
    async () => (await import('undici')).EnvHttpProxyAgent,
  );
}

/** Adds the method that a proxy agent opens its tunnels with. undici's entry adds it to all dispatchers. */
async function addConnect(): Promise<void> {
  const { default: dispatcher } = await import('undici/lib/dispatcher/dispatcher.js');
  const { default: connect } = await import('undici/lib/api/api-connect.js');
  if (!('connect' in dispatcher.prototype)) Object.assign(dispatcher.prototype, { connect });
}

function loadClass<T>(load: () => Promise<T>, loadEntry: () => Promise<T>): Promise<T> {
  return loadDependency('undici', () => {
    checkRuntime();
    return load().catch(loadEntry);
  });
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
