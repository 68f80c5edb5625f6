import { inspect } from 'node:util';
import { type Listing, MixcloudError, type User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { AWKWARD_TOKEN, LISTENER_TOKEN, OWNER_TOKEN } from '../emulator/start.ts';
import { audio } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const DEEP = { depth: 12, showHidden: true };

describe.each(modes)('the access token ($mode)', ({ Mixcloud }) => {
  it.each([OWNER_TOKEN, AWKWARD_TOKEN])('arrives as it is', async (accessToken) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken });
    expect((await mixcloud.me()).is_current_user).toBe(true);
    expect((await mixcloud.follow('peter')).result.success).toBe(true);
    for (const { url } of await world.requests()) {
      expect(new URL(url, world.origin).searchParams.getAll('access_token')).toEqual([accessToken]);
    }
  });

  describe('goes to the origin of apiRoot and nowhere else', () => {
    const twoWorlds = () => Promise.all([newWorld(), newWorld()]);

    it('when a caller names another', async () => {
      const [world, other] = await twoWorlds();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      await mixcloud.get(`${other.origin}/bob/`, { relative: false });
      await mixcloud.get(`${other.origin}/bob/?access_token=${OWNER_TOKEN}`, { relative: false });
      await mixcloud.get(`${world.origin}/bob/`, { relative: false });
      expect(await sent(other)).toEqual(['GET /bob/?metadata=1', 'GET /bob/?metadata=1']);
      expect(await sent(world)).toEqual([`GET /bob/?metadata=1&access_token=${OWNER_TOKEN}`]);
    });

    it('when a link of paging or of a connection leads to another', async () => {
      const [world, other] = await twoWorlds();
      const apiRoot = world.faultRoot('foreign-links', other.origin);
      const mixcloud = new Mixcloud({ apiRoot, accessToken: OWNER_TOKEN });
      const list = await mixcloud.popular();
      expect(await list.next()).toHaveLength(20);
      const bob = await mixcloud.get<User>('bob');
      expect((await bob.followers()).length).toBeGreaterThan(0);
      const elsewhere = await sent(other);
      expect(elsewhere).toHaveLength(2);
      expect(elsewhere.join()).not.toContain('access_token');
    });

    it('when oEmbed is asked, or an embed code', async () => {
      const [world, other] = await twoWorlds();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, oembedRoot: other.oembedRoot });
      await mixcloud.oembed('luke/a-nice-mix');
      expect((await sent(other)).join()).not.toContain('access_token');
    });
  });

  it('that is set is the one that is sent, whatever a link carries', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    const list = await mixcloud.popular();
    mixcloud.accessToken = LISTENER_TOKEN;
    await list.next();
    mixcloud.accessToken = null;
    await list.next();
    const tokens = (await world.requests()).map(({ url }) =>
      new URL(url, world.origin).searchParams.get('access_token'),
    );
    expect(tokens).toEqual([OWNER_TOKEN, LISTENER_TOKEN, null]);
  });

  it.each([
    'http://api.mixcloud.com',
    'http://10.0.0.7',
    'http://127.0.0.1.elsewhere.example',
    'http://localhost.example',
    'http://api.localhost',
  ])('is not sent to %s in plain text', async (apiRoot) => {
    const mixcloud = new Mixcloud({ apiRoot, accessToken: OWNER_TOKEN, retries: 0 });
    for (const call of [
      () => mixcloud.get('bob'),
      () => mixcloud.me(),
      () => mixcloud.follow('bob'),
      () => mixcloud.upload(audio(10), 'x'),
      () => mixcloud.edit('perfect-mix', { name: 'x' }),
    ]) {
      const { message } = await thrown(TypeError, call);
      expect(message).toBe(`accessToken: not sent to ${apiRoot} in plain text; use an https apiRoot`);
    }
  });

  it('is sent to a loopback address of any name', async () => {
    const world = await newWorld();
    const { port } = new URL(world.origin);
    const mixcloud = new Mixcloud({ apiRoot: `http://localhost:${port}`, accessToken: OWNER_TOKEN });
    expect((await mixcloud.me()).username).toBe('stationowner');
  });

  it.each([OWNER_TOKEN, AWKWARD_TOKEN])('is shown by nothing', async (accessToken) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken });
    const list = await mixcloud.get<Listing<User>>('bob/followers', { params: { limit: 2 } });
    const bob = await mixcloud.me();
    const response = await mixcloud.get('nobody-of-that-name');
    const raising = clientOf(Mixcloud, world, { accessToken, raiseExceptions: true });
    const error = await thrown(MixcloudError, () => raising.get('nobody-of-that-name'));
    const misuse = await thrown(TypeError, () => mixcloud.get('..'));
    const values = [mixcloud, list, list.data, list.paging, bob, bob.data, response, error, misuse];
    const shown = values.map((value) => `${inspect(value, DEEP)}${JSON.stringify(value)}${String(value)}`).join();
    const quoted = JSON.stringify(accessToken).slice(1, -1);
    const inQuery = String(new URLSearchParams({ t: accessToken })).slice(2);
    for (const spelling of [accessToken, quoted, inQuery, encodeURIComponent(accessToken)]) {
      expect(shown).not.toContain(spelling);
    }
    expect(shown).toContain('[redacted]');
    expect(inspect(new Mixcloud())).toMatch(/^Mixcloud(?:Sync)? \{\s+accessToken: null,/);
    expect(inspect({ mixcloud }, { depth: 0 })).toMatch(/^\{ mixcloud: \[Mixcloud(?:Sync)?\] \}$/);
    // And the link works all the same.
    expect((await list.next())?.length).toBe(2);
  });
});
