/** Reports the events of one request. A request without a listener has no trace. */
import { getBuiltin } from '../../shared/base/builtin.ts';
import { redact } from '../../shared/base/secret.ts';
import type { PlainEvent } from '../../shared/protocol/events.ts';
import { redactFailure } from '../../shared/protocol/failure.ts';
import type { ApiRequest, Failure } from '../../shared/protocol/messages.ts';
import { getHeader, type RawResponse } from './response-collector.ts';

// A process may hold several copies of this module, in its threads and in its formats.
let prefix: string | undefined;
let count = 0;

function createId(): string {
  prefix ??= getBuiltin('node:crypto').randomBytes(4).toString('hex');
  count += 1;
  return `${prefix}-${count}`;
}

/** What happens to one request, with its retries and redirects. Its events hold no secrets. */
export class Trace {
  readonly #id = createId();
  readonly #request: ApiRequest;
  readonly #onEvent: (event: PlainEvent) => void;
  #attempt = 0;
  #url: string;
  #sentAt = 0;
  #sent = false;
  #reported: Failure | undefined;

  constructor(request: ApiRequest, onEvent: (event: PlainEvent) => void) {
    this.#request = request;
    this.#onEvent = onEvent;
    this.#url = request.url;
  }

  startAttempt(): void {
    this.#attempt += 1;
    this.#url = this.#request.url;
  }

  /** Reports that a request is sent, to `url` without the secrets that are added to it. */
  send(url: string): void {
    this.#url = this.#cleanUrl(url);
    this.#sentAt = performance.now();
    this.#onEvent({ type: 'request', ...this.#base });
  }

  /** Notes that bytes may have been sent, in this attempt or an earlier one. */
  noteSent(): void {
    this.#sent = true;
  }

  receive(response: RawResponse): void {
    const elapsed = performance.now() - this.#sentAt;
    const { status, body } = response;
    this.#onEvent({
      type: 'response',
      ...this.#base,
      status,
      headers: this.#cleanHeaders(response),
      bytes: body.length,
      elapsed,
    });
  }

  wait(type: 'retry' | 'rate-limit', wait: number): void {
    this.#onEvent({ type, ...this.#base, wait });
  }

  /** Reports a failure once. A mistake of the caller is none: nothing was sent. */
  fail(failure: Failure): void {
    if (failure === this.#reported || failure.kind === 'misuse' || failure.kind === 'range') return;
    this.#reported = failure;
    const clean = redactFailure({ ...failure, sent: this.#sent }, this.#request.secrets);
    const { timeout } = this.#request;
    this.#onEvent({ type: 'failure', ...this.#base, timeout, failure: clean });
  }

  get #base() {
    const { method } = this.#request;
    return { id: this.#id, attempt: Math.max(1, this.#attempt), method, url: this.#url };
  }

  #cleanUrl(text: string): string {
    const { secrets, url: known } = this.#request;
    if (text === known) return text;
    // A redirect repeats the query of the request, with its secrets.
    const url = new URL(text);
    for (const name of Object.keys(secrets)) url.searchParams.delete(name);
    return redact(url.href, secrets);
  }

  #cleanHeaders(response: RawResponse): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const name of Object.keys(response.headers)) {
      // A cookie may stand for the access token.
      const value = name === 'set-cookie' ? '[redacted]' : (getHeader(response, name) ?? '');
      headers[name] = redact(value, this.#request.secrets);
    }
    return headers;
  }
}
