import fc from 'fast-check';
import { MixcloudError, type Resource, type ResourceList } from 'mixcloud-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { getClientMethods } from '../support/client-methods.ts';
import { modes } from '../support/modes.ts';
import { emulator } from '../support/world.ts';
import { MAKINGS } from './fuzz/makings.ts';
import { METHODS, type Subjects } from './fuzz/methods.ts';
import { lineOf } from './fuzz/right-requests.ts';
import { FUZZED, RUN_SEED, RUNS } from './fuzz/runs.ts';
import { input } from './fuzz/values.ts';

// A call that takes this long hangs; none is to an answer that is slow.
const LONGEST = 4000;

const parameters = { numRuns: RUNS, seed: RUN_SEED, endOnFailure: false };
const limit = 20_000 + RUNS * 100;

let tried = 0;

/** Whether an error is how misuse is told: with a message that names an argument. */
function isMisuse(error: unknown): boolean {
  return (
    (error instanceof TypeError || error instanceof RangeError) &&
    !/Cannot read|is not a function|not iterable/.test(error.message)
  );
}

describe.each(modes)('any input ($mode)', ({ mode, Mixcloud, MixcloudOAuth }) => {
  let world: WorldHandle;
  let subjects: Subjects;

  beforeAll(async () => {
    tried = 0;
    world = await emulator().world();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, timeout: LONGEST, retries: 0 });
    const { clientId, clientSecret } = OWNER_APP;
    const redirectUri = 'https://station.example/code';
    const oauth = new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret, redirectUri, mixcloud });
    const resource = await mixcloud.get('stationowner/perfect-mix');
    const list = (await mixcloud.get('bob/followers')) as unknown as ResourceList;
    subjects = { origin: world.origin, mixcloud, oauth, resource, list };
    await world.clearRequests();
  });
  afterAll(async () => {
    await subjects.mixcloud.close();
    await world.close();
    console.info(`${mode}: ${tried} inputs of ${FUZZED} methods, seed ${RUN_SEED}, ${RUNS} each`);
  });

  async function requested(free: boolean | undefined): Promise<string[]> {
    const entries = await world.requests();
    if (entries.length > 0) await world.clearRequests();
    expect(entries.filter(({ body }) => body.problem !== undefined)).toEqual([]);
    return entries.map((entry) => (free ? entry.url : lineOf(entry)));
  }

  it.each(METHODS)(
    'is refused before anything is sent, or is a right request: $name',
    async (method) => {
      const property = fc.asyncProperty(method.args, async (args) => {
        tried += 1;
        const began = performance.now();
        let refused: unknown;
        try {
          await method.call(subjects, input(args));
        } catch (error) {
          if (!(error instanceof MixcloudError)) refused = error;
        }
        const took = performance.now() - began;
        // Whatever happened: what one input has asked for must not be taken for the next one's.
        const lines = await requested(method.free);
        expect(took).toBeLessThan(LONGEST);
        if (refused !== undefined && !isMisuse(refused)) throw refused;
        if (refused !== undefined) expect(lines, String(refused)).toEqual([]);
        else if (!method.right(lines, args, subjects)) throw new Error(`wrong requests: ${lines.join(', ')}`);
      });
      await fc.assert(property, parameters);
    },
    limit,
  );

  it.each(MAKINGS)(
    'is refused or taken, without a request: $name',
    async ({ input: values, make }) => {
      const property = fc.property(values, (value) => {
        tried += 1;
        try {
          make({ Mixcloud, MixcloudOAuth, live: subjects.mixcloud }, input([value])[0]);
        } catch (error) {
          if (!isMisuse(error)) throw error;
        }
      });
      fc.assert(property, parameters);
      subjects.mixcloud.accessToken = OWNER_TOKEN;
      expect(await requested(false)).toEqual([]);
    },
    limit,
  );

  it('is given to every method of the client', () => {
    const tried = METHODS.flatMap(({ name }) => /^mixcloud\.(\w+)/.exec(name)?.[1] ?? []);
    expect([...new Set(tried)].sort()).toEqual(getClientMethods());
  });

  it('leaves the client as it was', async () => {
    expect(await subjects.mixcloud.get('bob')).toMatchObject({ city: 'London' });
    expect(subjects.resource).toHaveProperty('key', '/stationowner/perfect-mix/');
    expect((subjects.list as unknown as Resource[]).length).toBe(20);
    expect(({} as { timeout?: number }).timeout).toBeUndefined();
  });
});
