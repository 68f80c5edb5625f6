import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a rogue server answers; `{token}` stands for the token that it was sent. */
export interface RogueAnswer {
  readonly status?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** So many bytes, each in a chunk of its own, in place of the rest. */
  readonly dribbled?: number;
}

/** A server without any manners, for what the emulator's faults do not say. */
export class Rogue {
  readonly #worker: Worker;
  readonly origin: string;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.origin = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<Rogue> {
    const worker = new Worker(new URL('scripts/rogue.mjs', import.meta.url));
    const [port] = await once(worker, 'message');
    return new Rogue(worker, port as number);
  }

  /** What it answers from now on. */
  async responses({ status = '200 OK', headers = [], body = '', dribbled }: RogueAnswer): Promise<void> {
    const head = [`HTTP/1.1 ${status}`, ...headers].join('\r\n');
    this.#worker.postMessage({ head, body, dribbled });
    await once(this.#worker, 'message');
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
