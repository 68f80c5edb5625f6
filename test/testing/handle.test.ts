import { createHash } from 'node:crypto';
import type { Cloudcast, User } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { audio } from '../support/audio.ts';
import { handles, newEmulator } from './modes.ts';

const MP3 = audio(2000);

describe.each(handles)('the handle of an emulator ($mode)', ({ mode, startEmulator, Mixcloud }) => {
  it('gives clients a world with a station, and tells what they did', async () => {
    const emulator = await newEmulator(startEmulator);
    const mixcloud = new Mixcloud(emulator.options({ as: 'stationowner' }));
    expect((await mixcloud.me()).username).toBe('stationowner');
    await mixcloud.follow('bob');
    await mixcloud.favorite('chris/funky-mix');
    await mixcloud.repost('chris/funky-mix');
    await mixcloud.listenLater('luke/a-nice-mix');
    const state = await emulator.state('StationOwner');
    expect(state).toMatchObject({
      username: 'stationowner',
      favorites: ['/chris/funky-mix/'],
      reposts: ['/chris/funky-mix/'],
      listenLater: ['/luke/a-nice-mix/'],
    });
    expect(state.following[0]).toBe('/bob/');
    expect(state.cloudcasts.length).toBeGreaterThan(1);
    expect((await emulator.state('bob')).followers).toContain('/stationowner/');
    await mixcloud.close();
  });

  it('records requests and uploads, with their files', async () => {
    const emulator = await newEmulator(startEmulator);
    const mixcloud = new Mixcloud(emulator.options({ as: 'stationowner' }));
    await mixcloud.get('bob', { params: { limit: 3 } });
    await mixcloud.get('nobody-at-all');
    const sha256 = createHash('sha256').update(MP3).digest('hex');
    await mixcloud.upload(MP3, 'Late Show', { tags: ['Jazz'], picture: new Uint8Array([1, 2, 3]) });
    const [first, second, third, ...others] = await emulator.requests();
    expect(others).toEqual([]);
    const { accessToken } = emulator.options({ as: 'stationowner' });
    expect(first).toMatchObject({
      method: 'GET',
      path: '/bob/',
      query: { metadata: '1', limit: '3', access_token: accessToken },
      fields: {},
      files: [],
      status: 200,
    });
    expect(first?.headers['user-agent']).toMatch(/^mixcloud-client\//);
    expect([second?.path, second?.status]).toEqual(['/nobody-at-all/', 404]);
    const fields = { name: 'Late Show', 'tags-0-tag': 'Jazz' };
    const mp3 = { field: 'mp3', filename: 'mp3', type: 'audio/mpeg', size: MP3.length, sha256 };
    expect(third).toMatchObject({ method: 'POST', path: '/upload/', fields, status: 200 });
    expect(third?.files).toContainEqual(mp3);
    const uploads = await emulator.uploads();
    expect(uploads).toEqual([{ key: '/stationowner/late-show/', fields, files: third?.files }]);
    await mixcloud.edit('late-show', { description: 'x' });
    expect(await emulator.uploads()).toEqual(uploads);
    await mixcloud.close();
  });

  it('adds users and cloudcasts to an empty world', async () => {
    const emulator = await newEmulator(startEmulator, { world: 'empty' });
    expect(() => emulator.options({ as: 'stationowner' })).toThrow(TypeError);
    const anonymous = new Mixcloud(emulator.options());
    expect((await anonymous.popular()).length).toBe(0);
    expect(await emulator.addUser({ username: 'mystation', name: 'My Station', city: 'Athens', isPro: true })).toBe(
      '/mystation/',
    );
    await emulator.addUser({ username: 'Νυχτερινός', accessToken: 'a-token-of-mine' });
    const key = await emulator.addCloudcast('MyStation', {
      name: 'Late Show',
      description: 'A talk.',
      tags: ['Jazz', 'Drum & Bass'],
      createdTime: new Date('2020-02-03T04:05:06Z'),
      playCount: 12,
      audioLength: 90,
      hosts: ['Νυχτερινός'],
    });
    expect(key).toBe('/mystation/late-show/');
    expect(await emulator.addCloudcast('mystation', { name: 'Late Show' })).toBe('/mystation/late-show-1/');
    expect(await emulator.addCloudcast('mystation', { name: 'Secret', unlisted: true })).toBe('/mystation/secret/');

    const mixcloud = new Mixcloud(emulator.options({ as: 'mystation' }));
    const user = await mixcloud.get<User>('mystation');
    expect([user.name, user.city, user.is_pro, user.listen_count]).toEqual(['My Station', 'Athens', true, 0]);
    expect(user.data).not.toHaveProperty('country');
    const show = await mixcloud.get<Cloudcast>(key);
    expect(show.data).toMatchObject({
      name: 'Late Show',
      description: 'A talk.',
      tags: [{ name: 'Jazz' }, { name: 'Drum & Bass' }],
      created_time: '2020-02-03T04:05:06Z',
      play_count: 12,
      audio_length: 90,
      comment_count: 0,
      hosts: [{ username: 'Νυχτερινός' }],
    });
    expect((await anonymous.get('mystation/cloudcasts')).data.data.map(({ slug }: { slug: string }) => slug)).toEqual([
      'late-show-1',
      'late-show',
    ]);
    expect(emulator.options({ as: 'νυχτερινός' }).accessToken).toBe('a-token-of-mine');
    await anonymous.close();
    await mixcloud.close();
  });

  it('ends tokens, and gives new ones for the next login', async () => {
    const emulator = await newEmulator(startEmulator);
    const options = emulator.options({ as: 'stationowner' });
    const mixcloud = new Mixcloud(options);
    await emulator.revoke('stationowner');
    const response = await mixcloud.me();
    expect(response.data).toEqual({
      error: { type: 'OAuthException', message: 'An invalid access token was provided' },
    });
    const renewed = emulator.options({ as: 'stationowner' });
    expect(renewed.accessToken).not.toBe(options.accessToken);
    mixcloud.accessToken = renewed.accessToken ?? null;
    expect((await mixcloud.me()).key).toBe('/stationowner/');
    await mixcloud.close();
  });

  it('restores the world as it began', async () => {
    const emulator = await newEmulator(startEmulator);
    const before = await emulator.state('stationowner');
    const { accessToken } = emulator.options({ as: 'stationowner' });
    const mixcloud = new Mixcloud(emulator.options({ as: 'stationowner' }));
    await mixcloud.follow('bob');
    await mixcloud.upload(MP3, 'Late Show');
    await emulator.addUser({ username: 'mystation' });
    await emulator.revoke('stationowner');
    await emulator.fault({ name: 'html-503' });
    await emulator.reset();
    expect(await emulator.state('stationowner')).toEqual(before);
    expect(await emulator.requests()).toEqual([]);
    expect(await emulator.uploads()).toEqual([]);
    expect(emulator.options({ as: 'stationowner' }).accessToken).toBe(accessToken);
    expect(() => emulator.options({ as: 'mystation' })).toThrow('as: there is no user "mystation"');
    expect((await mixcloud.me()).key).toBe('/stationowner/');
    await mixcloud.close();
  });

  it('makes up the same data for the same seed, and other data for another', async () => {
    const [first, second, other] = [
      await newEmulator(startEmulator, { seed: 7 }),
      await newEmulator(startEmulator, { seed: 7 }),
      await newEmulator(startEmulator, { seed: 8 }),
    ];
    const read = async (emulator: typeof first) => {
      const text = await (await fetch(`${emulator.url}/popular/?limit=100`)).text();
      return text.replaceAll(emulator.url, '');
    };
    const data = await read(first);
    expect(await read(second)).toBe(data);
    expect(await read(other)).not.toBe(data);
  });

  it('listens on the port that it is told, frees it when it stops, and says when it is taken', async () => {
    const first = await startEmulator();
    const { port } = first;
    expect(first.url).toBe(`http://127.0.0.1:${port}`);
    const fails = async () => startEmulator({ port });
    await expect(fails()).rejects.toMatchObject({ code: 'EADDRINUSE', message: expect.stringContaining(String(port)) });
    await first.stop();
    await first.stop();
    const second = await newEmulator(startEmulator, { port });
    expect(second.port).toBe(port);
    await expect(async () => first.requests()).rejects.toThrow('The emulator was stopped');
  });

  it('ends with `using`', async () => {
    let url = '';
    const symbol = mode === 'async' ? Symbol.asyncDispose : Symbol.dispose;
    const emulator = await startEmulator();
    url = emulator.url;
    await (emulator as unknown as Record<symbol, () => unknown>)[symbol]?.();
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each<[string, object | undefined, typeof TypeError, string]>([
    ['start', { sed: 7 }, TypeError, 'unknown option "sed", did you mean "seed"?'],
    ['start', { seed: '7' }, TypeError, 'seed: expected a whole number, but got "7"'],
    ['start', { port: 70_000 }, RangeError, 'port: must be at most 65535'],
    ['start', { world: 'full' }, TypeError, "world: expected 'default' or 'empty'"],
    ['addUser', {}, TypeError, 'username is required'],
    ['addUser', { username: 'a/b' }, TypeError, 'username: expected a name without spaces'],
    ['addUser', { username: 'BOB' }, TypeError, 'username: there is a user "BOB" already'],
    ['addUser', { username: 'search' }, TypeError, 'username: "search" is the path of something else'],
    ['addUser', { username: 'x', citty: 'Athens' }, TypeError, 'did you mean "city"?'],
    ['fault', { name: 'rate-limt' }, TypeError, 'did you mean "rate-limit"?'],
    ['fault', { name: 'bomb' }, TypeError, 'no fault named "bomb"'],
    ['fault', { name: 'rate-limit', retryafter: 2 }, TypeError, 'did you mean "retryAfter"?'],
    ['fault', { name: 'rate-limit', retryAfter: '2' }, TypeError, 'retryAfter: expected a number of at least 0'],
    ['fault', { name: 'lost-response', connection: 'shut' }, TypeError, 'connection: expected "reset" or "open"'],
    ['fault', { name: 'reset', on: 'FETCH /x/' }, TypeError, "on: expected 'METHOD /path/'"],
    ['fault', { name: 'reset', on: '/x/?limit=1' }, TypeError, 'on: is compared without the query'],
    ['fault', { name: 'reset', times: 0 }, RangeError, 'times: must be a whole number of at least 1'],
  ])('says what is wrong with a mistake: %s %o', async (method, argument, type, message) => {
    const call = async () => {
      if (method === 'start') return startEmulator(argument as never);
      const emulator = await newEmulator(startEmulator, { world: 'default' });
      return method === 'addUser' ? emulator.addUser(argument as never) : emulator.fault(argument as never);
    };
    const error = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toContain(message);
  });

  it('says that a user is unknown', async () => {
    const emulator = await newEmulator(startEmulator, { world: 'empty' });
    for (const call of [
      async () => emulator.state('nobody'),
      async () => emulator.revoke('nobody'),
      async () => emulator.addCloudcast('nobody', { name: 'x' }),
    ]) {
      await expect(call()).rejects.toThrow(new TypeError('username: there is no user "nobody"'));
    }
  });
});
