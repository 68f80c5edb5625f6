import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface RogueProxyCounts {
  /** Connections that were accepted. */
  readonly connections: number;
  /** Those that are open now. */
  readonly open: number;
  /** Request lines, such as `CONNECT api.example:443 HTTP/1.1`. */
  readonly requests: readonly string[];
}

/** A proxy that fails in a given way: see `scripts/rogue-proxy.mjs`. */
export class RogueProxy {
  readonly #worker: Worker;
  readonly origin: string;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.origin = `http://127.0.0.1:${port}`;
  }

  static async start(mode: string): Promise<RogueProxy> {
    const worker = new Worker(new URL('scripts/rogue-proxy.mjs', import.meta.url));
    const [{ port }] = (await once(worker, 'message')) as [{ port: number }];
    const proxy = new RogueProxy(worker, port);
    await proxy.#ask({ mode });
    return proxy;
  }

  counts(): Promise<RogueProxyCounts> {
    return this.#ask({});
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask(message: object): Promise<RogueProxyCounts> {
    this.#worker.postMessage(message);
    const [counts] = (await once(this.#worker, 'message')) as [RogueProxyCounts];
    return counts;
  }
}
