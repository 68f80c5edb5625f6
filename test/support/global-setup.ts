import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startEmulator } from '../emulator/start.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the emulator that all test files share; each makes worlds of its own in it. */
    emulator: string;
  }
}

/** Starts the emulator once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(new URL('../../dist/sync.js', import.meta.url))) {
    throw new Error('The tests use the built package; run `npm run build` first');
  }
  const emulator = await startEmulator();
  project.provide('emulator', emulator.controlUrl);
  return async () => {
    await emulator.stop();
  };
}
