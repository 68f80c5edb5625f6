import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** Runs unit tests without the emulator, which takes longer to start than most of them take. */
export default defineConfig({
  root: new URL('../../', import.meta.url).pathname,
  test: { ...base.test, include: ['test/unit/**/*.test.ts'], globalSetup: [], testTimeout: 8000 },
});
