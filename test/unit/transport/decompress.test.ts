import { randomBytes } from 'node:crypto';
import zlib, { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Deadline } from '../../../src/async/transport/deadline.ts';
import { decompress } from '../../../src/async/transport/decompress.ts';

const newDeadline = () => new Deadline(60_000, undefined);
const MEBIBYTE = 1024 * 1024;

describe('decompress', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('undoes %s, small and large', async (encoding, compress) => {
    for (const size of [10, 5 * MEBIBYTE]) {
      const body = Buffer.alloc(size, 'text');
      const result = await decompress(compress(body), encoding, newDeadline());
      // Not `toEqual`, which takes minutes for a large buffer.
      expect(Buffer.isBuffer(result) && result.equals(body)).toBe(true);
    }
  });

  it('undoes several encodings, the last one first', async () => {
    const body = gzipSync(brotliCompressSync(Buffer.from('text')));
    expect(await decompress(body, 'br, GZIP', newDeadline())).toEqual(Buffer.from('text'));
  });

  it.each(['gzip', 'br', 'deflate', 'unheard-of'])('leaves an empty body as it is (%s)', async (encoding) => {
    expect(await decompress(Buffer.alloc(0), encoding, newDeadline())).toEqual(Buffer.alloc(0));
  });

  it('fails for an encoding of what another one leaves empty', async () => {
    expect(await decompress(gzipSync(''), 'deflate, gzip', newDeadline())).toMatchObject({ code: 'Z_BUF_ERROR' });
  });

  it('undoes as many encodings as a server may apply', async () => {
    let body = Buffer.from('text');
    for (let count = 0; count < 5; count += 1) body = gzipSync(body);
    expect(await decompress(body, Array(5).fill('gzip').join(','), newDeadline())).toEqual(Buffer.from('text'));
  });

  it.each([
    ['waits for nothing to undo a small body', 1024, false],
    ['lets other work go on while it undoes a large body', 512 * 1024, true],
  ])('%s', async (_title, size, expected) => {
    const body = gzipSync(randomBytes(size));
    let othersWorked = false;
    setImmediate(() => {
      othersWorked = true;
    });
    await decompress(body, 'gzip', newDeadline());
    expect(othersWorked).toBe(expected);
  });

  it('refuses more encodings than anybody needs', async () => {
    const encodings = Array(6).fill('gzip').join(',');
    const message = 'the answer is compressed 6 times, but at most 5 are read';
    expect(await decompress(Buffer.from('x'), encodings, newDeadline())).toMatchObject({ type: 'failure', message });
  });

  it('stops at a result that is too large', async () => {
    for (const [size, end] of [
      [64 * MEBIBYTE, 64 * MEBIBYTE],
      [64 * MEBIBYTE + 1, 'ERR_MIXCLOUD_BODY_SIZE'],
    ]) {
      const result = await decompress(gzipSync(Buffer.alloc(Number(size)), { level: 1 }), 'gzip', newDeadline());
      // A buffer of this size takes minutes to be printed.
      expect(Buffer.isBuffer(result) ? result.length : result.code).toBe(end);
    }
  });

  it('ends with the deadline', async () => {
    const createGunzip = vi.spyOn(zlib, 'createGunzip');
    onTestFinished(() => createGunzip.mockRestore());
    const body = gzipSync(Buffer.alloc(60 * MEBIBYTE));
    const deadline = newDeadline();
    const result = decompress(body, 'gzip', deadline);
    setImmediate(() => deadline.end({ type: 'failure', kind: 'aborted', message: 'aborted' }));
    expect(await result).toMatchObject({ type: 'failure', kind: 'aborted' });
    expect(createGunzip.mock.results[0]?.value).toMatchObject({ destroyed: true });
  });

  it.each(['gzip', 'br', 'deflate'])('fails for a corrupt body (%s)', async (encoding) => {
    for (const size of [100, MEBIBYTE]) {
      const result = await decompress(Buffer.alloc(size, 0x58), encoding, newDeadline());
      expect(result).toMatchObject({ type: 'failure', message: expect.stringContaining('corrupt or cut short') });
    }
  });
});
