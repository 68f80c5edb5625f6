import type { FormDataEncoder } from 'form-data-encoder';
import { getBuiltin } from '../../shared/base/builtin.ts';
import type { Failure, Part, Progress } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { loadDependency } from './dependency.ts';
import { openUploadFile, UploadFile } from './upload-file.ts';
import { WriteSize } from './write-size.ts';

// Milliseconds. Ten reports a second are enough for any display.
const REPORT_INTERVAL = 100;

/**
 * A multipart body that is read from its files while it is sent.
 *
 * The encoder writes the boundaries and headers and computes the length. The files are read here, because the encoder
 * would copy them in pieces of 64 KiB.
 */
export class MultipartBody {
  readonly #files: readonly UploadFile[];
  readonly #encoder: FormDataEncoder;
  #failure: Failure | undefined;
  #lastReport = -Infinity;

  private constructor(files: readonly UploadFile[], encoder: FormDataEncoder) {
    this.#files = files;
    this.#encoder = encoder;
  }

  /**
   * Opens and checks every file. If one of them cannot be sent, none stays open. With `reuseBuffers`, the bytes of a
   * piece are valid only until the next piece is read.
   */
  static async open(parts: readonly Part[], reuseBuffers = false): Promise<MultipartBody | Failure> {
    // Imported here because most programs never upload, and before a file is opened, which a failure would leave open.
    const { FormDataEncoder } = await loadDependency('form-data-encoder', () => import('form-data-encoder'));
    const files: UploadFile[] = [];
    const entries: [string, string | UploadFile][] = [];
    for (const part of parts) {
      if ('value' in part) {
        entries.push([part.name, part.value]);
        continue;
      }
      const file = await openUploadFile(part.name, part.file, part.maxSize, reuseBuffers);
      if (!(file instanceof UploadFile)) {
        await Promise.all(files.map((opened) => opened.close()));
        return file;
      }
      files.push(file);
      entries.push([part.name, file]);
    }
    return new MultipartBody(files, new FormDataEncoder(toForm(entries), createBoundary()));
  }

  get contentType(): string {
    return this.#encoder.contentType;
  }

  /** Length of the whole body in bytes. */
  get size(): number {
    return Number(this.#encoder.contentLength);
  }

  /** Why the body could not be read to its end, if it could not. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Reads the body piece by piece. `onPiece` is called after each piece that was sent, `onProgress` now and then. */
  async *read(onPiece: () => void, onProgress: ((progress: Progress) => void) | undefined): AsyncGenerator<Uint8Array> {
    const total = this.size;
    const size = new WriteSize();
    let sent = 0;
    try {
      for await (const piece of this.#pieces()) {
        for (let start = 0; start < piece.length; ) {
          const part = piece.subarray(start, start + size.next);
          const startedAt = performance.now();
          yield part;
          size.note(part.length, performance.now() - startedAt);
          start += part.length;
          sent += part.length;
          onPiece();
          if (onProgress && sent < total && this.#isDue()) onProgress({ sent, total });
        }
      }
      onProgress?.({ sent, total });
    } catch (error) {
      const cause = toPlainError(error);
      this.#failure = { type: 'failure', kind: 'connection', code: cause.code, message: cause.message, cause };
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.close()));
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    for (const value of this.#encoder.values()) {
      if (value instanceof UploadFile) yield* value.stream();
      else yield value as Uint8Array;
    }
  }

  #isDue(): boolean {
    const now = performance.now();
    if (now - this.#lastReport < REPORT_INTERVAL) return false;
    this.#lastReport = now;
    return true;
  }
}

/** The encoder's own boundary comes from `Math.random()`, whose next values can be computed from earlier ones. */
function createBoundary(): string {
  return `mixcloud-client-${getBuiltin('node:crypto').randomBytes(24).toString('hex')}`;
}

type Form = ConstructorParameters<typeof FormDataEncoder>[0];

/** A `FormData` as far as the encoder needs it: it checks for these members, and reads the entries alone. */
function toForm(entries: readonly [string, string | UploadFile][]): Form {
  const iterate = () => entries.values() as ReturnType<Form['entries']>;
  return {
    append: () => undefined,
    getAll: () => [],
    entries: iterate,
    [Symbol.iterator]: iterate,
    [Symbol.toStringTag]: 'FormData',
  };
}
