import { MixcloudError, toError, type User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { LISTENER_TOKEN, OWNER_TOKEN, REVOKED_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery, sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('what can be found ($mode)', ({ Mixcloud, Resource, ResourceList }) => {
  describe('me', () => {
    it('is the owner of the access token', async () => {
      const world = await newWorld();
      const me = await clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN }).me();
      expect([me.username, me.is_current_user]).toEqual(['Night_Listener', true]);
      expect(await sent(world)).toEqual([`GET /me/?metadata=1&access_token=${LISTENER_TOKEN}`]);
    });

    it('needs one', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      expect((await thrown(TypeError, () => mixcloud.me())).message).toContain('accessToken');
      expect(await world.requests()).toEqual([]);
    });
  });

  describe('discover', () => {
    it.each([
      ['Funk', '/genres/funk/'],
      ['Deep House', '/genres/deep-house/'],
      ['Drum & Bass', '/genres/drum-bass/'],
      ["L'ambiance", '/genres/lambiance/'],
      ['Aug.26.2018', '/genres/aug262018/'],
      ['deep-house', '/genres/deep-house/'],
      ['Ρεμπέτικα', `/genres/${encodeURIComponent('ρεμπέτικα')}/`],
      ['city:athens', '/genres/city:athens/'],
      ['city:Athens', '/genres/city:athens/'],
      ['funk+city:athens', '/genres/funk+city:athens/'],
      ['/genres/funk/', '/genres/funk/'],
      ['/tag/funk/', '/genres/funk/'],
    ])('asks for %s at %s', async (tag, path) => {
      const world = await newWorld();
      await clientOf(Mixcloud, world).discover(tag);
      expect(await sent(world)).toEqual([`GET ${path}?metadata=1`]);
    });

    it('gives a tag with its connections', async () => {
      const tag = await clientOf(Mixcloud, await newWorld()).discover('funk+city:athens');
      expect(tag).toBeInstanceOf(Resource);
      expect(String(tag)).toBe(`<Resource: Tag '${tag.key}'>`);
      const popular = await tag.popular();
      expect(popular['luke/a-nice-mix']?.name).toBe('A Nice Mix');
      expect(await tag.latest({ limit: 1 })).toHaveLength(1);
    });

    it.each(['', '  ', '&&&', '\ud800', 7, null])('refuses %j', async (tag) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      expect((await thrown(TypeError, () => mixcloud.discover(tag as string))).message).toMatch(/^tag: /);
      expect(await world.requests()).toEqual([]);
    });

    it('cannot leave its place', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      await thrown(TypeError, () => mixcloud.discover('..'));
      await mixcloud.discover('a/../../b');
      expect(await sent(world)).toEqual(['GET /genres/ab/?metadata=1']);
    });
  });

  it.each([
    ['popular', '/popular/', 'Popular Cloudcasts'],
    ['hot', '/popular/hot/', 'Hot Cloudcasts'],
    ['new', '/new/', 'New Cloudcasts'],
  ] as const)('%s is the list at %s', async (method, path, name) => {
    const world = await newWorld();
    const list = await clientOf(Mixcloud, world)[method]();
    expect(list).toBeInstanceOf(ResourceList);
    expect([list.length, list.name]).toEqual([20, name]);
    expect(await sent(world)).toEqual([`GET ${path}?metadata=1`]);
  });

  describe('search', () => {
    it('looks for cloudcasts by default', async () => {
      const world = await newWorld();
      const found = await clientOf(Mixcloud, world).search('fun times 25');
      expect(found[0]?.type).toBe('cloudcast');
      expect(found['alice/fun-times-ep-25']?.user.username).toBe('alice');
      expect(await onlyQuery(world)).toEqual({ q: 'fun times 25', type: 'cloudcast', metadata: '1' });
    });

    it('looks for users', async () => {
      const found = await clientOf(Mixcloud, await newWorld()).search('john', { type: 'user' });
      const names: User['username'][] = found.map(({ username }) => username);
      expect(names).toEqual(['John_Tide', 'LittleJohnny']);
    });

    it('looks for tags', async () => {
      const found = await clientOf(Mixcloud, await newWorld()).search('house', { type: 'tag' });
      expect(found.map(({ type }) => type)).toContain('tag');
      expect(found[0]?.name).toMatch(/house/i);
    });

    it('sends any other type as it is, and any text', async () => {
      const world = await newWorld();
      const response = await clientOf(Mixcloud, world).search('ΑΒ & Γ=Δ+1', { type: 'playlist', page: 1 });
      expect(toError(response)?.message).toContain('playlist');
      expect(await onlyQuery(world)).toEqual({
        q: 'ΑΒ & Γ=Δ+1',
        type: 'playlist',
        limit: '20',
        offset: '20',
        metadata: '1',
      });
    });

    it.each([
      ['', {}, 'query: expected a string that is not empty'],
      [7, {}, 'query: expected a string, but got 7'],
      ['x', { type: '' }, 'type: expected a string that is not empty'],
      ['x', { type: 7 }, 'type: expected a string, but got 7'],
      ['x', { tpye: 'user' }, 'did you mean "type"?'],
    ])('refuses %j with %j', async (query, options, message) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      const error = await thrown(TypeError, () => mixcloud.search(query as string, options as never));
      expect(error.message).toContain(message);
      expect(await world.requests()).toEqual([]);
    });
  });

  it('is answered with an error when the token was revoked', async () => {
    const world = await newWorld();
    const response = await clientOf(Mixcloud, world, { accessToken: REVOKED_TOKEN }).me();
    expect(response.error.message).toBe('An invalid access token was provided');
    const raising = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, raiseExceptions: true });
    expect((await thrown(MixcloudError, () => raising.discover('no such tag'))).status).toBe(404);
  });
});
