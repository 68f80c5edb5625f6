import type { IncomingMessage } from 'node:http';
import type { FileRecord } from '../handles/records.ts';
import { FormParser, type SentField } from './form-parser.ts';

const MAX_TEXT_SIZE = 65_536;

/** How a fault wants the body to be read. */
export interface BodyOptions {
  /** Bytes are counted and not parsed: for measuring a sender, which parsing would slow down. */
  readonly countOnly?: boolean;
  readonly bytesPerSecond?: number;
  /** What to do once this many bytes have arrived. `stop` ends reading for good. */
  readonly at?: { readonly bytes: number; readonly action: () => void; readonly stop: boolean };
}

/** What was in a body. */
export interface BodyRecord {
  readonly bytes: number;
  /** Of a body that is not multipart: its text, up to 64 KiB. */
  readonly text?: string;
  readonly fields: readonly SentField[];
  readonly files: readonly FileRecord[];
  /** Why the body could not be parsed as multipart. */
  readonly problem?: string;
}

export interface BodySettings {
  readonly options: BodyOptions;
  readonly hashFiles: boolean;
  readonly defer: (milliseconds: number, callback: () => void) => void;
}

/** Reads the body of a request, and keeps its fields and facts about its files. */
export class RequestBody {
  readonly form: FormParser;
  bytes = 0;
  completed = false;
  /** Fulfils when the body ended, was given up, or its connection closed. */
  readonly done: Promise<void>;
  readonly #text: Buffer[] = [];
  #textSize = 0;
  readonly #request: IncomingMessage;
  // The parser, the speed and a fault may each want a pause. The body goes on when none does.
  #pauses = 0;

  constructor(request: IncomingMessage, settings: BodySettings) {
    this.#request = request;
    this.form = new FormParser(settings.options.countOnly ? {} : request.headers, settings.hashFiles);
    this.done = this.#read(settings);
  }

  record(): BodyRecord {
    const text = Buffer.concat(this.#text).toString('utf8');
    const { fields, problem } = this.form;
    return {
      bytes: this.bytes,
      ...(text === '' ? {} : { text }),
      fields,
      files: this.form.listFiles(),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  #read({ options, defer }: BodySettings): Promise<void> {
    const request = this.#request;
    const { form } = this;
    let { at } = options;
    return new Promise((resolve) => {
      form.onError(() => {
        if (this.completed) resolve();
      });
      request.on('data', (chunk: Buffer) => {
        this.bytes += chunk.length;
        if (!form.active) {
          if (!options.countOnly && form.problem === undefined) this.#keepText(chunk);
        } else if (!form.write(chunk)) {
          this.#pause();
          form.onDrain(() => this.#resume());
        }
        if (options.bytesPerSecond) {
          this.#pause();
          defer((chunk.length / options.bytesPerSecond) * 1000, () => this.#resume());
        }
        if (at && this.bytes >= at.bytes) {
          const { action, stop } = at;
          at = undefined;
          if (stop) this.#pause();
          action();
        }
      });
      request.on('end', () => {
        this.completed = true;
        if (form.active) form.end(resolve);
        else resolve();
      });
      // A body that ended closes too, maybe before the parser is through with it.
      request.on('close', () => {
        if (!this.completed) resolve();
      });
      request.on('error', () => resolve());
    });
  }

  #pause(): void {
    this.#pauses += 1;
    this.#request.pause();
  }

  #resume(): void {
    this.#pauses -= 1;
    if (this.#pauses === 0) this.#request.resume();
  }

  #keepText(chunk: Buffer): void {
    if (this.#textSize >= MAX_TEXT_SIZE) return;
    const part = chunk.subarray(0, MAX_TEXT_SIZE - this.#textSize);
    this.#textSize += part.length;
    this.#text.push(part);
  }
}
