import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { eventually } from '../support/eventually.ts';
import { newWorld } from '../support/world.ts';
import { type Attempt, run } from './run-script.ts';

interface Report {
  readonly success: boolean;
  readonly ms: number;
  readonly seen: readonly { readonly sent: number; readonly total: number; readonly at: number }[];
  readonly threads: readonly number[];
  readonly nested: string;
  readonly thrown: Attempt;
  readonly calls: number;
  readonly next: Attempt;
}

describe('the progress of a blocking upload', () => {
  it('is told on the thread that waits, while it waits, and what a listener throws ends the upload', async () => {
    const world = await newWorld();
    const reports = await run<Report>({ script: 'progress.mjs', args: [OWNER_TOKEN], env: { WORLD: world.origin } });
    expect(reports.success).toBe(true);
    expect(reports.threads).toEqual([0]);
    const sent = reports.seen.map((progress) => progress.sent);
    const last = reports.seen.at(-1);
    expect(sent).toEqual([...new Set(sent)].sort((one, other) => one - other));
    expect(last?.sent).toBe(last?.total);
    expect(last?.total).toBeGreaterThan(20_000_000);
    // Ten a second at most, and one at the end.
    expect(reports.seen.length).toBeGreaterThan(3);
    expect(reports.seen.length).toBeLessThanOrEqual(Math.ceil(reports.ms / 100) + 1);
    // While it waits, not all at once when it is over.
    expect(reports.seen[0]?.at).toBeLessThan(reports.ms / 2);
    // A listener may make calls of its own.
    expect(reports.nested).toBe('London');

    expect(reports.thrown.error).toMatchObject({ name: 'RangeError', message: 'not so fast' });
    expect(reports.calls).toBe(1);
    expect(reports.next.value).toBe('peter');
    expect((await world.uploads()).map(({ key }) => key)).toEqual(['/stationowner/told/']);
    await eventually(async () => expect((await world.connections()).inFlight).toBe(0));
  });
});
