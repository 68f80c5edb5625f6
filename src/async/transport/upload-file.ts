/** Files of uploads: opened, checked, and read in pieces. */

import type { FileHandle } from 'node:fs/promises';
import { basename, extname, isAbsolute, resolve } from 'node:path';
import { describeAccessDenied } from '../../shared/base/access-denied.ts';
import { getBuiltin } from '../../shared/base/builtin.ts';
import type { Failure, FileSource } from '../../shared/protocol/messages.ts';
import { toPlainError } from '../../shared/protocol/plain-error.ts';
import { fileLimitFailure } from './file-limit.ts';

// Bytes that are read at once. With half of it, an upload takes about a third more processor time. Twice as much saves
// little, and needs twice the memory.
const PIECE_SIZE = 512 * 1024;

// Buffers that are used in turn. With a new buffer for each piece, 70 MiB wait for the garbage collector.
const BUFFER_COUNT = 3;

const TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** A file was changed while it was sent. */
export class FileChangedError extends Error {
  readonly code = 'ERR_MIXCLOUD_FILE_CHANGED';
}

/** A file of known size, with the members that the multipart encoder requires of a `File`. */
export abstract class UploadFile {
  readonly [Symbol.toStringTag] = 'File';
  readonly lastModified = 0;
  abstract readonly name: string;
  abstract readonly type: string;
  abstract readonly size: number;

  /** Reads the bytes from `start` up to `end`. */
  protected abstract readRange(start: number, end: number): Promise<Uint8Array>;

  /** Throws if the file has changed since it was opened. */
  protected async verify(): Promise<void> {}

  async close(): Promise<void> {}

  async *stream(): AsyncGenerator<Uint8Array, void> {
    let nextPiece = this.#read(0);
    for (let start = 0; start < this.size; start += PIECE_SIZE) {
      const piece = await nextPiece;
      const next = start + PIECE_SIZE;
      // Read the next piece while this one is sent.
      if (next < this.size) nextPiece = this.#readAhead(next);
      // Checked before the last piece is sent, so that the server never receives a complete but mixed file.
      else await this.verify();
      yield piece;
    }
  }

  #readAhead(start: number): Promise<Uint8Array> {
    const piece = this.#read(start);
    // Its rejection is unhandled if the upload is aborted before this piece is needed.
    piece.catch(() => undefined);
    return piece;
  }

  async #read(start: number): Promise<Uint8Array> {
    const end = Math.min(start + PIECE_SIZE, this.size);
    const piece = await this.readRange(start, end);
    if (piece.length !== end - start) throw new FileChangedError(`${this.name} shrank while it was sent`);
    return piece;
  }
}

/** Opens a file and checks its size. Returns a failure if it cannot be sent. */
export async function openUploadFile(
  argument: string,
  source: FileSource,
  maxSize: number,
  reuseBuffers: boolean,
): Promise<UploadFile | Failure> {
  const file = source.from === 'path' ? await openPath(argument, source, reuseBuffers) : new MemoryFile(source);
  if (!(file instanceof UploadFile)) return file;
  const name = source.from === 'path' ? source.path : file.name;
  const fail = async (message: string): Promise<Failure> => {
    await file.close();
    return { type: 'failure', kind: 'range', message };
  };
  if (file.size === 0) return fail(`${argument}: ${name} is empty`);
  if (file.size > maxSize)
    return fail(`${argument}: ${name} has ${file.size} bytes, but at most ${maxSize} are allowed`);
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

  protected async readRange(start: number, end: number): Promise<Uint8Array> {
    if (this.#source.from === 'bytes') {
      const { bytes } = this.#source;
      if (bytes.byteLength !== this.size) throw new FileChangedError(`${this.name} lost its bytes while it was sent`);
      return bytes.subarray(start, end);
    }
    return new Uint8Array(await this.#source.blob.slice(start, end).arrayBuffer());
  }
}

/** Tells whether a file is the same, and unchanged. */
interface FileIdentity {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  /** Unlike the other times, programs cannot set it. */
  readonly ctimeNs: bigint;
  readonly ino: bigint;
  readonly dev: bigint;
}

class DiskFile extends UploadFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #identity: FileIdentity;
  readonly #reuseBuffers: boolean;
  readonly #buffers: Buffer[] = [];
  #bufferIndex = 0;

  constructor(path: string, handle: FileHandle, identity: FileIdentity, reuseBuffers: boolean) {
    super();
    this.name = basename(path);
    this.type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    this.size = Number(identity.size);
    this.#path = path;
    this.#handle = handle;
    this.#identity = identity;
    this.#reuseBuffers = reuseBuffers;
  }

  protected async readRange(start: number, end: number): Promise<Uint8Array> {
    const buffer = this.#reuseBuffers ? this.#nextBuffer().subarray(0, end - start) : Buffer.allocUnsafe(end - start);
    let filled = 0;
    // On a network drive, a read may return fewer bytes than asked for before the end of the file.
    while (filled < buffer.length) {
      const { bytesRead } = await this.#handle.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  /**
   * Returns the buffers in turn. One is being filled while the one before it is being sent. The last bytes of the one before
   * that may still wait in the socket, which accepts only a few of them before it makes the sender wait.
   */
  #nextBuffer(): Buffer {
    this.#bufferIndex = (this.#bufferIndex + 1) % BUFFER_COUNT;
    const kept = this.#buffers[this.#bufferIndex] ?? Buffer.allocUnsafeSlow(Math.min(PIECE_SIZE, this.size));
    this.#buffers[this.#bufferIndex] = kept;
    return kept;
  }

  protected override async verify(): Promise<void> {
    const changed = (how: string) => new FileChangedError(`${this.name} ${how} while it was sent`);
    // By path: the handle of a file that was replaced still shows the old one.
    const now = await getBuiltin('node:fs/promises')
      .stat(this.#path, { bigint: true })
      .catch(() => {
        throw changed('vanished');
      });
    const { size, mtimeNs, ctimeNs, ino, dev } = this.#identity;
    if (now.ino !== ino || now.dev !== dev) throw changed('was replaced');
    if (now.size !== size) throw changed(now.size < size ? 'shrank' : 'grew');
    if (now.mtimeNs !== mtimeNs || now.ctimeNs !== ctimeNs) throw changed('was changed');
  }

  override async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function openPath(
  argument: string,
  { path, cwd }: FileSource & { from: 'path' },
  reuseBuffers: boolean,
): Promise<UploadFile | Failure> {
  let handle: FileHandle | undefined;
  try {
    const absolute = resolve(cwd, path);
    // Checked before it is opened: opening a FIFO waits for a writer, and opening a device may have any effect.
    const info = await getBuiltin('node:fs/promises').stat(absolute);
    if (info.isFile()) {
      const { constants, promises } = getBuiltin('node:fs');
      // Windows has no O_NONBLOCK, and `undefined` adds no bit.
      handle = await promises.open(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
      const identity = await handle.stat({ bigint: true });
      if (identity.isFile()) return new DiskFile(absolute, handle, identity, reuseBuffers);
    }
  } catch (error) {
    await handle?.close();
    const cause = toPlainError(error);
    const limit = fileLimitFailure(cause);
    if (limit) return limit;
    const place = isAbsolute(path) ? '' : ` (looked for ${path} in the folder ${cwd})`;
    return {
      type: 'failure',
      kind: 'misuse',
      code: cause.code,
      message: `${argument}: cannot read the file: ${describeAccessDenied(error) ?? cause.message}${place}`,
      cause,
    };
  }
  await handle?.close();
  return { type: 'failure', kind: 'misuse', message: `${argument}: ${path} is not a regular file` };
}
