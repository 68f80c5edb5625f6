import { describe, expect, it } from 'vitest';
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
});
