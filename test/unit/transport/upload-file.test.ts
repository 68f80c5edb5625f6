import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openUploadFile, UploadFile } from '../../../src/async/transport/upload-file.ts';
import { fileHandlePrototype } from './support.ts';

// Three pieces, the last of them not a whole one.
const BYTES = Buffer.from(Array.from({ length: 1_200_000 }, (_, index) => index % 251));
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
});
