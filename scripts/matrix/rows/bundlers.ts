/** Bundlers. The asynchronous client is bundled; the blocking client is kept external, or found if it was not. */
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ESBUILD_BANNER, ESBUILD_EXTERNAL, EXTERNAL, WEBPACK_EXTERNALS } from '../configuration.ts';
import { type Mode, script } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';

/** What the blocking client says in a bundle that has neither the worker nor an installed package near it. */
export const SAYS_EXTERNAL = /keep 'mixcloud-client\/sync' external/;

interface Bundler extends Omit<Row, 'version' | 'async' | 'sync'> {
  /** The package whose version is shown. */
  readonly package: string;
  /** Extensions of the bundles, each for one format. */
  readonly extensions: readonly ('mjs' | 'cjs')[];
  /** Makes `dist/MODE.EXTENSION` out of `MODE.mjs`, with the configuration that the README gives if it is external. */
  bundle(project: Project, mode: Mode, extension: 'mjs' | 'cjs', external: boolean): Promise<unknown>;
}

function toRow({ package: shown, extensions, bundle, ...rest }: Bundler): Row {
  return {
    ...rest,
    version: (project) => project.versionOf(shown),
    async async(project) {
      await project.write('async.mjs', script('async', 'esm'));
      for (const extension of extensions) {
        await bundle(project, 'async', extension, false);
        await elsewhere(project, `dist/async.${extension}`, (cwd, file) => project.expectLine('node', [file], { cwd }));
      }
      return 'bundled';
    },
    async sync(project) {
      await project.write('sync.mjs', script('sync', 'esm'));
      for (const extension of extensions) {
        const file = `dist/sync.${extension}`;
        await bundle(project, 'sync', extension, true);
        const bundled = await project.read(file);
        if (!bundled.includes('mixcloud-client/sync')) throw new Error('the configuration did not keep it external');
        await project.expectLine('node', [file]);
        // Bundled by accident, it finds the worker in the installed package, and else says what to do.
        await bundle(project, 'sync', extension, false);
        await project.expectLine('node', [file]);
        await elsewhere(project, file, (cwd, moved) => project.expectError(SAYS_EXTERNAL, 'node', [moved], { cwd }));
      }
      return 'external';
    },
  };
}

/** Runs a bundle in a folder that has nothing installed, nor above it, as if on another machine. */
export async function elsewhere(
  project: Project,
  file: string,
  use: (folder: string, name: string) => Promise<unknown>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mixcloud-client-bundled-'));
  const modules = join(project.folder, 'node_modules');
  const away = join(project.folder, 'node_modules-away');
  try {
    await cp(join(project.folder, dirname(file)), folder, { recursive: true });
    // webpack writes the paths of this machine into its bundles.
    await rename(modules, away);
    await use(folder, basename(file));
  } finally {
    await rename(away, modules).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

const BUNDLERS: readonly Bundler[] = [
  {
    name: 'esbuild',
    title: 'esbuild',
    packages: ['esbuild'],
    package: 'esbuild',
    extensions: ['mjs', 'cjs'],
    bundle: (project, mode, extension, external) =>
      project.succeed('esbuild', [
        `${mode}.mjs`,
        '--bundle',
        '--platform=node',
        ...(external ? [ESBUILD_EXTERNAL] : []),
        ...(extension === 'mjs' ? ['--format=esm', `--banner:js=${ESBUILD_BANNER}`] : ['--format=cjs', '--minify']),
        `--outfile=dist/${mode}.${extension}`,
        '--log-level=error',
      ]),
  },
  {
    name: 'webpack',
    title: 'webpack',
    packages: ['webpack', 'webpack-cli'],
    package: 'webpack',
    extensions: ['cjs'],
    async bundle(project, mode, extension, external) {
      await project.write(
        'webpack.config.cjs',
        `module.exports = {
          mode: 'production',
          target: 'node',
          entry: './${mode}.mjs',
          output: { filename: '${mode}.${extension}' },
          ${external ? WEBPACK_EXTERNALS : ''}
        };`,
      );
      await project.succeed('webpack', []);
    },
  },
  {
    name: 'rollup',
    title: 'rollup',
    packages: ['rollup', '@rollup/plugin-commonjs', '@rollup/plugin-json', '@rollup/plugin-node-resolve'],
    package: 'rollup',
    extensions: ['mjs', 'cjs'],
    async bundle(project, mode, extension, external) {
      await project.write(
        'rollup.config.mjs',
        `
        import commonjs from '@rollup/plugin-commonjs';
        import json from '@rollup/plugin-json';
        import nodeResolve from '@rollup/plugin-node-resolve';
        export default {
          input: '${mode}.mjs',
          output: { file: 'dist/${mode}.${extension}', format: '${extension === 'mjs' ? 'es' : 'cjs'}', inlineDynamicImports: true },
          ${external ? `${EXTERNAL},` : ''}
          plugins: [nodeResolve({ preferBuiltins: true }), commonjs(), json()],
        };`,
      );
      await project.succeed('rollup', ['--config', '--silent']);
    },
  },
  {
    name: 'rolldown',
    title: 'rolldown',
    packages: ['rolldown'],
    package: 'rolldown',
    extensions: ['mjs', 'cjs'],
    async bundle(project, mode, extension, external) {
      await project.write(
        'rolldown.config.mjs',
        `export default {
          input: '${mode}.mjs',
          platform: 'node',
          ${external ? `${EXTERNAL},` : ''}
          output: { file: 'dist/${mode}.${extension}', format: '${extension === 'mjs' ? 'esm' : 'cjs'}', codeSplitting: false },
        };`,
      );
      await project.succeed('rolldown', ['--config', 'rolldown.config.mjs']);
    },
  },
  {
    name: 'vite-ssr',
    title: 'Vite, SSR',
    packages: ['vite'],
    package: 'vite',
    extensions: ['mjs'],
    async bundle(project, mode, extension, external) {
      await project.write(
        'vite.config.mjs',
        `export default {
          build: {
            ssr: '${mode}.mjs',
            rollupOptions: { output: { entryFileNames: '${mode}.${extension}' } },
          },
          ssr: { noExternal: true, ${external ? EXTERNAL : ''} },
        };`,
      );
      await project.succeed('vite', ['build', '--logLevel=error']);
    },
  },
];

/** A tracer copies the files that a program needs, each where it is. */
const NFT: Row = {
  name: 'nft',
  title: '@vercel/nft',
  packages: ['@vercel/nft'],
  version: (project) => project.versionOf('@vercel/nft'),
  async: (project) => checkTraced(project, 'async'),
  sync: (project) => checkTraced(project, 'sync'),
};

async function checkTraced(project: Project, mode: Mode): Promise<string> {
  let text = '';
  for (const format of ['esm', 'cjs'] as const) {
    const file = `${mode}.${format === 'esm' ? 'mjs' : 'cjs'}`;
    await project.write(file, script(mode, format));
    await project.write(
      'trace.mjs',
      `
      import { cp } from 'node:fs/promises';
      import { nodeFileTrace } from '@vercel/nft';
      const { fileList } = await nodeFileTrace([process.argv[2]]);
      for (const file of fileList) await cp(file, 'dist/' + file, { recursive: true });`,
    );
    await rm(join(project.folder, 'dist'), { recursive: true, force: true });
    await project.succeed('node', ['trace.mjs', file]);
    await elsewhere(project, `dist/${file}`, async (cwd, name) => {
      text = await project.expectLine('node', [name], { cwd });
    });
  }
  return text;
}

export const BUNDLER_ROWS: readonly Row[] = [...BUNDLERS.map(toRow), NFT];
