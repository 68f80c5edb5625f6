import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { getModulePath } from '../../sync/worker/synckit.ts';
import type { ThreadCall, ThreadData, ThreadReply } from './messages.ts';

/** A blocked caller wakes at least this often, in milliseconds. */
const WAKE_INTERVAL = 1000;

/** Time without a reply after which a blocked caller gives up, in milliseconds. Starting on a busy machine takes the longest. */
const MAX_WAIT = 30_000;

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread that an emulator runs in, and the two ways to wait for it: a promise, and blocking. It keeps the process alive only
 * while a promise is pending.
 */
export class EmulatorThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal = new Int32Array(new SharedArrayBuffer(8));
  readonly #pending = new Map<number, PendingCall>();
  #calls = 0;
  #isListening = false;
  #failure: Error | undefined;
  #ended = false;

  constructor() {
    const path = join(dirname(getModulePath()), 'emulator.cjs');
    if (!existsSync(path)) {
      throw new Error(`mixcloud-client/testing must not be bundled: there is no ${path}. Mark the package as external`);
    }
    const { port1, port2 } = new MessageChannel();
    const workerData: ThreadData = { port: port2, signal: this.#signal };
    // The flags of the process are not meant for the thread. NODE_OPTIONS apply to it without this.
    this.#worker = new Worker(path, { workerData, transferList: [port2], execArgv: [] });
    this.#port = port1;
    // Without a listener, an error of the thread would end the process.
    this.#worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
    this.#worker.on('exit', () => this.#handleEnd());
    this.#worker.unref();
    this.#port.unref();
  }

  /** Calls a method and returns a promise of its result. */
  call(method: string, argument?: unknown, server?: number): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#endError());
    const message = this.#message(method, argument, server);
    return new Promise((resolve, reject) => {
      // First, because it throws for what cannot be cloned, and then there is no reply to wait for.
      this.#port.postMessage(message);
      this.#pending.set(message.id, { resolve, reject });
      this.#listen();
      this.#updateRef();
    });
  }

  /** Calls a method and blocks until its result is there. */
  callBlocking(method: string, argument?: unknown, server?: number): unknown {
    if (this.#ended) throw this.#endError();
    const message = this.#message(method, argument, server);
    this.#port.postMessage(message);
    for (let waited = 0; waited < MAX_WAIT; ) {
      const seen = Atomics.load(this.#signal, 0);
      const received = receiveMessageOnPort(this.#port) as { readonly message: ThreadReply } | undefined;
      if (received?.message.id === message.id) return unwrap(received.message);
      // A late reply to a call that was given up.
      if (received) continue;
      if (Atomics.load(this.#signal, 1) === 1) throw this.#endError();
      const start = performance.now();
      Atomics.wait(this.#signal, 0, seen, WAKE_INTERVAL);
      waited += performance.now() - start;
    }
    throw new Error(`The emulator did not respond to ${method} within ${MAX_WAIT / 1000} seconds`);
  }

  /** Keeps the process alive until the thread ends, and then calls the listener. */
  keepAlive(onEnd: () => void): void {
    this.#worker.ref();
    this.#worker.once('exit', onEnd);
  }

  /** Ends the thread. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#port.close();
    await this.#worker.terminate();
  }

  #message(method: string, argument: unknown, server: number | undefined): ThreadCall {
    this.#calls += 1;
    return { id: this.#calls, method, argument, ...(server === undefined ? {} : { server }) };
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#port.on('message', (reply: ThreadReply) => {
      const call = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      this.#updateRef();
      try {
        call?.resolve(unwrap(reply));
      } catch (error) {
        call?.reject(error as Error);
      }
    });
  }

  #updateRef(): void {
    if (this.#pending.size > 0) this.#port.ref();
    else this.#port.unref();
  }

  #handleEnd(): void {
    this.#ended = true;
    for (const { reject } of this.#pending.values()) reject(this.#endError());
    this.#pending.clear();
    this.#port.close();
  }

  #endError(): Error {
    if (!this.#failure) return new Error('The emulator was stopped');
    return new Error(`The emulator's thread failed: ${this.#failure.message}`, { cause: this.#failure });
  }
}

const ERRORS: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError };

function unwrap(reply: ThreadReply): unknown {
  if (reply.type === 'result') return reply.value;
  const ErrorClass = ERRORS[reply.name] ?? Error;
  const error = new ErrorClass(reply.message);
  throw reply.code === undefined ? error : Object.assign(error, { code: reply.code });
}
