import { defineConfig } from 'tsup';

const shared = {
  target: 'node20.18',
  platform: 'node',
  splitting: true,
  // `import.meta.url` in CommonJS, by which the worker is found.
  shims: true,
  treeshake: true,
} as const;

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
    entry: { worker: 'src/sync/worker.ts' },
    format: ['cjs'],
    splitting: false,
    // `require` is there, and the loader of ES modules takes 4 ms to start in each worker.
    esbuildOptions(options) {
      options.supported = { 'dynamic-import': false };
    },
  },
]);
