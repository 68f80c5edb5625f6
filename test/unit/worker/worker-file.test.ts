import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findWorkerFile } from '../../../src/sync/worker/worker-file.ts';

// No installed package has it, but the one that a test makes.
const VERSION = '0.0.1-test';
vi.mock(import('../../../src/shared/base/version.ts'), () => ({ VERSION: '0.0.1-test' }) as never);

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BESIDE = join(ROOT, 'src', 'sync', 'worker', 'mixcloud-client-worker.cjs');

describe("the worker's file", () => {
  let program: string;
  let home: string;
  let worker: string;
  beforeEach(async () => {
    program = await realpath(await mkdtemp(join(tmpdir(), 'mixcloud-program-')));
    home = join(program, 'node_modules', 'mixcloud-client');
    worker = join(home, 'dist', 'mixcloud-client-worker.cjs');
    await mkdir(join(home, 'dist'), { recursive: true });
    await install(VERSION);
    await writeFile(worker, "require('synckit');\nrequire('./part.cjs');\nrequire(\"./other.cjs\");\n");
    for (const part of ['part', 'other']) await writeFile(join(home, 'dist', `${part}.cjs`), '');
    await mkdir(join(program, 'node_modules', 'synckit'));
    await writeFile(join(program, 'node_modules', 'synckit', 'index.js'), '');
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', join(program, 'program.mjs'), join(ROOT, 'other.mjs')]);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(program, { recursive: true, force: true });
  });

  const install = (version: string) =>
    writeFile(join(home, 'package.json'), JSON.stringify({ name: 'mixcloud-client', version }));

  it('is looked for beside the file of the client, where it is resolved from it, and in the installed package', () => {
    const asked = vi.spyOn(process.getBuiltinModule('node:fs'), 'existsSync');
    expect(findWorkerFile()).toBe(worker);
    expect(asked.mock.calls).toEqual([[BESIDE], [BESIDE], [worker]]);
  });

  it('is not that of another version', async () => {
    await install('0.0.2-test');
    expect(findWorkerFile()).toBeUndefined();
  });

  it.each([
    ['itself', 'node_modules/mixcloud-client/dist/mixcloud-client-worker.cjs'],
    ['a part of the package', 'node_modules/mixcloud-client/dist/part.cjs'],
    ['another part of the package', 'node_modules/mixcloud-client/dist/other.cjs'],
    ['its dependency', 'node_modules/synckit'],
    ['the manifest', 'node_modules/mixcloud-client/package.json'],
  ])('is not one of which something is missing: %s', async (_what, missing) => {
    await rm(join(program, missing), { recursive: true });
    expect(findWorkerFile()).toBeUndefined();
  });

  it('is not looked for in a program that has no file', () => {
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['node']);
    expect(findWorkerFile()).toBeUndefined();
  });
});
