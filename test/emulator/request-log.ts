import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestBody } from './body.ts';
import type { RequestLogEntry } from './protocol.ts';

/** Old entries go first: a benchmark that forgets to turn the log off must not fill memory. */
const CAPACITY = 20_000;

interface Entry {
  readonly id: number;
  readonly at: number;
  readonly connection: number;
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  readonly body: RequestBody;
  readonly progress: { aborted: boolean; status: number | null };
}

export class RequestLog {
  readonly #start = performance.now();
  #entries: Entry[] = [];
  #count = 0;

  add(request: IncomingMessage, response: ServerResponse, body: RequestBody, connection: number): void {
    this.#count += 1;
    const { method, url, headers } = request;
    const progress: Entry['progress'] = { aborted: false, status: null };
    const entry = {
      id: this.#count,
      at: performance.now() - this.#start,
      connection,
      request: { method, url, headers },
      body,
      progress,
    };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#entries = this.#entries.slice(CAPACITY / 2);
    response.on('close', () => {
      progress.aborted = !response.writableFinished || !body.completed;
      if (response.headersSent) progress.status = response.statusCode;
    });
    response.on('finish', () => {
      progress.status = response.statusCode;
    });
  }

  clear(): void {
    this.#entries = [];
  }

  entries(): RequestLogEntry[] {
    return this.#entries.map(({ id, at, connection, request, body, progress }) => ({
      id,
      at,
      connection,
      method: request.method ?? '',
      url: request.url ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? ''])),
      body: body.facts(),
      completed: body.completed,
      ...progress,
    }));
  }
}
