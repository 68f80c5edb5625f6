import { type EditFields, MixcloudError } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { LISTENER_TOKEN, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio, newFile, sha256 } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const KEY = '/stationowner/perfect-mix/';

describe.each(modes)('edit ($mode)', ({ Mixcloud }) => {
  const owner = (world: WorldHandle, options = {}) =>
    clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, ...options });

  it('changes what is given and nothing else', async () => {
    const world = await newWorld();
    const before = await world.cloudcast(KEY);
    const response = await owner(world).edit(KEY, { description: 'Recorded at the harbour.' });
    expect(response.result).toMatchObject({ success: true, key: KEY });
    expect(await world.cloudcast(KEY)).toEqual({ ...before, description: 'Recorded at the harbour.' });
    const [request] = await world.requests();
    expect(`${request?.method} ${request?.url}`).toBe(`POST /upload${KEY}edit/?access_token=${OWNER_TOKEN}`);
    expect(request?.headers['content-length']).toBe(String(request?.body.bytes));
  });

  it("takes a key without its user for the current user's", async () => {
    const world = await newWorld();
    await owner(world).edit('perfect-mix', { name: 'More Perfect Mix' });
    expect((await world.cloudcast(KEY)).name).toBe('More Perfect Mix');
    expect((await sent(world)).map((line) => line.split('?')[0])).toEqual(['GET /me/', `POST /upload${KEY}edit/`]);
  });

  it('is a method of a resource, with its key filled in', async () => {
    const world = await newWorld();
    const mixcloud = owner(world);
    const myMix = await mixcloud.get('stationowner/perfect-mix');
    await myMix.edit({ tags: ['Dub', 'Ambient'] });
    expect((await world.cloudcast(KEY)).tags).toEqual(['Dub', 'Ambient']);
    const [first] = await (await mixcloud.me()).cloudcasts({ limit: 1 });
    expect(first?.full).toBe(false);
    await first?.edit({ description: 'Partial resources too.' });
    expect((await world.cloudcast(first?.key ?? '')).description).toBe('Partial resources too.');
  });

  it.each<[EditFields, Record<string, string>]>([
    [{ name: 'New' }, { name: 'New' }],
    [{ description: '' }, { description: '' }],
    [{ tags: ['Funk', 'Dub'] }, { 'tags-0-tag': 'Funk', 'tags-1-tag': 'Dub' }],
    [{ sections: [{ chapter: 'A', start_time: 5 }] }, { 'sections-0-chapter': 'A', 'sections-0-start_time': '5' }],
    [{ publishDate: '2030-01-01T00:00:00Z' }, { publish_date: '2030-01-01T00:00:00Z' }],
    [{ hosts: ['bob'] }, { 'hosts-0-username': 'bob' }],
    [{ hosts: [] }, { 'hosts-0-username': '' }],
    [{ disableComments: true }, { disable_comments: '1' }],
    [{ disableComments: false }, { disable_comments: '' }],
    [{ hideStats: true }, { hide_stats: '1' }],
    [{ hideStats: false }, { hide_stats: '' }],
    [{ unlisted: true }, { unlisted: '1' }],
    [{ unlisted: false }, { unlisted: '' }],
    [{ publish: true }, { publish: '1' }],
    [{ unpublish: true }, { unpublish: '1' }],
    [
      { publish: true, unpublish: false, unlisted: false },
      { unlisted: '', publish: '1' },
    ],
    [{ extra: { anything: 7 } }, { anything: '7' }],
    [{ name: 'New', description: undefined }, { name: 'New' }],
  ])('%j is sent as the API wants it', async (fields, parts) => {
    const world = await newWorld();
    expect((await owner(world, { raiseExceptions: true }).edit(KEY, fields)).result.success).toBe(true);
    const [request] = await world.requests();
    expect(Object.fromEntries(request?.body.fields.map(({ name, value }) => [name, value]) ?? [])).toEqual(parts);
    expect(request?.body.files).toEqual([]);
  });

  it('sets and unsets what can be set', async () => {
    const world = await newWorld();
    const mixcloud = owner(world);
    await mixcloud.edit(KEY, { hosts: ['bob', 'peter'], disableComments: true, hideStats: true, unlisted: true });
    expect(await world.cloudcast(KEY)).toMatchObject({
      hosts: ['bob', 'peter'],
      disabledComments: true,
      hiddenStats: true,
      unlisted: true,
    });
    await mixcloud.edit(KEY, { hosts: [], disableComments: false, hideStats: false, unlisted: false });
    expect(await world.cloudcast(KEY)).toMatchObject({
      hosts: [],
      disabledComments: false,
      hiddenStats: false,
      unlisted: false,
    });
  });

  it('sends a new picture', async () => {
    const world = await newWorld();
    const picture = audio(2000);
    await owner(world).edit(KEY, { picture: newFile('cover.jpg', picture) });
    expect((await world.uploads())[0]?.edits[0]?.files).toEqual([
      { name: 'picture', filename: 'cover.jpg', contentType: 'image/jpeg', size: 2000, sha256: sha256(picture) },
    ]);
  });

  it.each<EditFields>([
    { publish: true, unpublish: true },
    { publish: true, unlisted: true },
    { unpublish: true, unlisted: true },
    { publish: true, unpublish: true, unlisted: true },
  ])('%j are too many at once', async (fields) => {
    const world = await newWorld();
    const { message } = await thrown(TypeError, () => owner(world).edit('perfect-mix', fields));
    expect(message).toContain('at most one of unlisted, publish, unpublish can be true');
    expect(await world.requests()).toEqual([]);
  });

  it.each([
    ['edit fields: nothing to change; give at least one field', {}],
    ['tags: the API has no documented way to remove all of them', { tags: [], name: 'x' }],
    ['sections: the API has no documented way to remove all of them', { sections: [] }],
    ['edit fields: nothing to change; give at least one field', undefined],
    ['name: expected a string that is not empty', { name: '' }],
    ['publish: expected true or false, but got "yes"', { publish: 'yes' }],
    ['unpublish: expected true or false, but got 1', { unpublish: 1 }],
    ['unknown field "mp3"', { mp3: 'show.mp3' }],
    ['unknown field "desciption"; did you mean "description"?', { desciption: 'x' }],
    ['edit fields: expected an object such as { name: "x" }, but got "x"', 'x'],
  ])('refuses with %s', async (message, fields) => {
    const world = await newWorld();
    for (const key of [KEY, 'perfect-mix']) {
      expect((await thrown(TypeError, () => owner(world).edit(key, fields as never))).message).toContain(message);
    }
    expect(await world.requests()).toEqual([]);
  });

  it('refuses the same as an upload does', async () => {
    const world = await newWorld();
    const mixcloud = owner(world);
    await thrown(RangeError, () => mixcloud.edit(KEY, { tags: Array(6).fill('a') }));
    await thrown(RangeError, () => mixcloud.edit(KEY, { hosts: ['a', 'b', 'c'] }));
    await thrown(RangeError, () => mixcloud.edit(KEY, { description: 'x'.repeat(1001) }));
    await thrown(RangeError, () => mixcloud.edit(KEY, { picture: new Uint8Array() }));
    await thrown(TypeError, () => mixcloud.edit(KEY, { picture: '/no/such.jpg' }));
    await thrown(TypeError, () => mixcloud.edit(KEY, { publishDate: 'some day' }));
    expect(await world.requests()).toEqual([]);
  });

  it('needs an access token', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await thrown(TypeError, () => mixcloud.edit(KEY, { name: 'x' }))).message).toContain('accessToken');
    expect(await world.requests()).toEqual([]);
  });

  it("reports that it is somebody else's, or gone", async () => {
    const world = await newWorld();
    const mixcloud = owner(world, { raiseExceptions: true, accessToken: LISTENER_TOKEN });
    expect((await thrown(MixcloudError, () => mixcloud.edit(KEY, { name: 'x' }))).status).toBe(403);
    expect((await thrown(MixcloudError, () => mixcloud.edit('no-such-mix', { name: 'x' }))).status).toBe(404);
    expect((await owner(world).edit('no-such-mix', { name: 'x' })).error.type).toBe('ResourceNotFoundException');
  });

  describe('of a key without a user', () => {
    it.each([
      ['{}', 'The API sent no usable key of the current user, but undefined'],
      ['{"data": []}', 'The API sent no usable key of the current user, but undefined'],
      ['{"key": 5, "type": "user"}', 'The API sent no usable key of the current user, but 5'],
      ['{"key": "/../", "type": "user"}', 'The API sent no usable key of the current user, but "/../"'],
      ['{"key": "/a/b/", "type": "user"}', 'The API sent no usable key of the current user, but "/a/b/"'],
    ])('never resolves without editing, when /me/ answers %s', async (body, message) => {
      const world = await newWorld();
      await world.fault({ name: 'body', param: `200 ${body}` });
      for (const raiseExceptions of [false, true]) {
        const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, raiseExceptions });
        const error = await thrown(MixcloudError, () => mixcloud.edit('perfect-mix', { name: 'x' }));
        expect([error.message, error.method, error.status]).toEqual([message, 'GET', 200]);
      }
      expect((await world.requests()).map(({ method }) => method)).toEqual(['GET', 'GET']);
    });
  });
});
