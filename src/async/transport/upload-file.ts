/** A file of an upload, opened and checked, and read in pieces. */
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Failure, FileSource } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';

// Larger pieces gain nothing on loopback, smaller ones cost a wait for the file system each.
const PIECE_SIZE = 256 * 1024;

// Pieces that are in memory at once. A new one for each would leave 70 MiB to the garbage collector.
const BUFFER_COUNT = 4;

const TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** A file that became another while it was sent. */
export class FileChangedError extends Error {
  readonly code = 'ERR_MIXCLOUD_FILE_CHANGED';
}

/** A file whose size is known, in the shape that the multipart encoder asks for. */
export abstract class UploadFile {
  readonly [Symbol.toStringTag] = 'File';
  readonly lastModified = 0;
  abstract readonly name: string;
  abstract readonly type: string;
  abstract readonly size: number;

  /** The file from `start` up to `end`. */
  protected abstract piece(start: number, end: number): Promise<Uint8Array>;

  /** Throws if what was read is not the file as it was when it was opened. */
  protected async verify(): Promise<void> {}

  async close(): Promise<void> {}

  async *stream(): AsyncGenerator<Uint8Array, void> {
    let ahead = this.#read(0);
    for (let start = 0; start < this.size; start += PIECE_SIZE) {
      const piece = await ahead;
      const next = start + PIECE_SIZE;
      // The file system works while the network does.
      if (next < this.size) ahead = this.#readAhead(next);
      // Before the last piece, so that a server never gets the whole of what it should not have.
      else await this.verify();
      yield piece;
    }
  }

  #readAhead(start: number): Promise<Uint8Array> {
    const piece = this.#read(start);
    // Nobody waits for what was read ahead when the upload is given up.
    piece.catch(() => undefined);
    return piece;
  }

  async #read(start: number): Promise<Uint8Array> {
    const end = Math.min(start + PIECE_SIZE, this.size);
    const piece = await this.piece(start, end);
    if (piece.length !== end - start) throw new FileChangedError(`${this.name} shrank while it was sent`);
    return piece;
  }
}

/** Opens a file and checks that it can be sent whole; or tells why it cannot. */
export async function openUploadFile(
  argument: string,
  source: FileSource,
  maxSize: number,
  reuse: boolean,
): Promise<UploadFile | Failure> {
  const file = source.from === 'path' ? await openPath(argument, source.path, reuse) : new MemoryFile(source);
  if (!(file instanceof UploadFile)) return file;
  const name = source.from === 'path' ? source.path : file.name;
  const refuse = async (message: string): Promise<Failure> => {
    await file.close();
    return { type: 'failure', kind: 'range', message };
  };
  if (file.size === 0) return refuse(`${argument}: ${name} is empty`);
  if (file.size > maxSize)
    return refuse(`${argument}: ${name} has ${file.size} bytes, but at most ${maxSize} are allowed`);
  return file;
}

type InMemory = Exclude<FileSource, { from: 'path' }>;

class MemoryFile extends UploadFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly #source: InMemory;

  constructor(source: InMemory) {
    super();
    this.name = source.filename;
    this.type = source.type;
    this.size = source.from === 'bytes' ? source.bytes.byteLength : source.blob.size;
    this.#source = source;
  }

  protected async piece(start: number, end: number): Promise<Uint8Array> {
    if (this.#source.from === 'bytes') return this.#source.bytes.subarray(start, end);
    return new Uint8Array(await this.#source.blob.slice(start, end).arrayBuffer());
  }
}

/** What tells one state of a file from another. */
interface FileIdentity {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  readonly dev: bigint;
}

class DiskFile extends UploadFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #trace: FileIdentity;
  readonly #reuse: boolean;
  readonly #ring: Buffer[] = [];
  #turn = 0;

  constructor(path: string, handle: FileHandle, trace: FileIdentity, reuse: boolean) {
    super();
    this.name = basename(path);
    this.type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    this.size = Number(trace.size);
    this.#path = path;
    this.#handle = handle;
    this.#trace = trace;
    this.#reuse = reuse;
  }

  protected async piece(start: number, end: number): Promise<Uint8Array> {
    const buffer = this.#reuse ? this.#buffer().subarray(0, end - start) : Buffer.allocUnsafe(end - start);
    let filled = 0;
    // A read may give less than was asked for long before the end, as on a network drive.
    while (filled < buffer.length) {
      const { bytesRead } = await this.#handle.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled === buffer.length ? buffer : buffer.subarray(0, filled);
  }

  /** Used in turn: one is read into while the one before is on its way, and two are to spare. */
  #buffer(): Buffer {
    this.#turn = (this.#turn + 1) % BUFFER_COUNT;
    const kept = this.#ring[this.#turn] ?? Buffer.allocUnsafeSlow(Math.min(PIECE_SIZE, this.size));
    this.#ring[this.#turn] = kept;
    return kept;
  }

  protected override async verify(): Promise<void> {
    const changed = (how: string) => new FileChangedError(`${this.name} ${how} while it was sent`);
    // By its path, not by the handle: a file that was replaced goes on under the handle as it was.
    const now = await stat(this.#path, { bigint: true }).catch(() => {
      throw changed('vanished');
    });
    const { size, mtimeNs, ino, dev } = this.#trace;
    if (now.ino !== ino || now.dev !== dev) throw changed('was replaced');
    if (now.size !== size) throw changed(now.size < size ? 'shrank' : 'grew');
    if (now.mtimeNs !== mtimeNs) throw changed('was changed');
  }

  override async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function openPath(argument: string, path: string, reuse: boolean): Promise<UploadFile | Failure> {
  let handle: FileHandle | undefined;
  try {
    // Opening a FIFO would wait for a writer, and a device may do anything: ask what it is first, and do not wait.
    const before = await stat(path);
    if (before.isFile()) {
      handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const trace = await handle.stat({ bigint: true });
      if (trace.isFile()) return new DiskFile(path, handle, trace, reuse);
    }
  } catch (error) {
    await handle?.close();
    const cause = toPlainError(error);
    return {
      type: 'failure',
      kind: 'misuse',
      code: cause.code,
      message: `${argument}: cannot read the file: ${cause.message}`,
      cause,
    };
  }
  await handle?.close();
  return { type: 'failure', kind: 'misuse', message: `${argument}: ${path} is not a regular file` };
}
