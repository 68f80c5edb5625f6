import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url)).replaceAll('\\', '/');

/**
 * Lets the blocking client run from `src`. It looks for `worker.cjs` beside its own file; here it finds the built one.
 */
const builtWorker = {
  name: 'built-worker',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (!id.startsWith(pathOf('src/sync/')) || !code.includes('import.meta')) return undefined;
    // No source map is needed: each line stays where it is.
    return code.replace(/\bimport\.meta\b/g, JSON.stringify({ url: new URL('dist/sync.js', import.meta.url).href }));
  },
};

/**
 * Measures which lines of `src` the tests run, for `npm run coverage`.
 *
 * The imports of the package by its own name lead to `src` in place of `dist`. Only the code that runs in the process of a
 * test file is counted. Code that runs in the worker thread or in a child process is not, so the worker's own files show as
 * not covered, although each blocking test runs them.
 */
export default defineConfig({
  plugins: [builtWorker],
  resolve: {
    alias: [
      { find: /^mixcloud-client$/, replacement: pathOf('src/index.ts') },
      { find: /^mixcloud-client\/(\w+)$/, replacement: `${pathOf('src/')}$1/index.ts` },
    ],
  },
  test: {
    ...base.test,
    // The other tests run the built package in processes of their own.
    include: ['unit', 'contract', 'many', 'resilience'].map((folder) => `test/${folder}/**/*.test.ts`),
    // These expect the frames of the package in `dist`.
    testNamePattern: /^(?!errors .* a stack )/,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.d.ts'],
      reporter: ['text', 'html'],
      reportOnFailure: true,
    },
  },
});
