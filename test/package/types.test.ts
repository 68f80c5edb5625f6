import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newWorld } from '../support/world.ts';
import { type App, installApp } from './support/app.ts';
import { PROJECT } from './support/pack.ts';
import { runProgram } from './support/programs.ts';
import { run } from './support/run.ts';

/** Packages of this project that hold the compilers. */
const COMPILERS = [
  ['5.4', 'typescript-5.4'],
  ['5.9', 'typescript'],
  ['6', 'typescript-6'],
  ['7', 'typescript-7'],
] as const;

// What a careful consumer sets. There is no `dom` in `lib`: these are programs for Node.js.
const STRICT = {
  target: 'es2022',
  lib: ['es2022'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
};

const MODULES = [
  ['node16', { module: 'node16', moduleResolution: 'node16' }, ['usage.mts', 'usage.cts', 'promises.mts', 'names.mts']],
  [
    'bundler',
    // The same declarations are checked under node16 resolution, which takes most of the time.
    { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true },
    ['usage.mts', 'promises.mts', 'names.mts'],
  ],
] as const;

describe('the declarations, in a strict project,', { timeout: 60_000 }, () => {
  let app: App;
  beforeAll(async () => {
    app = await installApp('@types/node', 'undici-types');
  });
  afterAll(() => app.remove());

  /** Compiles programs of the folder `typescript` and gives what the compiler complains about. */
  async function compile(compiler: string, files: readonly string[], options: object): Promise<string> {
    const outDir = join(app.folder, 'built');
    const config = { compilerOptions: { rootDir: 'typescript', outDir, ...STRICT, ...options }, files };
    const path = join(app.folder, 'tsconfig.json');
    await writeFile(path, JSON.stringify({ ...config, files: files.map((file) => `typescript/${file}`) }));
    const tsc = join(PROJECT, 'node_modules', compiler, 'bin', 'tsc');
    const { code, stdout, stderr } = await run(process.execPath, [tsc, '--project', path]);
    return code === 0 ? '' : `${stdout}${stderr}` || `ended with ${code}`;
  }

  describe.each(COMPILERS)('with TypeScript %s', (_version, compiler) => {
    it.each(MODULES)('compile under %s resolution and keep the promises of types', async (_name, options, files) => {
      expect(await compile(compiler, files, options)).toBe('');
    });
  });

  it.each(['usage.mjs', 'usage.cjs'])('lead to a program that runs: %s', async (file) => {
    const [, options] = MODULES[0];
    expect(await compile('typescript-7', [file.replace('js', 'ts')], options)).toBe('');
    const world = await newWorld();
    const program = { title: file, file: `built/${file}` };
    const { code, stdout, stderr } = await runProgram(process.execPath, app.folder, program, world);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
  });

  it.each([
    ['5.4', 'typescript-5.4', ['es2022']],
    ['7', 'typescript-7', ['es2022']],
    ['7', 'typescript-7', ['es2022', 'esnext.disposable', 'dom']],
  ])('need no declarations of Node.js with TypeScript %s: %s, %j', async (_version, compiler, lib) => {
    const [, options] = MODULES[0];
    expect(await compile(compiler, ['names.mts'], { ...options, lib, types: [] })).toBe('');
  });
});
