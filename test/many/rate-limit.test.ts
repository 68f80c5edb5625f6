import { MixcloudRateLimitError, type ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { AWKWARD_TOKEN, OWNER_TOKEN, type RequestLogEntry, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';
import { expectIdle, expectRequests } from './idle.ts';

const DELAY = 80;
const KEYS = ['bob', 'peter', 'alice', 'luke', 'certainuser'];

/** Uses up what a world answers before it refuses. */
async function useUp(world: WorldHandle, requests: number): Promise<void> {
  for (let count = 0; count < requests; count += 1) await fetch(`${world.origin}/popular/?metadata=1`);
  await world.clearRequests();
}

/** Milliseconds from the beginning of each request to that of the next. */
function gaps(requests: readonly RequestLogEntry[]): number[] {
  return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));
}

describe.each(modes)('maxRateLimitWait ($mode)', ({ Mixcloud }) => {
  it('lets calls that hit a limit together wait together, and tries them again one after another', async () => {
    const world = await newWorld({ delayMs: DELAY, rateLimit: { after: 6, retryAfter: 1 } });
    await useUp(world, 6);
    const began = performance.now();
    const found = await clientOf(Mixcloud, world, { maxRateLimitWait: 5 }).getMany(KEYS);
    const ms = performance.now() - began;
    expect(found.map(({ key }) => key)).toEqual(KEYS.map((key) => `/${key}/`));
    const requests = await world.requests();
    expect(requests.map(({ status }) => status)).toEqual([...KEYS.map(() => 403), ...KEYS.map(() => 200)]);
    const again = requests.slice(KEYS.length);
    // None before the limit is over, and none before the one before it is answered.
    expect((again[0]?.at ?? 0) - (requests[0]?.at ?? 0)).toBeGreaterThan(1000);
    for (const gap of gaps(again)) expect(gap).toBeGreaterThan(DELAY * 0.9);
    // One wait for all.
    expect(ms).toBeLessThan(3500);
  });

  it('goes on with a loop over all() after a limit in the middle', async () => {
    const world = await newWorld({ rateLimit: { after: 3, retryAfter: 0.3 } });
    const mixcloud = clientOf(Mixcloud, world, { maxRateLimitWait: 2 });
    const list = (await mixcloud.get('archive/cloudcasts')) as unknown as ResourceList;
    const keys = new Set<unknown>();
    for await (const { key } of list.all({ limit: 100 })) keys.add(key);
    expect(keys.size).toBe(100);
    const statuses = (await world.requests()).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses).toContain(403);
  });

  it('waits again when the limit is hit again', async () => {
    const world = await newWorld({ rateLimit: { after: 2, retryAfter: 0.3 } });
    const found = await clientOf(Mixcloud, world, { maxRateLimitWait: 5 }).getMany(KEYS);
    expect(found.map(({ key }) => key)).toEqual(KEYS.map((key) => `/${key}/`));
    const statuses = (await world.requests()).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(KEYS.length);
  });

  it('does not count the wait as part of the timeout', async () => {
    const world = await newWorld({ rateLimit: { after: 1, retryAfter: 2.1 } });
    await useUp(world, 1);
    const mixcloud = clientOf(Mixcloud, world, { maxRateLimitWait: 4, timeout: 2000 });
    expect((await mixcloud.get('bob')).city).toBe('London');
  });

  it('reports a limit that is too long, at once', async () => {
    const world = await newWorld({ rateLimit: { after: 1, retryAfter: 30 } });
    await useUp(world, 1);
    const mixcloud = clientOf(Mixcloud, world, { maxRateLimitWait: 5, raiseExceptions: true });
    const began = performance.now();
    const error = await thrown(MixcloudRateLimitError, () => mixcloud.get('bob'));
    expect(error.retryAfter).toBeGreaterThanOrEqual(30);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await world.requests()).toHaveLength(1);
  });

  it('reports every limit when it is 0, which is the default', async () => {
    const world = await newWorld({ rateLimit: { after: 1, retryAfter: 1 } });
    await useUp(world, 1);
    const { error } = (await clientOf(Mixcloud, world).get('bob')).data;
    expect(error).toMatchObject({ type: 'RateLimitException', retry_after: expect.any(Number) });
    expect(await world.requests()).toHaveLength(1);
  });

  it.each([
    ['rate-limit', 0],
    ['rate-limit-header', 0],
    ['rate-limit-date', -60],
  ])('does not flood a server that refuses for no time (%s)', async (name, param) => {
    const world = await newWorld();
    await world.fault({ name, param });
    const mixcloud = clientOf(Mixcloud, world, { maxRateLimitWait: 2, raiseExceptions: true });
    await thrown(MixcloudRateLimitError, () => mixcloud.get('bob'));
    const requests = await world.requests();
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.length).toBeLessThan(8);
    for (const gap of gaps(requests)) expect(gap).toBeGreaterThan(200);
  });

  it('tries what changes something again too, since it was refused', async () => {
    const world = await newWorld({ rateLimit: { after: 1, retryAfter: 0.3 } });
    await useUp(world, 1);
    const mixcloud = clientOf(Mixcloud, world, { maxRateLimitWait: 2, accessToken: OWNER_TOKEN });
    expect((await mixcloud.follow('bob')).result).toMatchObject({ success: true });
    expect((await world.requests()).map(({ method, status }) => [method, status])).toEqual([
      ['POST', 403],
      ['POST', 200],
    ]);
  });

  it('never sends an upload again', async () => {
    const world = await newWorld({ rateLimit: { after: 1, retryAfter: 0.3 } });
    await useUp(world, 1);
    const options = { maxRateLimitWait: 2, accessToken: OWNER_TOKEN, raiseExceptions: true };
    const mixcloud = clientOf(Mixcloud, world, options);
    const mp3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(1000)]);
    await thrown(MixcloudRateLimitError, () => mixcloud.upload(mp3, 'Sent once'));
    expect((await world.requests()).map(({ method, status }) => [method, status])).toEqual([['POST', 403]]);
  });
});

