import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyRecord, RequestBody } from './body.ts';

/** Old entries go first: a benchmark that forgets to turn the log off must not fill memory. */
const CAPACITY = 20_000;

/** One request, and what became of it. */
export interface LogEntry {
  readonly id: number;
  /** Milliseconds since the server began. */
  readonly at: number;
  /** Number of its connection. */
  readonly connection: number;
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: BodyRecord;
  /** Whether the whole body arrived. */
  readonly completed: boolean;
  /** Whether the connection closed before the body or the response was whole. */
  readonly aborted: boolean;
  /** Status of the response, or `null` while there is none and when a fault kept it back. */
  readonly status: number | null;
}

interface Entry {
  readonly id: number;
  readonly at: number;
  readonly connection: number;
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  readonly body: RequestBody;
  // Kept until it closes.
  response: ServerResponse | undefined;
  aborted: boolean;
  status: number | null;
}

/** The requests that a server received, oldest first. */
export class RequestLog {
  readonly #start = performance.now();
  #entries: Entry[] = [];
  #count = 0;

  add(request: IncomingMessage, response: ServerResponse, body: RequestBody, connection: number): void {
    this.#count += 1;
    const { method, url, headers } = request;
    const entry: Entry = {
      id: this.#count,
      at: performance.now() - this.#start,
      connection,
      request: { method, url, headers },
      body,
      response,
      aborted: false,
      status: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#entries = this.#entries.slice(CAPACITY / 2);
    response.on('close', () => {
      entry.aborted = !response.writableFinished || !body.completed;
      entry.status = response.headersSent ? response.statusCode : null;
      entry.response = undefined;
    });
  }

  clear(): void {
    this.#entries = [];
  }

  entries(): LogEntry[] {
    return this.#entries.map(({ id, at, connection, request, body, response, aborted, status }) => ({
      id,
      at,
      connection,
      method: request.method ?? '',
      url: request.url ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? ''])),
      body: body.record(),
      completed: body.completed,
      aborted,
      // A client may ask for the log before the server has noticed that the response is out.
      status: response?.headersSent ? response.statusCode : status,
    }));
  }
}
