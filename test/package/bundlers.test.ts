import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESBUILD_BANNER } from '../../scripts/matrix/configuration.ts';
import { newWorld } from '../support/world.ts';
import { type App, installApp } from './support/app.ts';
import { runProgram } from './support/programs.ts';

/** How a bundler makes one file out of a program, for Node.js. */
interface Bundler {
  readonly title: string;
  readonly extension: 'mjs' | 'cjs';
  bundle(entry: string, outfile: string, external: readonly string[]): Promise<unknown>;
}

function byEsbuild(format: 'esm' | 'cjs', minify: boolean): Bundler['bundle'] {
  return (entry, outfile, external) =>
    esbuild({
      entryPoints: [entry],
      outfile,
      format,
      minify,
      external: [...external],
      bundle: true,
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
      ...(format === 'esm' && { banner: { js: ESBUILD_BANNER } }),
    });
}

function byRolldown(format: 'esm' | 'cjs'): Bundler['bundle'] {
  return async (input, file, external) => {
    const bundle = await rolldown({ input, external: [...external], platform: 'node', logLevel: 'silent' });
    await bundle.write({ file, format, codeSplitting: false });
    await bundle.close();
  };
}

const BUNDLERS: readonly Bundler[] = [
  { title: 'esbuild, as an ES module', extension: 'mjs', bundle: byEsbuild('esm', false) },
  { title: 'esbuild, as CommonJS, minified', extension: 'cjs', bundle: byEsbuild('cjs', true) },
  { title: 'rolldown, as an ES module', extension: 'mjs', bundle: byRolldown('esm') },
  { title: 'rolldown, as CommonJS', extension: 'cjs', bundle: byRolldown('cjs') },
];

describe("a consumer's bundler", { timeout: 60_000 }, () => {
  let app: App;
  beforeAll(async () => {
    app = await installApp();
  });
  afterAll(() => app.remove());

  /** A folder that has nothing installed, nor above it. */
  async function emptyFolder(): Promise<string> {
    return mkdtemp(join(app.folder, '..', 'bundled-'));
  }

  async function run(folder: string, file: string) {
    const world = await newWorld();
    const { code, stdout, stderr } = await runProgram(process.execPath, folder, { title: file, file }, world);
    return { code, stdout, stderr };
  }

  describe.each(BUNDLERS)('$title,', ({ extension, bundle }) => {
    const good = { code: 0, stdout: 'ok\n', stderr: '' };
    const file = `bundle.${extension}`;

    it('makes one file of the asynchronous client that needs nothing else', async () => {
      // CommonJS has no top-level await.
      const program = await readFile(join(app.folder, 'esm.mjs'), 'utf8');
      const [imports, body] = program.split(/(?=^const \{ apiRoot)/m);
      await writeFile(join(app.folder, 'wrapped.mjs'), `${imports}async function main() {\n${body}}\nmain();\n`);
      const folder = await emptyFolder();
      await bundle(join(app.folder, 'wrapped.mjs'), join(folder, file), []);
      expect(await run(folder, file)).toEqual(good);
    });

    it('leaves the blocking client whole if its entry is external and installed', async () => {
      const folder = await emptyFolder();
      await cp(join(app.folder, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
      await bundle(join(app.folder, 'sync.mjs'), join(folder, file), ['mixcloud-client/sync']);
      expect(await readFile(join(folder, file), 'utf8')).toContain('mixcloud-client/sync');
      expect(await run(folder, file)).toEqual(good);
    });

    it('that bundles the blocking client too leaves it working beside an installed package, and else says what to do', async () => {
      const inApp = await mkdtemp(join(app.folder, 'bundled-'));
      await bundle(join(app.folder, 'sync.mjs'), join(inApp, file), []);
      expect(await run(inApp, file)).toEqual(good);
      // webpack copies the worker as an asset, under another name and without the files that it requires.
      const copy = join(inApp, 'mixcloud-client-worker.cjs');
      await cp(join(app.folder, 'node_modules', 'mixcloud-client', 'dist', 'mixcloud-client-worker.cjs'), copy);
      expect(await run(inApp, file)).toEqual(good);
      const folder = await emptyFolder();
      await cp(join(inApp, file), join(folder, file));
      const { code, stderr } = await run(folder, file);
      expect(stderr).toContain('MixcloudWorkerError: The worker of the blocking client was not found: ');
      expect(stderr).toContain("keep 'mixcloud-client/sync' external");
      expect(code).toBe(1);
    });
  });
});
