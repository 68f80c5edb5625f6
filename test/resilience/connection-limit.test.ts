import { MixcloudTimeoutError } from 'mixcloud-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

/** What a pool of the package has at most. */
const MOST_CONNECTIONS = 32;
const ROUNDS = 5;

describe.each(modes)('the connections of a client ($mode)', ({ Mixcloud }) => {
  // undici offers the queue of a pool to connections that the pool has dropped: one more for each call that is given up.
  it('do not become more with calls that time out while others wait', async () => {
    const world = await newWorld({ log: false });
    const mixcloud = clientOf(Mixcloud, world, { retries: 0 });
    const others = Array.from({ length: 60 }, () => 'bob');
    for (let round = 0; round < ROUNDS; round += 1) {
      const keys = [...Array.from({ length: 4 }, () => 'fault/hang/bob'), ...others];
      await thrown(MixcloudTimeoutError, () => mixcloud.getMany(keys, { concurrency: keys.length, timeout: 200 }));
      await mixcloud.getMany(others, { concurrency: others.length });
    }
    // The server may learn a moment later that a connection was closed.
    const open = async () => (await world.connections()).open;
    await expect.poll(open, { timeout: 5000 }).toBeLessThanOrEqual(MOST_CONNECTIONS);
  });
});

describe('calls that wait for a connection', () => {
  const [{ Mixcloud }] = modes;

  /** Names and codes of the errors of many calls at once. */
  async function failAtOnce(apiRoot: string, timeout: number): Promise<Set<string>> {
    const mixcloud = new Mixcloud({ apiRoot, timeout, retries: 0 });
    onTestFinished(() => mixcloud.close());
    const calls = Array.from({ length: 3 * MOST_CONNECTIONS }, (_, index) => mixcloud.get(`user-${index}`));
    const results = await Promise.allSettled(calls);
    return new Set(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'fulfilled')));
  }

  it('are told that it was refused, as the calls before them were', async () => {
    const world = await newWorld();
    await world.close();
    expect(await failAtOnce(world.apiRoot, 10_000)).toEqual(new Set(['ECONNREFUSED']));
  });
});
