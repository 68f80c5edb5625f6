import { fileURLToPath } from 'node:url';
import { MixcloudDecodeError, MixcloudError, MixcloudRateLimitError, type ResourceList } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import type { FaultSpec, WorldOptions } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';
import { Script } from '../sync/run-script.ts';
import { expectIdle, expectRequests } from './idle.ts';

const SECOND_PAGE = 'until=';

describe.each(modes)('a loop over all() that ends early ($mode)', ({ Mixcloud }) => {
  const archive = async (client: InstanceType<typeof Mixcloud>) =>
    (await client.get('archive/cloudcasts')) as unknown as ResourceList;

  it('leaves no request running after a break, and the client goes on working', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang', query: SECOND_PAGE });
    const mixcloud = clientOf(Mixcloud, world);
    for await (const item of (await archive(mixcloud)).all()) {
      expect(item.type).toBe('cloudcast');
      await expectRequests(world, 2);
      break;
    }
    await expectIdle(world);
    expect((await mixcloud.get('bob')).city).toBe('London');
  });

  it('leaves no request running when its body throws', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang', query: SECOND_PAGE });
    const list = await archive(clientOf(Mixcloud, world));
    const loop = async () => {
      for await (const item of list.all()) throw new RangeError(`no ${item.key}`);
    };
    await expect(loop).rejects.toThrow(RangeError);
    await expectIdle(world);
  });

  it('gives the items before a page that fails, then throws, and is over', async () => {
    const world = await newWorld();
    await world.fault({ name: 'api-error', param: 500, query: SECOND_PAGE });
    const list = await archive(clientOf(Mixcloud, world));
    const items = list.all();
    let count = 0;
    const error = await thrown(MixcloudError, async () => {
      for await (const _item of items) count += 1;
    });
    expect([error.status, count]).toEqual([500, 20]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await expectIdle(world);
    expect(await world.requests()).toHaveLength(2);
  });

  it('throws the timeout of a page that does not come', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang', query: SECOND_PAGE });
    const list = await archive(clientOf(Mixcloud, world, { retries: 0 }));
    const loop = async () => {
      for await (const item of list.all({ timeout: 200 })) expect(item.type).toBe('cloudcast');
    };
    await expect(loop).rejects.toMatchObject({ name: 'MixcloudTimeoutError', timeout: 200 });
    await expectIdle(world);
  });

  it('reports a rate limit in the middle, and asks for nothing more', async () => {
    const world = await newWorld({ rateLimit: { after: 3, retryAfter: 30 } });
    const list = await archive(clientOf(Mixcloud, world));
    let count = 0;
    const error = await thrown(MixcloudRateLimitError, async () => {
      for await (const _item of list.all()) count += 1;
    });
    expect(count).toBe(60);
    expect(error.retryAfter).toBeGreaterThanOrEqual(30);
    await expectIdle(world);
    expect(await world.requests()).toHaveLength(4);
  });

  it('throws when a page is HTML', async () => {
    const world = await newWorld();
    await world.fault({ name: 'html-500', query: SECOND_PAGE });
    const list = await archive(clientOf(Mixcloud, world));
    await thrown(MixcloudDecodeError, async () => {
      for await (const item of list.all()) expect(item.type).toBe('cloudcast');
    });
    await expectIdle(world);
  });
});

describe('what asks for several things at once', () => {
  const [{ Mixcloud }] = modes;

  it.each(['getMany', 'loadAll'] as const)('ends at once when aborted, and so do its requests (%s)', async (method) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const list = (await mixcloud.get('bob/favorites')) as unknown as ResourceList;
    await world.fault({ name: 'hang' });
    const abort = new AbortController();
    const { signal } = abort;
    const keys = list.map(({ key }) => key);
    const call = method === 'getMany' ? mixcloud.getMany(keys, { signal }) : list.loadAll({ signal });
    const ended = expect(call).rejects.toThrow('enough of it');
    await expectRequests(world, 9);
    abort.abort(new Error('enough of it'));
    await ended;
    await expectIdle(world);
    expect(await world.requests()).toHaveLength(9);
    expect(list.some(({ full }) => full)).toBe(false);
  });

  it('sends nothing when aborted before', async () => {
    const world = await newWorld();
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(clientOf(Mixcloud, world).getMany(['bob', 'peter'], { signal })).rejects.toThrow('too late');
    expect(await world.requests()).toEqual([]);
  });

  it('ends a loop that waits for a page when aborted, with the reason of the signal', async () => {
    const world = await newWorld();
    await world.fault({ name: 'hang', query: SECOND_PAGE });
    const list = (await clientOf(Mixcloud, world).get('archive/cloudcasts')) as unknown as ResourceList;
    const abort = new AbortController();
    let count = 0;
    const loop = async () => {
      for await (const _item of list.all({ signal: abort.signal })) count += 1;
    };
    const ended = expect(loop()).rejects.toThrow('enough of it');
    await expectRequests(world, 2);
    abort.abort(new Error('enough of it'));
    await ended;
    expect(count).toBe(20);
    await expectIdle(world);
  });

  it('ends a loop between two items when aborted', async () => {
    const world = await newWorld();
    const list = (await clientOf(Mixcloud, world).get('archive/cloudcasts')) as unknown as ResourceList;
    const abort = new AbortController();
    let count = 0;
    const loop = async () => {
      for await (const _item of list.all({ signal: abort.signal })) {
        count += 1;
        if (count === 3) abort.abort();
      }
    };
    await expect(loop()).rejects.toMatchObject({ name: 'AbortError' });
    expect(count).toBe(3);
    await expectIdle(world);
  });
});

interface Left {
  readonly error: string | null;
  readonly timers: number;
  readonly ms: number;
}

describe.each(modes)('a script that leaves ($mode)', ({ mode }) => {
  const hang: FaultSpec = { name: 'hang', query: SECOND_PAGE };
  const cases: [string, string, string | null, FaultSpec | undefined, WorldOptions][] = [
    ['a loop at its end', 'whole', null, undefined, {}],
    ['a loop by break', 'break', null, hang, {}],
    ['a loop at a failing page', 'page', 'MixcloudError', { ...hang, name: 'api-error', param: 500 }, {}],
    [
      'a loop at a rate limit',
      'page',
      'MixcloudRateLimitError',
      undefined,
      { rateLimit: { after: 3, retryAfter: 30 } },
    ],
    ['getMany() with one failure', 'many', 'MixcloudError', undefined, {}],
  ];
  if (mode === 'async') cases.push(['a loop by an abort', 'abort', 'enough', hang, {}]);

  it.each(cases)(
    '%s leaves no timer and no request behind, and exits at once',
    async (_what, way, error, fault, options) => {
      const world = await newWorld(options);
      if (fault) await world.fault(fault);
      const script = new Script({
        script: fileURLToPath(new URL('scripts/leave.mjs', import.meta.url)),
        args: [mode, way],
        env: { WORLD: world.origin },
      });
      const left = await script.reports<Left>();
      expect([left.error, left.timers]).toEqual([error, 0]);
      // A timer or a request that was left would take longer, however busy the machine is.
      expect(left.ms).toBeLessThan(2000);
      expect((await script.ended).stderr).toBe('');
      await expectIdle(world);
    },
  );
});
