import { type Listing, MixcloudError, type User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { LISTENER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const OF_A_USER = ['cloudcasts', 'comments', 'favorites', 'feed', 'followers', 'following', 'listens', 'playlists'];
const OF_A_CLOUDCAST = ['favorites', 'listeners', 'comments', 'similar'];

describe.each(modes)('connections ($mode)', ({ Mixcloud, ResourceList }) => {
  it.each([
    ...OF_A_USER.map((name) => ['bob', name] as const),
    ...OF_A_CLOUDCAST.map((name) => ['luke/a-nice-mix', name] as const),
  ])('of %s: %s is a method', async (key, name) => {
    const world = await newWorld();
    const resource = await clientOf(Mixcloud, world).get(key);
    const list = await resource[name]();
    expect(list).toBeInstanceOf(ResourceList);
    expect((await sent(world))[1]).toBe(`GET /${key}/${name}/?metadata=1`);
  });

  it('take pagination options', async () => {
    const world = await newWorld();
    const peter = await clientOf(Mixcloud, world).get<User>('peter');
    const followers = await peter.followers({ limit: 3 });
    expect(followers).toHaveLength(3);
    const byPage = await peter.followers({ page: 1, perPage: 2 });
    expect(byPage.map(({ key }) => key)).toEqual((await peter.followers({ limit: 4 })).slice(2).map(({ key }) => key));
    await thrown(RangeError, () => peter.followers({ limit: -1 }));
    await thrown(TypeError, () => peter.followers({ limit: 1, page: 1 }));
    await thrown(TypeError, () => peter.followers({ Limit: 1 } as never));
    expect(await world.requests()).toHaveLength(4);
  });

  it('with a hyphen are named in camelCase', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN });
    await mixcloud.listenLater('luke/a-nice-mix');
    const me = await mixcloud.me();
    expect((await me.listenLater())['luke/a-nice-mix']?.name).toBe('A Nice Mix');
    expect((await me.connection('listen-later')).length).toBeGreaterThan(0);
  });

  it('are the same method when they are read twice', async () => {
    const bob = await clientOf(Mixcloud, await newWorld()).get('bob');
    expect(bob.followers).toBe(bob.followers);
  });

  it('are methods that can be handed around', async () => {
    const bob = await clientOf(Mixcloud, await newWorld()).get('bob');
    const { followers } = bob;
    expect((await followers({ limit: 1 })).length).toBe(1);
  });

  it('are those that the answer names, whatever the API adds', async () => {
    const world = await newWorld();
    const connections = { 'brand-new things': `${world.origin}/popular/`, odd: 7 };
    const user = { type: 'user', key: '/bob/', odd: 'data', metadata: { connections } };
    const jsonDecoder = (text: string) => (text.includes('"biog"') ? user : JSON.parse(text));
    const bob = await clientOf(Mixcloud, world, { jsonDecoder }).get('bob');
    expect((await bob.brandNewThings({ limit: 2 })).name).toBe('Popular Cloudcasts');
    expect(bob.odd).toBe('data');
  });

  it('that are known for the type are there before a resource is loaded', async () => {
    const world = await newWorld();
    const mix = (await clientOf(Mixcloud, world).popular())[0];
    const similar = await mix?.similar({ limit: 2 });
    expect(similar?.length).toBe(2);
    expect((await sent(world))[1]).toBe('GET /chris/funky-mix/similar/?metadata=1&limit=2');
    await mix?.load();
    expect(mix?.similar).toEqual(expect.any(Function));
  });

  it('read as in a chain', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const somemix = await mixcloud.get('someuser/somemix');
    const [first] = await somemix.similar();
    expect((await first?.load())?.picture_primary_color).toMatch(/^[0-9a-f]{6}$/);
  });

  it('may be empty', async () => {
    const newcomer = await clientOf(Mixcloud, await newWorld()).get('SilentNewcomer');
    for (const name of OF_A_USER) expect(await newcomer[name]()).toHaveLength(0);
  });

  it.each(['', '..', 'a/../b', 7, undefined])('connection(%j) is refused', async (name) => {
    const world = await newWorld();
    const bob = await clientOf(Mixcloud, world).get('bob');
    await thrown(TypeError, () => bob.connection(name as string));
    expect(await world.requests()).toHaveLength(1);
  });

  it('report errors as the client is set to', async () => {
    const world = await newWorld();
    const bob = await clientOf(Mixcloud, world).get('bob');
    expect(await bob.connection('nothing')).toMatchObject({ error: { type: 'ResourceNotFoundException' } });
    const raised = await clientOf(Mixcloud, world, { raiseExceptions: true }).get('bob');
    await thrown(MixcloudError, () => raised.connection('nothing'));
  });

  it('lead nowhere when their links are no URLs', async () => {
    const world = await newWorld();
    const bob = await new Mixcloud({ apiRoot: world.faultRoot('bad-links') }).get('bob');
    expect((await thrown(MixcloudError, () => bob.followers())).message).toContain('link of the connection followers');
  });

  it('are typed by what they hold', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const followers = await mixcloud.get<Listing<User>>('bob/followers');
    const name: string | undefined = followers[0]?.username;
    expect(name).toEqual(expect.any(String));
  });
});
