import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Counts, Order, Recorded, ServerOptions } from './protocol.ts';

/** The server of the benchmark, in a process of its own: one on the caller's thread could not answer while it waits. */
export class ServerHandle {
  readonly origin: string;
  readonly #child: ChildProcess;

  private constructor(origin: string, child: ChildProcess) {
    this.origin = origin;
    this.#child = child;
  }

  static async start(recorded: readonly Recorded[], options: ServerOptions = {}): Promise<ServerHandle> {
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [JSON.stringify(options)], {
      execArgv: ['--import', loader],
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [origin] = (await once(child, 'message')) as [string];
    const handle = new ServerHandle(origin, child);
    await handle.#order({ do: 'load', recorded });
    return handle;
  }

  counts(): Promise<Counts> {
    return this.#order({ do: 'count' });
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  async #order(order: Order): Promise<Counts> {
    const answer = once(this.#child, 'message');
    this.#child.send(order);
    return ((await answer) as [Counts])[0];
  }
}
