import { defineConfig } from 'vitest/config';

/** Runs the tests that only read `src`, for `npm run check`. They need neither a build nor the emulator. */
export default defineConfig({
  test: { include: ['test/architecture.test.ts'], testTimeout: 20_000 },
});
