import { inject, onTestFinished } from 'vitest';
import type { WorldOptions } from '../emulator/protocol.ts';
import { connectEmulator, type WorldHandle } from '../emulator/start.ts';

/** The emulator that all test files share. */
export function emulator() {
  return connectEmulator(inject('emulator'));
}

/** A world of the test's own, which ends with it. */
export async function newWorld(options?: WorldOptions): Promise<WorldHandle> {
  const world = await emulator().world(options);
  onTestFinished(() => world.close());
  return world;
}
