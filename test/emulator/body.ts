import { createHash, type Hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { BodyFacts, FieldFacts, FileFacts } from './protocol.ts';

const TEXT_LIMIT = 65536;
const HEAD_LENGTH = 16;

/** How a fault wants the body to be taken in. */
export interface Pace {
  /** Bytes are counted and no more: for measuring a sender, which parsing would slow down. */
  readonly blind?: boolean;
  readonly bytesPerSecond?: number;
  /** What to do once this many bytes came; `stop` ends reading for good. */
  readonly at?: { readonly bytes: number; readonly act: () => void; readonly stop: boolean };
}

/** Of a file only its size, hash and first bytes are kept: uploads of gigabytes must not fill memory. */
class FileCounter {
  readonly name: string;
  readonly filename: string;
  readonly contentType: string;
  size = 0;
  head = Buffer.alloc(0);
  readonly #hash: Hash | undefined;
  #digest: string | undefined;

  constructor(name: string, filename: string, contentType: string, hashed: boolean) {
    this.name = name;
    this.filename = filename;
    this.contentType = contentType;
    this.#hash = hashed ? createHash('sha256') : undefined;
  }

  take(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.head.length < HEAD_LENGTH) this.head = Buffer.concat([this.head, chunk]).subarray(0, HEAD_LENGTH);
    this.#hash?.update(chunk);
  }

  end(): void {
    this.#digest ??= this.#hash?.digest('hex') ?? '';
  }

  facts(): FileFacts {
    const { name, filename, contentType, size } = this;
    return { name, filename, contentType, size, sha256: this.#digest ?? this.#hash?.copy().digest('hex') ?? '' };
  }
}

export class RequestBody {
  readonly fields: FieldFacts[] = [];
  readonly files: FileCounter[] = [];
  bytes = 0;
  problem: string | undefined;
  completed = false;
  /** Fulfils when the body ended, was given up, or its connection closed. */
  readonly done: Promise<void>;
  readonly #text: Buffer[] = [];
  readonly #request: IncomingMessage;
  readonly #hashed: boolean;

  constructor(request: IncomingMessage, pace: Pace, hashed: boolean, later: (ms: number, act: () => void) => void) {
    this.#request = request;
    this.#hashed = hashed;
    this.done = this.#read(pace, later);
  }

  facts(): BodyFacts {
    const text = Buffer.concat(this.#text).toString('utf8');
    return {
      bytes: this.bytes,
      ...(text === '' ? {} : { text }),
      fields: this.fields,
      files: this.files.map((file) => file.facts()),
      ...(this.problem === undefined ? {} : { problem: this.problem }),
    };
  }

  value(name: string): string | undefined {
    return this.fields.find((field) => field.name === name)?.value;
  }

  #read(pace: Pace, later: (ms: number, act: () => void) => void): Promise<void> {
    const request = this.#request;
    return new Promise((resolve) => {
      const parser = pace.blind ? undefined : this.#parser();
      let at = pace.at;
      // Parser, pace and a fault may all want a pause; the body goes on when none does.
      let holds = 0;
      const hold = () => {
        holds += 1;
        request.pause();
      };
      const release = () => {
        holds -= 1;
        if (holds === 0) request.resume();
      };
      parser?.on('finish', resolve);
      parser?.on('error', (error: Error) => {
        this.problem = error.message;
        if (this.completed) resolve();
      });
      request.on('data', (chunk: Buffer) => {
        this.bytes += chunk.length;
        if (pace.blind) {
          // Nothing to do but count.
        } else if (!parser) this.#keepText(chunk);
        else if (this.problem === undefined && !parser.write(chunk)) {
          hold();
          parser.once('drain', release);
        }
        if (pace.bytesPerSecond) {
          hold();
          later((chunk.length / pace.bytesPerSecond) * 1000, release);
        }
        if (at && this.bytes >= at.bytes) {
          const { act, stop } = at;
          at = undefined;
          if (stop) hold();
          act();
        }
      });
      request.on('end', () => {
        this.completed = true;
        if (parser && this.problem === undefined) parser.end();
        else resolve();
      });
      // A body that ended closes too, maybe before the parser is through with it.
      request.on('close', () => {
        if (!this.completed) resolve();
      });
      request.on('error', () => resolve());
    });
  }

  #keepText(chunk: Buffer): void {
    const kept = this.#text.reduce((total, part) => total + part.length, 0);
    if (kept < TEXT_LIMIT) this.#text.push(chunk.subarray(0, TEXT_LIMIT - kept));
  }

  #parser(): BusboyInstance | undefined {
    const { headers } = this.#request;
    const type = headers['content-type'];
    if (!type?.toLowerCase().startsWith('multipart/form-data')) return undefined;
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: headers as BusboyHeaders,
        limits: { fieldNameSize: 1000 },
        // A client that gives away a directory of its user should be seen doing so.
        preservePath: true,
      });
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return undefined;
    }
    parser.on('field', (name, value) => this.fields.push({ name, value }));
    parser.on('file', (name, stream, filename, _encoding, mimeType) => {
      const file = new FileCounter(name, filename, mimeType, this.#hashed);
      this.files.push(file);
      stream.on('data', (chunk: Buffer) => file.take(chunk));
      stream.on('end', () => file.end());
      stream.on('error', () => file.end());
    });
    return parser;
  }
}
