import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmulator } from '../emulator/start.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the emulator that all test files share; each makes worlds of its own in it. */
    emulator: string;
    /** Folder in which the first test file that needs it packs and installs the package, for all. */
    installed: string;
  }
}

/** Starts the emulator once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(new URL('../../dist/sync.js', import.meta.url))) {
    throw new Error('The tests use the built package; run `npm run build` first');
  }
  const emulator = await startEmulator();
  project.provide('emulator', emulator.controlUrl);
  const installed = await mkdtemp(join(tmpdir(), 'mixcloud-client-installed-'));
  project.provide('installed', installed);
  return async () => {
    await rm(installed, { recursive: true, force: true });
    await emulator.stop();
  };
}
