import { defineConfig, type Options } from 'tsup';
import ts from 'typescript';

/** Comments are for those who read `src` and, in the declarations, for editors; in the programs they are bytes to fetch. */
const withoutComments = {
  name: 'without-comments',
  renderChunk(code: string) {
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true };
    return { code: ts.transpileModule(code, { compilerOptions }).outputText };
  },
};

const shared: Options = {
  target: 'node20.18',
  platform: 'node',
  splitting: true,
  treeshake: true,
  plugins: [withoutComments],
};

const entries = { index: 'src/index.ts', sync: 'src/sync/index.ts' };
const testing = { testing: 'src/testing/index.ts' };

export default defineConfig([
  {
    ...shared,
    entry: entries,
    format: ['esm', 'cjs'],
    dts: { entry: { ...entries, ...testing } },
  },
  {
    ...shared,
    // Apart, so that the entries above share no file with it.
    entry: testing,
    format: ['esm', 'cjs'],
    splitting: false,
  },
  {
    ...shared,
    // The emulator's thread, and the program that starts it.
    entry: { emulator: 'src/testing/control/thread.ts', 'mixcloud-emulator': 'src/testing/command/main.ts' },
    format: ['cjs'],
    splitting: false,
  },
  {
    ...shared,
    // One worker serves both formats; CommonJS loads faster.
    entry: { worker: 'src/sync/worker/worker.ts' },
    format: ['cjs'],
    splitting: false,
    // `require` is there, and the loader of ES modules takes 4 ms to start in each worker.
    esbuildOptions(options) {
      options.supported = { 'dynamic-import': false };
    },
  },
]);
