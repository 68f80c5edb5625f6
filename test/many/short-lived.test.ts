import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newWorld } from '../support/world.ts';
import { Script } from '../sync/run-script.ts';

const SCRIPT = fileURLToPath(new URL('scripts/short-lived.mjs', import.meta.url));

describe.each(['async', 'sync'])('ten thousand short-lived clients of one parent (%s)', (mode) => {
  it('leave neither sockets nor memory behind', async () => {
    const world = await newWorld();
    const script = new Script({ script: SCRIPT, args: [mode, world.origin], flags: ['--expose-gc'] });
    const created = async () => (await world.requests()).length;
    await expect.poll(created, { timeout: 15_000 }).toBe(401);
    const { total, open } = await world.connections();
    script.release();
    const report = await script.reports<{ created: number; growth: number; city: string }>();
    expect(report).toMatchObject({ created: 10_000, city: 'London' });
    // A client takes more than a kilobyte, so that eight thousand would take ten megabytes.
    expect(report.growth).toBeLessThan(1_500_000);
    expect(open).toBeLessThanOrEqual(2);
    // undici rests a connection for a turn of the event loop, and a call that follows within that turn takes a second one.
    expect(total).toBeLessThanOrEqual(2);
  });
});
