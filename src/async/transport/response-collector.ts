import type { Dispatcher } from 'undici';
import type { Failure } from '../../shared/protocol/messages.ts';
import { connectionFailure } from './connection-failure.ts';
import type { Settlement } from './pool.ts';

/** Largest body that is read, as it is sent and after decompression, in bytes. */
export const BODY_MAX_SIZE = 64 * 1024 * 1024;

// A server may send each byte in a chunk of its own, and a chunk takes a hundred times the memory of its byte.
const MAX_LOOSE_CHUNKS = 1024;

/** A response as it was received. */
export interface RawResponse {
  readonly type: 'response';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Value of a response header, or `null`. Several values are joined by commas. */
export function getHeader({ headers }: RawResponse, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(', ') : value) ?? null;
}

/**
 * Collects one response. undici's `request` would first wrap the body in a stream, which costs more than the rest of a
 * small request, and could only be aborted with an `AbortSignal`.
 */
export class ResponseCollector implements Dispatcher.DispatchHandler, Settlement {
  readonly #settle: (result: RawResponse | Failure) => void;
  readonly #onSent: (() => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #ended: Failure | undefined;
  #status = 0;
  #headers: RawResponse['headers'] = {};
  #chunks: Buffer[] = [];
  // Number of chunks, at the start of the list, that were joined from several.
  #joined = 0;
  #size = 0;
  #settled = false;
  #onSettled: (() => void) | undefined;

  /** `onSent` is called when the request has a connection, just before its first byte is sent. */
  constructor(settle: (result: RawResponse | Failure) => void, onSent?: () => void) {
    this.#settle = settle;
    this.#onSent = onSent;
  }

  /** Sets the function that is called when the request settles, or at once if it has settled. */
  onSettled(listener: () => void): void {
    if (this.#settled) listener();
    else this.#onSettled = listener;
  }

  /** Aborts the request, whether it waits for a connection, is being sent, or is being answered. */
  end(failure: Failure): void {
    this.#ended = failure;
    this.#finish(failure);
    this.#controller?.abort(new Error(failure.message));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended) controller.abort(new Error(this.#ended.message));
    else this.#onSent?.();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: RawResponse['headers']): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > BODY_MAX_SIZE) this.end(bodySizeFailure());
    else this.#chunks.push(chunk);
    if (this.#chunks.length - this.#joined < MAX_LOOSE_CHUNKS) return;
    this.#chunks.push(Buffer.concat(this.#chunks.splice(this.#joined)));
    this.#joined += 1;
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    this.#finish({ type: 'response', status: this.#status, headers: this.#headers, body });
  }

  // undici 6 and older call a handler's `onConnect` and `onError`, and nothing newer does. Such a dispatcher would hang, or
  // complain of the handler.

  onConnect(abort: () => void): void {
    this.onError();
    abort();
  }

  onError(): void {
    const message = 'dispatcher: made by undici 6 or older, but undici 7 or later is needed';
    this.#settle({ type: 'failure', kind: 'misuse', message });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#finish(this.#ended ?? connectionFailure(error));
  }

  /** Aborting a request makes undici report an error after its end. */
  #finish(result: RawResponse | Failure): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#settle(result);
    this.#onSettled?.();
  }
}

/** The failure of a response that is too large for memory. */
export function bodySizeFailure(): Failure {
  return {
    type: 'failure',
    kind: 'connection',
    code: 'ERR_MIXCLOUD_BODY_SIZE',
    message: `the answer is larger than ${BODY_MAX_SIZE} bytes`,
  };
}
