import fs from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { DependencyError, loadDependency } from '../../../src/async/transport/dependency.ts';

describe('loadDependency', () => {
  it('loads a dependency once', async () => {
    let count = 0;
    const load = async () => {
      count += 1;
      return 'loaded';
    };
    expect(await loadDependency('once', load)).toBe('loaded');
    expect(await loadDependency('once', load)).toBe('loaded');
    expect(count).toBe(1);
  });

  it('fails for a dependency that cannot be loaded, and tries it again', async () => {
    const load = () => Promise.reject(new Error('not installed'));
    const error = await loadDependency('missing', load).catch((thrown: unknown) => thrown);
    if (!(error instanceof DependencyError)) throw error;
    expect(error.toFailure()).toMatchObject({
      kind: 'dependency',
      message: "mixcloud-client could not load its dependency 'missing', so nothing was sent: not installed",
      cause: { message: 'not installed' },
    });
    expect(await loadDependency('missing', async () => 'loaded')).toBe('loaded');
  });

  it('is not tried while the process can open no files, since Node.js would not find it afterwards', async () => {
    const load = vi.fn(async () => 'loaded');
    vi.spyOn(fs, 'open').mockRejectedValueOnce(Object.assign(new Error('EMFILE: open'), { code: 'EMFILE' }));
    const error = await loadDependency('waiting', load).catch((thrown: unknown) => thrown);
    if (!(error instanceof DependencyError)) throw error;
    expect(error.toFailure()).toMatchObject({ kind: 'connection', code: 'EMFILE' });
    expect(load).not.toHaveBeenCalled();
    expect(await loadDependency('waiting', load)).toBe('loaded');
  });
});
