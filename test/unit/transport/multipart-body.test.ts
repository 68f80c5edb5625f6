import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Deadline } from '../../../src/async/transport/deadline.ts';
import { MultipartBody } from '../../../src/async/transport/multipart-body.ts';
import type { Part, Progress } from '../../../src/shared/protocol/messages.ts';
import { watchFiles } from './support.ts';

const MEBIBYTE = 1024 * 1024;

function bytesPart(size: number): Part {
  const file = { from: 'bytes', bytes: new Uint8Array(size), filename: 'show.mp3', type: 'audio/mpeg' } as const;
  return { name: 'mp3', file, maxSize: 4096 * MEBIBYTE };
}

async function open(...parts: Part[]): Promise<MultipartBody> {
  const body = await MultipartBody.open(parts);
  if (!(body instanceof MultipartBody)) throw new Error(body.message);
  return body;
}

describe('a multipart body', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('has a boundary that Math.random() does not tell', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const types = await Promise.all(Array.from({ length: 10 }, async () => (await open(bytesPart(1))).contentType));
    expect(new Set(types).size).toBe(10);
    for (const type of types) expect(type).toMatch(/^multipart\/form-data; boundary=mixcloud-client-[0-9a-f]{48}$/);
    expect(Math.random).not.toHaveBeenCalled();
  });

  it('is as long as it says, and is read whole', async () => {
    const body = await open({ name: 'extra', value: 'x'.repeat(MEBIBYTE) }, bytesPart(3 * MEBIBYTE));
    let length = 0;
    for await (const piece of body.read(() => {}, undefined)) length += piece.length;
    expect(length).toBe(body.size);
  });

  it('keeps each piece of a file as it was, unless buffers are to be reused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mixcloud-body-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [path, bytes] = [join(folder, 'show.mp3'), randomBytes(3 * MEBIBYTE)];
    await writeFile(path, bytes);
    const body = await open({ name: 'mp3', file: { from: 'path', path, cwd: '/' }, maxSize: 4 * MEBIBYTE });
    const kept: Uint8Array[] = [];
    for await (const piece of body.read(() => {}, undefined)) kept.push(piece);
    await body.close();
    expect(Buffer.concat(kept).includes(bytes)).toBe(true);
  });

  it('breaks off with the error of a file that cannot be read to its end', async () => {
    const bytes = new Uint8Array(2 * MEBIBYTE);
    const file = { from: 'bytes', bytes, filename: 'show.mp3', type: 'audio/mpeg' } as const;
    const body = await open({ name: 'mp3', file, maxSize: bytes.length });
    const reports: Progress[] = [];
    const send = async () => {
      for await (const _piece of body.read(
        () => {},
        (progress) => reports.push(progress),
      )) {
        if (bytes.length > 0) structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      }
    };
    await expect(send()).rejects.toThrow('show.mp3 lost its bytes while it was sent');
    expect(body.failure).toMatchObject({ kind: 'connection', code: 'ERR_MIXCLOUD_FILE_CHANGED' });
    expect(reports.every(({ sent, total }) => sent < total)).toBe(true);
  });

  it('leaves no file open when a later one cannot be sent', async () => {
    const files = await watchFiles();
    const path = fileURLToPath(import.meta.url);
    const part = (file: string): Part => ({ name: 'mp3', file: { from: 'path', path: file, cwd: '/' }, maxSize: 1e6 });
    const body = await MultipartBody.open([part(path), part(path), part(`${path}.missing`)]);
    expect(body).toMatchObject({ type: 'failure', code: 'ENOENT' });
    expect([files.seen(), files.open()]).toEqual([2, 0]);
  });

  it.each([
    ['ten times a second at most', 5, 100],
    ['each piece if they are slow', 200, 200],
  ])('reports its progress: %s, and its end once', async (_what, pieceTime, interval) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const body = await open(bytesPart(2 * MEBIBYTE));
    const reports: (Progress & { readonly at: number })[] = [];
    const onProgress = (progress: Progress) => reports.push({ ...progress, at: performance.now() });
    for await (const _piece of body.read(() => {}, onProgress)) vi.advanceTimersByTime(pieceTime);
    const { size: total } = body;
    expect(reports[0]).toMatchObject({ total, at: pieceTime });
    expect(reports.at(-1)).toMatchObject({ sent: total, total });
    expect(reports.filter(({ sent }) => sent === total)).toHaveLength(1);
    const gaps = reports.slice(1, -1).map(({ at }, index) => at - (reports[index]?.at ?? 0));
    expect(gaps.length).toBeGreaterThan(3);
    expect(new Set(gaps)).toEqual(new Set([interval]));
  });

  /**
   * Reads a body as a line does: the first bytes are taken at once by the system's buffer, the rest at so many bytes a
   * second, one write after another. Returns the sizes of the writes. The clock is simulated.
   */
  async function sendOver(body: MultipartBody, buffer: number, rate: number, timeout: number): Promise<number[]> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    // The process has been running for a while.
    vi.advanceTimersByTime(10_000);
    const deadline = new Deadline(timeout, undefined);
    deadline.start();
    const sizes: number[] = [];
    let sent = 0;
    for await (const piece of body.read(() => deadline.start(), undefined)) {
      if (sent + piece.length > buffer) vi.advanceTimersByTime((piece.length / rate) * 1000);
      if (deadline.failure) throw new Error(`${deadline.failure.message}, after ${sent} bytes`);
      sent += piece.length;
      sizes.push(piece.length);
    }
    deadline.stop();
    return sizes;
  }

  it.each([
    ['1 kB/s', 60_000, 1000, 80 * 1024],
    ['1 kB/s behind a large buffer', 60_000, 1000, 3 * MEBIBYTE],
    ['20 kB/s', 5000, 20_000, 80 * 1024],
    ['20 kB/s behind a large buffer', 5000, 20_000, 3 * MEBIBYTE],
  ])('is silent for no timeout on a line of %s', async (_line, timeout, rate, buffer) => {
    const sizes = await sendOver(await open(bytesPart(buffer + MEBIBYTE)), buffer, rate, timeout);
    expect(Math.max(...sizes.slice(-20))).toBeLessThanOrEqual(8 * 1024);
  });

  it('is sent in large writes on a fast line', async () => {
    const sizes = await sendOver(await open(bytesPart(64 * MEBIBYTE)), 0, 1e9, 60_000);
    expect(Math.max(...sizes)).toBe(512 * 1024);
    // Few are small: those at the start.
    expect(sizes.filter((size) => size < 128 * 1024).length).toBeLessThan(300);
  });

  it('is sent in small writes again when a line becomes slow', async () => {
    const body = await open(bytesPart(24 * MEBIBYTE));
    const sizes = await sendOver(body, 20 * MEBIBYTE, 10_000, 60_000);
    expect(sizes.filter((size) => size > 8 * 1024).length).toBeGreaterThan(10);
    expect(Math.max(...sizes.slice(-20))).toBe(8 * 1024);
  });
});
