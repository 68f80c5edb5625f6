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

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts', sync: 'src/sync/index.ts' },
    format: ['esm', 'cjs'],
    dts: true,
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
