import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/**
 * A server that answers when `together` requests are under way, or the last of `total` has come: however slow the machine
 * is, they are all there.
 */
export class GatheringServer {
  readonly #worker: Worker;
  readonly origin: string;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.origin = `http://127.0.0.1:${port}`;
  }

  static async start(together: number, total: number): Promise<GatheringServer> {
    const worker = new Worker(new URL('scripts/gathering.mjs', import.meta.url), { workerData: { together, total } });
    onTestFinished(() => void worker.terminate());
    const [port] = await once(worker, 'message');
    return new GatheringServer(worker, port as number);
  }

  /** The largest number of requests that were under way at once. */
  async most(): Promise<number> {
    this.#worker.postMessage('most');
    const [most] = await once(this.#worker, 'message');
    return most as number;
  }
}
