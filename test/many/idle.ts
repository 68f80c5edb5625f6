import { expect } from 'vitest';
import type { WorldHandle } from '../emulator/start.ts';
import { eventually } from '../support/eventually.ts';

/** Waits until the world has no request under way any more. */
export async function expectIdle(world: WorldHandle): Promise<void> {
  await eventually(async () => expect((await world.connections()).inFlight).toBe(0));
}

/** Waits until the world has been sent so many requests. */
export async function expectRequests(world: WorldHandle, count: number): Promise<void> {
  await eventually(async () => expect(await world.requests()).toHaveLength(count));
}
