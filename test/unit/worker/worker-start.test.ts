import { afterEach, describe, expect, it, vi } from 'vitest';
import { MixcloudConnectionError, MixcloudWorkerError } from '../../../src/shared/protocol/errors.ts';
import { startWorker } from '../../../src/sync/worker/synckit.ts';
import { findWorkerFile } from '../../../src/sync/worker/worker-file.ts';
import { findFileLimitError, startApiWorker, toWorkerError } from '../../../src/sync/worker/worker-start.ts';
import { limitFiles } from './file-limit.ts';

vi.mock(import('../../../src/sync/worker/synckit.ts'), () => ({ startWorker: vi.fn() }) as never);
vi.mock(import('../../../src/sync/worker/worker-file.ts'), () => ({ findWorkerFile: vi.fn(() => '/the/worker.cjs') }));

// A thread of Node.js needs so many.
const FILES = 8;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the worker of blocking clients', () => {
  const start = () => startApiWorker(() => {});

  it('is started from its file, and may be silent for a second', () => {
    const onExit = () => {};
    startApiWorker(onExit);
    expect(startWorker).toHaveBeenCalledWith('/the/worker.cjs', { timeout: 1000, onExit });
  });

  it('that is not found is reported, and what to do about it', () => {
    vi.mocked(findWorkerFile).mockReturnValueOnce(undefined);
    const message = expect.stringMatching(
      /^The worker of the blocking client was not found: .*'mixcloud-client\/sync'/,
    );
    expect(start).toThrow(expect.objectContaining({ name: 'MixcloudWorkerError', sent: false, message }));
  });

  it.each([
    ['no threads', new Error('no threads'), 'no threads'],
    ['a value that is no error', 'no threads', '"no threads"'],
    ['no value at all', undefined, 'undefined'],
    [
      'a missing permission',
      Object.assign(new Error('Access to this API has been restricted'), {
        code: 'ERR_ACCESS_DENIED',
        permission: 'WorkerThreads',
      }),
      'the permission model of Node.js denied it; start Node.js with --allow-worker',
    ],
  ])('that cannot start for %s is reported, and that nothing was sent', (_what, cause, reason) => {
    vi.mocked(startWorker).mockImplementationOnce(() => {
      throw cause;
    });
    const message = `The worker of the blocking client could not start: ${reason}`;
    expect(start).toThrow(expect.objectContaining({ name: 'MixcloudWorkerError', message, cause, sent: false }));
  });

  it.each(['is not found', 'cannot start'])('that %s for want of files says so', (what) => {
    limitFiles(0);
    vi.mocked(findWorkerFile).mockReturnValueOnce(what === 'is not found' ? undefined : '/the/worker.cjs');
    vi.mocked(startWorker).mockImplementationOnce(() => {
      throw new Error('Cannot find module');
    });
    expect(start).toThrow(expect.objectContaining({ name: 'MixcloudConnectionError', code: 'EMFILE', sent: false }));
  });

  it('that failed is reported with the reason, and that a request may have been sent', () => {
    const error = toWorkerError(new Error('Worker exited with code 3'));
    expect(error).toBeInstanceOf(MixcloudWorkerError);
    expect(error).toMatchObject({ sent: true, message: expect.stringContaining('Worker exited with code 3') });
  });
});

describe('the limit of files', () => {
  it.each([FILES - 1, FILES])('is looked for with %i free files, and none of them stays open', (free) => {
    const files = limitFiles(free);
    const error = findFileLimitError();
    if (free < FILES) expect(error).toBeInstanceOf(MixcloudConnectionError);
    else expect(error).toBeUndefined();
    expect(files.taken).toBe(0);
  });

  it('is not blamed for another error', () => {
    limitFiles(0, 'ENOENT');
    expect(findFileLimitError()).toBeUndefined();
  });
});
