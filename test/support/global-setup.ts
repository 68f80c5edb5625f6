import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmulator } from '../emulator/start.ts';
import { PROJECT, pack } from '../package/support/pack.ts';
import { succeed } from '../package/support/run.ts';

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
  // `npm test` runs on the emulator that users get. A run of some files does not wait for npm.
  const unpacked = process.env.npm_lifecycle_event === 'test' ? await unpack() : undefined;
  const emulator = await startEmulator(unpacked?.packageFolder);
  project.provide('emulator', emulator.controlUrl);
  const installed = await mkdtemp(join(tmpdir(), 'mixcloud-client-installed-'));
  project.provide('installed', installed);
  return async () => {
    await rm(installed, { recursive: true, force: true });
    await emulator.stop();
    await unpacked?.remove();
  };
}

/** Packs the package and unpacks it within this project, where its dependencies are found. */
async function unpack(): Promise<{ packageFolder: string; remove: () => Promise<void> }> {
  const folder = join(PROJECT, '.cache', `packed-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const { filename } = await pack(folder);
  await succeed('tar', ['-xzf', filename], { cwd: folder });
  return { packageFolder: join(folder, 'package'), remove: () => rm(folder, { recursive: true, force: true }) };
}
