import { expect, vi } from 'vitest';
import type { WorldHandle } from '../emulator/start.ts';

/** Waits until the world has no request under way any more, which must be soon. */
export async function expectIdle(world: WorldHandle): Promise<void> {
  await vi.waitFor(async () => expect((await world.connections()).inFlight).toBe(0), { timeout: 1000, interval: 10 });
}

/** Waits until the world has been sent so many requests. */
export async function expectRequests(world: WorldHandle, count: number): Promise<void> {
  await vi.waitFor(async () => expect(await world.requests()).toHaveLength(count), { timeout: 5000, interval: 10 });
}
