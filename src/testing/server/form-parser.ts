import { createHash, type Hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';
import type { Busboy, BusboyHeaders, BusboyInstance } from '@fastify/busboy';
import { getModulePath } from '../../sync/worker/synckit.ts';
import type { FileRecord } from '../handles/records.ts';

const HEAD_LENGTH = 16;

/** A text field of a form. */
export interface SentField {
  readonly name: string;
  readonly value: string;
}

/** Of a file only its size, hash and first bytes are kept: uploads of gigabytes must not fill memory. */
export class ReceivedFile {
  readonly field: string;
  readonly filename: string;
  readonly type: string;
  size = 0;
  head: Buffer = Buffer.alloc(0);
  readonly #hash: Hash | undefined;
  #digest: string | undefined;

  constructor(field: string, filename: string, type: string, hashed: boolean) {
    this.field = field;
    this.filename = filename;
    this.type = type;
    this.#hash = hashed ? createHash('sha256') : undefined;
  }

  add(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.head.length < HEAD_LENGTH) this.head = Buffer.concat([this.head, chunk]).subarray(0, HEAD_LENGTH);
    this.#hash?.update(chunk);
  }

  end(): void {
    this.#digest ??= this.#hash?.digest('hex') ?? '';
  }

  record(): FileRecord {
    const { field, filename, type, size } = this;
    return { field, filename, type, size, sha256: this.#digest ?? this.#hash?.copy().digest('hex') ?? '' };
  }
}

/** Fields and files of a multipart body. Inactive if the body is of another type. */
export class FormParser {
  /** In the order in which they were sent. */
  readonly fields: SentField[] = [];
  readonly files: ReceivedFile[] = [];
  /** Why the body could not be parsed. */
  problem: string | undefined;
  readonly #parser: BusboyInstance | undefined;

  constructor(headers: IncomingHttpHeaders, hashFiles: boolean) {
    if (!headers['content-type']?.toLowerCase().startsWith('multipart/form-data')) return;
    try {
      this.#parser = createParser(headers);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return;
    }
    this.#parser.on('error', (error: Error) => {
      this.problem = error.message;
    });
    this.#parser.on('field', (name, value) => this.fields.push({ name, value }));
    this.#parser.on('file', (name, stream, filename, _encoding, type) => {
      const file = new ReceivedFile(name, filename, type, hashFiles);
      this.files.push(file);
      stream.on('data', (chunk: Buffer) => file.add(chunk));
      stream.on('end', () => file.end());
      stream.on('error', () => file.end());
    });
  }

  /** Whether there is more to parse. */
  get active(): boolean {
    return this.#parser !== undefined && this.problem === undefined;
  }

  /** Returns whether more can be written at once. */
  write(chunk: Buffer): boolean {
    return this.#parser?.write(chunk) ?? true;
  }

  onDrain(listener: () => void): void {
    this.#parser?.once('drain', listener);
  }

  onError(listener: () => void): void {
    this.#parser?.on('error', listener);
  }

  end(callback: () => void): void {
    this.#parser?.on('finish', callback);
    this.#parser?.end();
  }

  value(name: string): string | undefined {
    return this.fields.find((field) => field.name === name)?.value;
  }

  file(name: string): ReceivedFile | undefined {
    return this.files.find(({ field }) => field === name);
  }

  listFiles(): FileRecord[] {
    return this.files.map((file) => file.record());
  }
}

function createParser(headers: IncomingHttpHeaders): BusboyInstance {
  // Loaded with the first form, because most tests send none and the emulator is to start quickly.
  const { Busboy: Parser } = createRequire(getModulePath())('@fastify/busboy') as { readonly Busboy: typeof Busboy };
  return new Parser({
    headers: headers as BusboyHeaders,
    limits: { fieldNameSize: 1000 },
    // If a client sends the directory of a file, tests should see it.
    preservePath: true,
  });
}
