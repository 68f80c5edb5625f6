import { devNull } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileLimitFailure, findFileLimitFailure } from '../../../src/async/transport/file-limit.ts';
import { toPlainError } from '../../../src/shared/protocol/plain-error.ts';

const TOO_MANY = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });

describe('fileLimitFailure', () => {
  it.each([
    ['of the error itself', TOO_MANY],
    ['of a cause', new TypeError('fetch failed', { cause: new Error('no socket', { cause: TOO_MANY }) })],
  ])('is the code %s', (_where, error) => {
    const cause = toPlainError(error);
    const message = expect.stringMatching(/^too many files and connections are open \(EMFILE\)/);
    expect(fileLimitFailure(cause)).toEqual({ type: 'failure', kind: 'connection', code: 'EMFILE', message, cause });
  });

  it('is undefined for any other error', () => {
    const error = Object.assign(new Error('no such file'), { code: 'ENOENT', cause: new Error('none') });
    expect(fileLimitFailure(toPlainError(error))).toBeUndefined();
  });
});

describe('findFileLimitFailure', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    [7, { type: 'failure', kind: 'connection', code: 'EMFILE' }],
    [8, undefined],
  ])('finds out whether 8 files can be opened when %i can, and closes them', async (free, failure) => {
    const files = process.getBuiltinModule('node:fs/promises');
    const { open } = files;
    const opened: { readonly fd: number }[] = [];
    vi.spyOn(files, 'open').mockImplementation(async (path) => {
      if (opened.length === free) throw TOO_MANY;
      const file = await open(path);
      opened.push(file);
      return file;
    });
    const found = await findFileLimitFailure();
    expect(files.open).toHaveBeenCalledWith(devNull);
    if (failure) expect(found).toMatchObject(failure);
    else expect(found).toBeUndefined();
    expect(opened).toHaveLength(free);
    // A closed file has no descriptor.
    expect(opened.every(({ fd }) => fd === -1)).toBe(true);
  });
});
