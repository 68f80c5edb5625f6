import { MixcloudAuthorizationError, MixcloudError } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { LISTENER, LISTENER_TOKEN, REVOKED_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const MIX = '/luke/a-nice-mix/';

/** What is done and undone, where it is seen, and which path it takes. */
const PAIRS = [
  ['follow', 'unfollow', '/spartacus/', 'following', 'follow'],
  ['favorite', 'unfavorite', MIX, 'favorites', 'favorite'],
  ['repost', 'unrepost', MIX, 'reposts', 'repost'],
  ['listenLater', 'unlistenLater', MIX, 'listenLater', 'listen-later'],
] as const;

const ACTIONS = PAIRS.flatMap(([done, undone, key]) => [[done, key] as const, [undone, key] as const]);

describe.each(modes)('actions ($mode)', ({ Mixcloud }) => {
  describe.each(PAIRS)('%s and %s', (done, undone, key, where, path) => {
    it('change the state of the account', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN });
      const holds = async () => (await world.state(LISTENER))[where].includes(key);
      // The emulator's people have favorites of their own.
      if (await holds()) await mixcloud[undone](key);
      await world.clearRequests();

      const first = await mixcloud[done](key);
      expect(first.result.success).toBe(true);
      expect(first.result.message).toEqual(expect.any(String));
      expect(await holds()).toBe(true);
      const second = await mixcloud[undone](key);
      expect(second.result.success).toBe(true);
      expect(await holds()).toBe(false);
      const query = `?access_token=${LISTENER_TOKEN}`;
      expect(await sent(world)).toEqual([`POST ${key}${path}/${query}`, `DELETE ${key}${path}/${query}`]);
    });

    it('are methods of a resource too, with its key filled in', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN });
      const resource = await mixcloud.get(key);
      const holds = async () => (await world.state(LISTENER))[where].includes(key);
      if (await holds()) await resource[undone]();
      await resource[done]();
      expect(await holds()).toBe(true);
      await resource[undone]();
      expect(await holds()).toBe(false);
    });

    it('are told when they change nothing', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN });
      await mixcloud[done](key);
      expect((await mixcloud[done](key)).result.success).toBe(true);
      await mixcloud[undone](key);
      const response = await mixcloud[undone](key);
      expect(response.error.type).toBe('ResourceNotFoundException');
    });
  });

  it.each(ACTIONS)('%s needs an access token before anything is sent', async (action, key) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await thrown(TypeError, () => mixcloud[action](key))).message).toContain('accessToken');
    const resource = await mixcloud.get(key);
    await world.clearRequests();
    expect((await thrown(TypeError, () => resource[action]())).message).toContain('accessToken');
    expect(await world.requests()).toEqual([]);
  });

  it.each(ACTIONS)('%s refuses an unknown option', async (action, key) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN });
    const { message } = await thrown(TypeError, () => mixcloud[action](key, { timeOut: 1 } as never));
    expect(message).toContain(`${action} options: unknown option "timeOut", did you mean "timeout"?`);
    expect(await world.requests()).toEqual([]);
  });

  it('take keys as people copy them, and a mixed case of names', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: LISTENER_TOKEN });
    await mixcloud.follow('https://www.mixcloud.com/NTWRadioWorks/');
    await mixcloud.follow('夜雨电台');
    const { following } = await world.state(LISTENER);
    expect(following.slice(0, 2)).toEqual([`/${encodeURIComponent('夜雨电台')}/`, '/NTWRadioWorks/']);
  });

  it('report errors as the client is set to', async () => {
    const world = await newWorld();
    const revoked = clientOf(Mixcloud, world, { accessToken: REVOKED_TOKEN });
    expect((await revoked.follow('bob')).error.type).toBe('OAuthException');
    const raising = clientOf(Mixcloud, world, { accessToken: REVOKED_TOKEN, raiseExceptions: true });
    await thrown(MixcloudAuthorizationError, () => raising.follow('bob'));
    raising.accessToken = LISTENER_TOKEN;
    expect((await thrown(MixcloudError, () => raising.favorite('luke/no-such-mix'))).status).toBe(404);
  });

  it('are never sent twice, and follow no redirect', async () => {
    const world = await newWorld();
    for (const fault of ['redirect-inside', 'reset', 'html-503', 'rate-limit']) {
      await world.clearRequests();
      const apiRoot = world.faultRoot(fault, fault === 'rate-limit' ? 452 : undefined);
      const mixcloud = new Mixcloud({ apiRoot, accessToken: LISTENER_TOKEN, raiseExceptions: true, retries: 5 });
      await expect(async () => mixcloud.repost(MIX)).rejects.toBeInstanceOf(MixcloudError);
      expect(await world.requests()).toHaveLength(1);
    }
    expect((await world.state(LISTENER)).reposts).not.toContain(MIX);
  });

  it('are seen in what is fetched next', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld(), { accessToken: LISTENER_TOKEN });
    await mixcloud.repost(MIX);
    await mixcloud.listenLater(MIX);
    const mix = await mixcloud.get(MIX);
    expect([mix.reposted, mix.is_listen_later]).toEqual([true, true]);
    await mixcloud.follow('spartacus');
    const spartacus = await mixcloud.get('spartacus');
    expect(spartacus.data.following).toBe(true);
    const second = await (await mixcloud.me()).listenLater();
    expect(second[MIX]?.name).toBe('A Nice Mix');
  });
});
