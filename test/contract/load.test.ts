import { MixcloudConnectionError, MixcloudError, type User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('load ($mode)', ({ Mixcloud }) => {
  it('fills in what a partial resource lacks, and returns itself', async () => {
    const world = await newWorld();
    const mix = (await clientOf(Mixcloud, world).popular())[0];
    expect([mix?.full, mix?.description, mix?.metadata]).toEqual([false, undefined, undefined]);
    expect(await mix?.load()).toBe(mix);
    expect(mix?.full).toBe(true);
    expect(mix?.description).toEqual(expect.any(String));
    expect(mix?.similar).toEqual(expect.any(Function));
    expect((await sent(world))[1]).toBe('GET /chris/funky-mix/?metadata=1');
  });

  it('does nothing if the resource is full', async () => {
    const world = await newWorld();
    const bob = await clientOf(Mixcloud, world).get('bob');
    expect(await bob.load()).toBe(bob);
    expect(await bob.load({ force: false })).toBe(bob);
    expect(await world.requests()).toHaveLength(1);
  });

  it('fetches again when it is forced', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    const mix = await mixcloud.get('stationowner/perfect-mix');
    await mixcloud.edit('perfect-mix', { description: 'Changed since.' });
    expect(mix.description).not.toBe('Changed since.');
    expect(await mix.load({ force: true })).toBe(mix);
    expect(mix.description).toBe('Changed since.');
  });

  it('brings what stays, in a list and in an object', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const hot = await mixcloud.hot();
    await hot[5]?.load();
    expect([hot[5]?.full, hot[5]?.description]).toEqual([true, expect.any(String)]);
    const mix = await mixcloud.get('luke/a-nice-mix');
    await mix.user.load();
    expect([mix.user.full, mix.user.city]).toEqual([true, 'Athens']);
    expect(JSON.parse(JSON.stringify(mix)).user.city).toBe('Athens');
    expect(mix.data.user.city).toBeUndefined();
    await mix.load({ force: true });
    expect(mix.user.city).toBe('Athens');
    expect(JSON.parse(JSON.stringify(hot))[5].description).toBe(hot[5]?.description);
  });

  it('keeps fields that only the list had', async () => {
    const [listen] = await (await clientOf(Mixcloud, await newWorld()).get<User>('bob')).listens({ limit: 1 });
    const when = listen?.listen_time;
    await listen?.load();
    expect(listen?.full).toBe(true);
    expect(listen?.listen_time).toEqual(when);
  });

  it('keeps objects that were read before it', async () => {
    const mix = (await clientOf(Mixcloud, await newWorld()).popular())[0];
    const user = mix?.user;
    await mix?.load();
    expect(mix?.user).toBe(user);
  });

  it('throws an error of the API, and leaves the resource as it is', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const mix = (await mixcloud.popular())[0];
    const before = JSON.stringify(mix);
    await world.fault({ name: 'api-error' });
    expect((await thrown(MixcloudError, () => mix?.load())).message).toBe('The object is not here.');
    expect([mix?.full, JSON.stringify(mix)]).toEqual([false, before]);
    await world.clearFaults();
    await mix?.load();
    expect(mix?.full).toBe(true);
  });

  it('throws that error under raiseExceptions, and leaves it as it is too', async () => {
    const world = await newWorld();
    const mix = (await clientOf(Mixcloud, world, { raiseExceptions: true }).popular())[0];
    await world.fault({ name: 'api-error' });
    await thrown(MixcloudError, () => mix?.load());
    expect(mix?.full).toBe(false);
  });

  it('throws when there is no answer', async () => {
    const world = await newWorld();
    const mix = (await clientOf(Mixcloud, world, { retries: 0 }).popular())[0];
    await world.fault({ name: 'reset' });
    await thrown(MixcloudConnectionError, () => mix?.load());
    expect(mix?.full).toBe(false);
  });

  it.each([
    [{ force: 'yes' }, 'force: expected true or false, but got "yes"'],
    [{ forced: true }, 'unknown option "forced", did you mean "force"?'],
    [true, 'load options: expected an object such as { force: true }, but got true'],
  ])('refuses %j', async (options, message) => {
    const world = await newWorld();
    const bob = await clientOf(Mixcloud, world).get('bob');
    expect((await thrown(TypeError, () => bob.load(options as never))).message).toContain(message);
    expect(await world.requests()).toHaveLength(1);
  });
});
