import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Started } from '../../src/testing/handles/messages.ts';
import type { ControlCall, ProxyOptions, StartedServer, WorldOptions } from './protocol.ts';
import { ForwardProxy } from './proxy.ts';
import { certificate } from './tls.ts';

/** The member of a handle that the declarations leave out: calls any method of any server of its thread. */
type InternalCall = (method: string, argument?: unknown, server?: number) => Promise<unknown>;

const PROXY_METHODS: Readonly<Record<string, (proxy: ForwardProxy, argument: ProxyOptions) => unknown>> = {
  requests: (proxy) => proxy.requests(),
  clearLog: (proxy) => proxy.clear(),
  configure: (proxy, options) => proxy.configure(options),
  connections: (proxy) => proxy.connections.counts(),
  dropConnections: (proxy) => proxy.connections.closeAll(),
  stop: (proxy) => proxy.close(),
};

/** One emulator of the built package with many worlds, and the proxies of a process. */
export class Control {
  readonly #call: InternalCall;
  readonly #proxies: ForwardProxy[] = [];

  private constructor(call: InternalCall) {
    this.#call = call;
  }

  static async start(): Promise<Control> {
    const { startEmulator } = await loadTesting();
    const emulator = await startEmulator({ world: 'empty' });
    const internal = emulator as unknown as { readonly [key: symbol]: InternalCall | undefined };
    const call = internal[Symbol.for('mixcloud-client:emulator')];
    if (!call) throw new Error('the handle has no internal member');
    return new Control(call);
  }

  async call({ target, id, method, argument }: ControlCall): Promise<unknown> {
    if (target === 'emulator') {
      if (method === 'world') return this.#startWorld((argument ?? {}) as WorldOptions);
      if (method === 'proxy') return this.#startProxy((argument ?? {}) as ProxyOptions);
      throw new Error(`the emulator has no method ${method}`);
    }
    if (target === 'world') return this.#call(method, argument, id);
    const proxy = this.#proxies[id ?? -1];
    const run = PROXY_METHODS[method];
    if (!proxy || !run) throw new Error(`there is no proxy ${id} with a method ${method}`);
    return run(proxy, (argument ?? {}) as ProxyOptions);
  }

  async #startWorld({ tls, ...options }: WorldOptions): Promise<StartedServer> {
    const secured = tls ? { ...options, tls: certificate(tls) } : options;
    const { server, url } = (await this.#call('start', secured)) as Started;
    return { id: server, origin: url };
  }

  async #startProxy(options: ProxyOptions): Promise<StartedServer> {
    const proxy = new ForwardProxy(options);
    await proxy.listen();
    return { id: this.#proxies.push(proxy) - 1, origin: proxy.origin };
  }
}

/** Loads the entry of the package in the folder that EMULATOR_PACKAGE names, or else of the built one. */
function loadTesting(): Promise<typeof import('mixcloud-client/testing')> {
  const { EMULATOR_PACKAGE: folder } = process.env;
  return folder === undefined
    ? import('mixcloud-client/testing')
    : import(pathToFileURL(join(folder, 'dist', 'testing.js')).href);
}
