import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url)).replaceAll('\\', '/');

/**
 * Measures which lines of `src` the tests run, for `npm run coverage`.
 *
 * The imports of the package by its own name lead to `src` in place of `dist`. There is no worker beside `src/sync`, so the
 * blocking client takes the built one, as it does in a bundle. Only the code that runs in the process of a test file is
 * counted: not the worker thread, and no child process.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^mixcloud-client$/, replacement: pathOf('src/index.ts') },
      { find: /^mixcloud-client\/(\w+)$/, replacement: `${pathOf('src/')}$1/index.ts` },
    ],
  },
  test: {
    ...base.test,
    // The other tests run the built package in processes of their own.
    include: [
      ...['unit', 'contract', 'many', 'resilience'].map((folder) => `test/${folder}/**/*.test.ts`),
      'test/sync/synckit.test.ts',
    ],
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
