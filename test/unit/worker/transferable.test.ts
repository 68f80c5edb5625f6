import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ApiRequest, FileSource, Part } from '../../../src/shared/protocol/messages.ts';
import { toTransferable } from '../../../src/sync/worker/transferable.ts';
import { toBatch } from '../fakes.ts';
import { getRequest } from '../transport/support.ts';

const batchOf = (rest: Partial<ApiRequest>) => ({ requests: [getRequest(), getRequest(rest)], concurrency: 2 });
const partOf = (file: FileSource): Part => ({ name: 'mp3', file, maxSize: 100 });
const bytesOf = (bytes: Uint8Array): FileSource => ({ from: 'bytes', bytes, filename: 'a.mp3', type: 'audio/mpeg' });
const blobOf = (blob: Blob): FileSource => ({ from: 'blob', blob, filename: 'a.mp3', type: 'audio/mpeg' });

/** The file of the only part, once the batch was prepared. */
function prepared(field: 'parts' | 'preflightParts', file: FileSource): FileSource {
  const [, request] = toBatch(
    toTransferable(batchOf({ [field]: [{ name: 'name', value: 'x' }, partOf(file)] })),
  ).requests;
  const part = request?.[field]?.[1];
  if (part === undefined || !('file' in part)) throw new Error('the part is missing');
  return part.file;
}

describe.each(['parts', 'preflightParts'] as const)('a batch for the worker (%s)', (field) => {
  it('has bytes without the rest of their buffer', () => {
    const pool = new Uint8Array(1000).fill(1);
    for (const view of [pool.subarray(10, 13), Buffer.from([1, 1, 1])]) {
      const file = prepared(field, bytesOf(view));
      if (file.from !== 'bytes') throw new Error('not bytes');
      expect([...file.bytes]).toEqual([1, 1, 1]);
      expect(file.bytes.buffer.byteLength).toBe(3);
    }
  });

  it('has the same bytes and paths where nothing has to be copied', () => {
    const file = bytesOf(new Uint8Array(3));
    expect(prepared(field, file)).toBe(file);
    const path = { from: 'path', path: 'a.mp3', cwd: '/' } as const;
    expect(prepared(field, path)).toBe(path);
  });

  it('has a Blob in place of a File, which can be cloned', async () => {
    const file = prepared(field, blobOf(new File(['abc'], 'a.mp3', { type: 'audio/x' })));
    if (file.from !== 'blob') throw new Error('not a Blob');
    const { blob } = structuredClone({ blob: file.blob });
    expect([await blob.text(), blob.type, 'name' in blob]).toEqual(['abc', 'audio/x', false]);
  });

  it('cannot have a Blob that stands for a file on disk', async () => {
    const blob = await openAsBlob(fileURLToPath(import.meta.url));
    for (const backed of [blob, blob.slice(5), new File([blob], 'a.mp3'), new Blob(['x', blob])]) {
      expect(() => prepared(field, blobOf(backed))).toThrow(/^mp3: .*give the path of the file$/);
    }
  });
});

describe('a Blob whose internals are unknown', () => {
  /** Hides Node.js's own reader of a Blob. */
  function withoutReader(blob: Blob): Blob {
    const handle = Object.getOwnPropertySymbols(blob).find(({ description }) => description === 'kHandle');
    Object.assign(Reflect.get(blob, handle as symbol), { getReader: undefined });
    return blob;
  }

  it('is sent if it can be cloned', async () => {
    const file = prepared('parts', blobOf(withoutReader(new Blob(['abc']))));
    if (file.from !== 'blob') throw new Error('not a Blob');
    expect(await file.blob.text()).toBe('abc');
    const backed = await openAsBlob(fileURLToPath(import.meta.url));
    expect(() => prepared('parts', blobOf(withoutReader(backed)))).toThrow('give the path of the file');
  });
});

describe('a batch without files', () => {
  it('is passed on as it is', () => {
    const batch = batchOf({});
    expect(toTransferable(batch)).toBe(batch);
  });
});