describe('a call that waits for a rate limit', () => {
  const [{ Mixcloud }] = modes;

  const waiting = async () => {
    const world = await newWorld({ rateLimit: { after: 1, retryAfter: 20 } });
    await useUp(world, 1);
    return { world, mixcloud: clientOf(Mixcloud, world, { maxRateLimitWait: 60 }) };
  };

  it('rejects at once when it is aborted, and the others go on waiting', async () => {
    const { world, mixcloud } = await waiting();
    const abort = new AbortController();
    const first = mixcloud.get('bob', { signal: abort.signal });
    const aborted = expect(first).rejects.toThrow('enough of it');
    let settled = false;
    const second = mixcloud.get('peter').finally(() => {
      settled = true;
    });
    const refused = expect(second).rejects.toMatchObject({ code: 'ERR_MIXCLOUD_CLOSED' });
    await expectRequests(world, 2);
    await expectIdle(world);
    const began = performance.now();
    abort.abort(new Error('enough of it'));
    await aborted;
    expect(performance.now() - began).toBeLessThan(2000);
    expect(settled).toBe(false);
    await mixcloud.close();
    await refused;
    expect(await world.requests()).toHaveLength(2);
  });

  it('is refused when the client is closed', async () => {
    const { world, mixcloud } = await waiting();
    const calls = ['bob', 'peter', 'alice'].map((key) => mixcloud.get(key));
    const refused = Promise.all(
      calls.map((call) =>
        expect(call).rejects.toMatchObject({ name: 'MixcloudClosedError', code: 'ERR_MIXCLOUD_CLOSED' }),
      ),
    );
    await expectRequests(world, 3);
    await expectIdle(world);
    const began = performance.now();
    await mixcloud.close();
    await refused;
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await world.requests()).toHaveLength(3);
  });

  it('does not hold back the calls of another token, or of none', async () => {
    const world = await newWorld();
    await world.fault({ name: 'rate-limit', param: 20, query: `access_token=${OWNER_TOKEN}` });
    const server = clientOf(Mixcloud, world, { maxRateLimitWait: 60 });
    const limited = server.withOptions({ accessToken: OWNER_TOKEN });
    const refused = expect(limited.get('bob')).rejects.toMatchObject({ code: 'ERR_MIXCLOUD_CLOSED' });
    await expectRequests(world, 1);
    await expectIdle(world);
    // A client of the same user waits with it, and sends nothing.
    const same = server.withOptions({ accessToken: OWNER_TOKEN }).get('luke');
    const sameRefused = expect(same).rejects.toMatchObject({ code: 'ERR_MIXCLOUD_CLOSED' });
    for (const accessToken of [AWKWARD_TOKEN, null]) {
      expect((await server.withOptions({ accessToken }).get('peter')).key).toBe('/peter/');
    }
    expect(await world.requests()).toHaveLength(3);
    await server.close();
    await refused;
    await sameRefused;
  });

  it('holds back the calls that come after it', async () => {
    const world = await newWorld({ rateLimit: { after: 3, retryAfter: 0.6 } });
    await useUp(world, 3);
    const mixcloud = clientOf(Mixcloud, world, { maxRateLimitWait: 5 });
    const first = mixcloud.get('bob');
    await expectRequests(world, 1);
    await expectIdle(world);
    const [bob, peter] = await Promise.all([first, mixcloud.get('peter')]);
    expect([bob.key, peter.key]).toEqual(['/bob/', '/peter/']);
    expect((await world.requests()).map(({ url, status }) => `${url.split('?')[0]} ${status}`)).toEqual([
      '/bob/ 403',
      '/bob/ 200',
      '/peter/ 200',
    ]);
  });
});
