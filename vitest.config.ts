import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // A process for each file: a blocking client blocks the thread that its test runs on.
    pool: 'forks',
    // More than the two processors of a small machine: much of the time is spent waiting.
    maxWorkers: 3,
    // The watchdog: a hang is a failure.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    teardownTimeout: 5_000,
    // The built package, as its users have it, and not a copy that the test runner transforms.
    server: { deps: { external: [/\/dist\//] } },
  },
});
