import type { Dispatcher } from 'undici';
import type { Failure } from '../../shared/protocol/messages.ts';
import { connectionFailure } from './connection-failure.ts';

/** Largest body that is read, as it is sent and after decompression, in bytes. */
export const BODY_MAX_SIZE = 64 * 1024 * 1024;

// A server may send each byte in a chunk of its own, which takes a hundred times its room.
const MAX_LOOSE_CHUNKS = 1024;

/** An answer as it came over the wire. */
export interface RawResponse {
  readonly type: 'response';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Collects an answer. undici's own `request` would wrap the body in a stream first, which costs more than the rest of
 * a small request, and needs a signal to be aborted.
 */
export class ResponseCollector implements Dispatcher.DispatchHandler {
  readonly #settle: (result: RawResponse | Failure) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #ended: Failure | undefined;
  #status = 0;
  #headers: RawResponse['headers'] = {};
  #chunks: Buffer[] = [];
  // How many of the chunks, at the beginning, are several in one.
  #joined = 0;
  #size = 0;

  constructor(settle: (result: RawResponse | Failure) => void) {
    this.#settle = settle;
  }

  /** Gives up: the request may wait for a connection, be on its way, or be answered halfway. */
  end(failure: Failure): void {
    this.#ended = failure;
    this.#settle(failure);
    this.#controller?.abort(new Error(failure.message));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended) controller.abort(new Error(this.#ended.message));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: RawResponse['headers']): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > BODY_MAX_SIZE) {
      this.end(bodySizeFailure());
      return;
    }
    this.#chunks.push(chunk);
    if (this.#chunks.length - this.#joined < MAX_LOOSE_CHUNKS) return;
    this.#chunks.push(Buffer.concat(this.#chunks.splice(this.#joined)));
    this.#joined += 1;
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    this.#settle({ type: 'response', status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#settle(this.#ended ?? connectionFailure(error));
  }
}

/** A body that nobody should hold in memory. */
export function bodySizeFailure(): Failure {
  return {
    type: 'failure',
    kind: 'connection',
    code: 'ERR_MIXCLOUD_BODY_SIZE',
    message: `the answer is larger than ${BODY_MAX_SIZE} bytes`,
  };
}
