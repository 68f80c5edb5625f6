import { constants } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openUploadFile, UploadFile } from '../../../src/async/transport/upload-file.ts';
import type { FileSource } from '../../../src/shared/protocol/messages.ts';
import { fileHandlePrototype, watchFiles } from './support.ts';

// Three pieces, the last of them not a whole one.
const BYTES = Buffer.from(Array.from({ length: 1_200_000 }, (_, index) => index % 251));
const PIECE = 512 * 1024;
const MODIFIED_AT = new Date(1_500_000_000_000);

describe('a file of an upload', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mixcloud-file-'));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  async function openFile(name = 'show.mp3', bytes = BYTES, reuseBuffers = false): Promise<UploadFile> {
    const path = join(folder, name);
    await writeFile(path, bytes);
    await utimes(path, MODIFIED_AT, MODIFIED_AT);
    const file = await openUploadFile('mp3', { from: 'path', path, cwd: '/' }, 1e7, reuseBuffers);
    if (!(file instanceof UploadFile)) throw new Error(file.message);
    return file;
  }

  async function read(file: UploadFile, onPiece = async () => {}): Promise<Buffer> {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of file.stream()) {
        pieces.push(Buffer.from(piece));
        await onPiece();
      }
    } finally {
      await file.close();
    }
    return Buffer.concat(pieces);
  }

  it.each([
    ['show.mp3', 'audio/mpeg'],
    ['SHOW.MP3', 'audio/mpeg'],
    ['cover.JPG', 'image/jpeg'],
    ['cover.jpeg', 'image/jpeg'],
    ['cover.png', 'image/png'],
    ['cover.gif', 'image/gif'],
    ['cover.webp', 'image/webp'],
    ['show.wav', 'application/octet-stream'],
    ['mp3', 'application/octet-stream'],
  ])('has the type of its name: %s', async (name, type) => {
    const file = await openFile(name);
    await file.close();
    expect(file).toMatchObject({ name, type, size: BYTES.length });
  });

  it.each([true, false])(
    'is read whole where reads return less than was asked for (buffers reused: %s)',
    async (reuse) => {
      const file = await openFile('show.mp3', BYTES, reuse);
      const prototype = await fileHandlePrototype();
      const original = prototype.read as (...given: unknown[]) => unknown;
      const short = vi.spyOn(prototype, 'read').mockImplementation(function (this: unknown, ...given: unknown[]) {
        const [buffer, offset, length, position] = given as [Buffer, number, number, number];
        return original.call(this, buffer, offset, Math.min(length, 50_000), position) as never;
      });
      expect((await read(file)).equals(BYTES)).toBe(true);
      expect(short.mock.calls.length).toBeGreaterThan(10);
    },
  );

  it.each([
    [true, 3],
    [false, 12],
  ])('takes few buffers for many pieces if they are reused (%s: %i)', async (reuse, count) => {
    const file = await openFile('show.mp3', Buffer.alloc(12 * 512 * 1024), reuse);
    const buffers = new Set<unknown>();
    for await (const piece of file.stream()) buffers.add(piece.buffer);
    await file.close();
    expect(buffers.size).toBe(count);
  });

  it.each([1, PIECE, 2 * PIECE, BYTES.length])(
    'is read once, in pieces that are read ahead (%i bytes)',
    async (size) => {
      const bytes = BYTES.subarray(0, size);
      const file = await openFile('show.mp3', bytes, true);
      const reads = vi.spyOn(await fileHandlePrototype(), 'read');
      const counts: number[] = [];
      const sent = await read(file, async () => void counts.push(reads.mock.calls.length));
      expect(sent.equals(bytes)).toBe(true);
      const pieces = Math.ceil(size / PIECE);
      expect(counts).toEqual(Array.from({ length: pieces }, (_, index) => Math.min(index + 2, pieces)));
    },
  );

  it('leaves no rejection behind when an upload ends before a piece that cannot be read', async () => {
    const file = await openFile();
    const rejected = vi.fn();
    process.on('unhandledRejection', rejected);
    onTestFinished(() => void process.off('unhandledRejection', rejected));
    const prototype = await fileHandlePrototype();
    const pieces = file.stream();
    const first = pieces.next();
    const broken = vi.spyOn(prototype, 'read').mockRejectedValue(new Error('EIO: i/o error, read'));
    await first;
    expect(broken).toHaveBeenCalledTimes(1);
    await pieces.return();
    await file.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejected).not.toHaveBeenCalled();
  });

  it.each([
    ['replaced by one of the same size and time', 'was replaced', BYTES],
    ['replaced by a larger one', 'was replaced', Buffer.concat([BYTES, BYTES])],
  ])('that was %s is never sent whole', async (_what, message, bytes) => {
    const file = await openFile();
    let pieces = 0;
    const replace = async () => {
      pieces += 1;
      if (pieces > 1) return;
      const other = join(folder, 'other.mp3');
      await writeFile(other, bytes);
      await utimes(other, MODIFIED_AT, MODIFIED_AT);
      await rename(other, join(folder, 'show.mp3'));
    };
    await expect(read(file, replace)).rejects.toMatchObject({
      code: 'ERR_MIXCLOUD_FILE_CHANGED',
      message: `show.mp3 ${message} while it was sent`,
    });
    expect(pieces).toBe(2);
  });

  it.each([
    ['overwritten, with its time put back', 'was changed', BYTES.map((byte) => byte ^ 1)],
    ['made longer', 'grew', Buffer.concat([BYTES, BYTES])],
    ['made shorter', 'shrank', BYTES.subarray(0, 1_100_000)],
  ])('that was %s is never sent whole', async (_what, message, bytes) => {
    const file = await openFile();
    let changed = false;
    const overwrite = async () => {
      if (changed) return;
      changed = true;
      // Time stamps of files may be as coarse as ten milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await writeFile(join(folder, 'show.mp3'), bytes);
      await utimes(join(folder, 'show.mp3'), MODIFIED_AT, MODIFIED_AT);
    };
    await expect(read(file, overwrite)).rejects.toThrow(`show.mp3 ${message} while it was sent`);
  });

  it('that was made shorter once all of it was read is never sent whole', async () => {
    const file = await openFile('show.mp3', Buffer.alloc(1000));
    const prototype = await fileHandlePrototype();
    const original = prototype.read as (...given: unknown[]) => Promise<unknown>;
    vi.spyOn(prototype, 'read').mockImplementation(async function (this: unknown, ...given: unknown[]) {
      const result = await original.apply(this, given);
      await truncate(join(folder, 'show.mp3'), 500);
      return result as never;
    });
    await expect(read(file)).rejects.toThrow('show.mp3 shrank while it was sent');
  });

  it.each([BYTES, BYTES.subarray(0, 2 * PIECE)])('that was removed is never sent whole', async (bytes) => {
    const file = await openFile('show.mp3', bytes);
    const remove = () => rm(join(folder, 'show.mp3'), { force: true });
    await expect(read(file, remove)).rejects.toThrow('show.mp3 vanished while it was sent');
  });

  it('of bytes or a Blob is read whole', async () => {
    const sources: FileSource[] = [
      { from: 'bytes', bytes: new Uint8Array(BYTES), filename: 'a.mp3', type: 'audio/x' },
      { from: 'blob', blob: new Blob([BYTES]), filename: 'a.mp3', type: 'audio/x' },
    ];
    for (const source of sources) {
      const file = await openUploadFile('mp3', source, BYTES.length, false);
      if (!(file instanceof UploadFile)) throw new Error(file.message);
      expect(file).toMatchObject({ name: 'a.mp3', type: 'audio/x', size: BYTES.length });
      expect((await read(file)).equals(BYTES)).toBe(true);
    }
  });

  it('of bytes that the program transfers meanwhile is not sent', async () => {
    const bytes = new Uint8Array(BYTES);
    const file = await openUploadFile('mp3', { from: 'bytes', bytes, filename: 'a.mp3', type: '' }, 1e7, false);
    if (!(file instanceof UploadFile)) throw new Error(file.message);
    const transfer = async () => void (bytes.length > 0 && structuredClone(bytes, { transfer: [bytes.buffer] }));
    await expect(read(file, transfer)).rejects.toThrow('a.mp3 lost its bytes while it was sent');
  });

  describe('is refused', () => {
    const refuse = async (source: FileSource, maxSize = 2) => {
      const failure = await openUploadFile('mp3', source, maxSize, false);
      if (failure instanceof UploadFile) throw new Error('it was opened');
      return failure;
    };
    const bytesOf = (size: number): FileSource => ({
      from: 'bytes',
      bytes: new Uint8Array(size),
      filename: 'a.mp3',
      type: 'audio/mpeg',
    });
    const pathOf = (path: string): FileSource => ({ from: 'path', path, cwd: folder });

    it.each([
      [0, 'is empty'],
      [3, 'has 3 bytes, but at most 2 are allowed'],
    ])('with %i bytes, and named as the caller named it', async (size, reason) => {
      const files = await watchFiles();
      await writeFile(join(folder, 'b.mp3'), Buffer.alloc(size));
      const failures = [await refuse(bytesOf(size)), await refuse(pathOf('./b.mp3'))];
      expect(failures).toEqual(
        ['a.mp3', './b.mp3'].map((name) => ({ type: 'failure', kind: 'range', message: `mp3: ${name} ${reason}` })),
      );
      expect([files.seen(), files.open()]).toEqual([1, 0]);
    });

    it('if it is not there, with the folder of a relative path', async () => {
      const absolute = join(folder, 'missing.mp3');
      const message = `mp3: cannot read the file: ENOENT: no such file or directory, stat '${absolute}'`;
      const failure = { kind: 'misuse', code: 'ENOENT', message };
      expect(await refuse(pathOf(absolute))).toMatchObject(failure);
      const place = ` (looked for missing.mp3 in the folder ${folder})`;
      expect(await refuse(pathOf('missing.mp3'))).toMatchObject({ ...failure, message: `${message}${place}` });
    });

    it('if Node.js may not read it, with the flag that allows it', async () => {
      const denied = { code: 'ERR_ACCESS_DENIED', permission: 'FileSystemRead' };
      vi.spyOn(process.getBuiltinModule('node:fs/promises'), 'stat').mockRejectedValue(
        Object.assign(new Error('Access to this API has been restricted'), denied),
      );
      expect(await refuse(pathOf(join(folder, 'a.mp3')))).toMatchObject({
        kind: 'misuse',
        message: expect.stringMatching(/^mp3: cannot read the file: the permission model .*--allow-fs-read$/),
      });
    });

    it('if the process can open no more files', async () => {
      vi.spyOn(process.getBuiltinModule('node:fs/promises'), 'stat').mockRejectedValue(
        Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' }),
      );
      expect(await refuse(pathOf('a.mp3'))).toMatchObject({ kind: 'connection', code: 'EMFILE' });
    });

    it('if it is a folder, also one that has just taken the place of a file', async () => {
      const failure = { kind: 'misuse', message: 'mp3: show.mp3 is not a regular file' };
      await mkdir(join(folder, 'show.mp3'));
      expect(await refuse(pathOf('show.mp3'))).toMatchObject(failure);
      const files = await watchFiles();
      await writeFile(join(folder, 'other.mp3'), BYTES);
      const before = await stat(join(folder, 'other.mp3'));
      vi.spyOn(process.getBuiltinModule('node:fs/promises'), 'stat').mockResolvedValue(before);
      const opened = vi.spyOn(process.getBuiltinModule('node:fs').promises, 'open');
      expect(await refuse(pathOf('show.mp3'))).toMatchObject(failure);
      expect([files.seen(), files.open()]).toEqual([1, 0]);
      // A FIFO in its place is not waited for.
      const { O_NONBLOCK = 0 } = constants;
      expect(opened).toHaveBeenCalledWith(join(folder, 'show.mp3'), O_NONBLOCK);
    });

    it('and left closed if it cannot be looked at', async () => {
      await writeFile(join(folder, 'a.mp3'), BYTES);
      const look = vi.spyOn(await fileHandlePrototype(), 'stat').mockRejectedValue(new Error('EIO: i/o error, fstat'));
      expect(await refuse(pathOf('a.mp3'))).toMatchObject({ kind: 'misuse', message: expect.stringContaining('EIO') });
      expect((look.mock.contexts[0] as FileHandle).fd).toBe(-1);
    });
  });
});
