import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { DESCRIPTION_MAX_SIZE, MP3_MAX_SIZE, PICTURE_MAX_SIZE, type UploadFields } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio, newFile, newFolder } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const MP3 = audio(1000);

/** Text fields of the only request besides the name, in their order. */
async function fieldsOf(world: WorldHandle): Promise<Record<string, string>> {
  const [request, ...more] = await world.requests();
  expect(more).toEqual([]);
  const fields = request?.body.fields.map(({ name, value }) => [name, value] as const) ?? [];
  expect(new Set(fields.map(([name]) => name)).size).toBe(fields.length);
  const { name: _name, ...rest } = Object.fromEntries(fields);
  return rest;
}

describe.each(modes)('fields of an upload ($mode)', ({ Mixcloud }) => {
  const owner = (world: WorldHandle, options = {}) =>
    clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, ...options });

  it('are a multipart form with the name, and the audio last', async () => {
    const world = await newWorld();
    const response = await owner(world).upload(MP3, 'Last Night', { tags: ['House'], picture: audio(10) });
    expect(response.result).toMatchObject({
      success: true,
      key: '/stationowner/last-night/',
      message: 'Uploaded Last Night',
    });
    const [request] = await world.requests();
    expect(`${request?.method} ${request?.url}`).toBe(`POST /upload/?access_token=${OWNER_TOKEN}`);
    expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(request?.headers['content-length'])).toBe(request?.body.bytes);
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    expect(request?.body.fields).toEqual([
      { name: 'name', value: 'Last Night' },
      { name: 'tags-0-tag', value: 'House' },
    ]);
    expect(request?.body.files.map(({ name }) => name)).toEqual(['picture', 'mp3']);
    const [stored] = await world.uploads();
    expect(stored?.key).toBe('/stationowner/last-night/');
  });

  it('make a new cloudcast, also when the name was used before', async () => {
    const world = await newWorld();
    const mixcloud = owner(world);
    await mixcloud.upload(MP3, 'Again');
    expect((await mixcloud.upload(MP3, 'Again')).result.key).toBe('/stationowner/again-1/');
    expect((await mixcloud.get('stationowner/again-1')).name).toBe('Again');
  });

  it('need an access token', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await thrown(TypeError, () => mixcloud.upload(MP3, 'x'))).message).toContain('accessToken');
    expect(await world.requests()).toEqual([]);
  });

  describe('mp3', () => {
    it('must be a readable regular file', async () => {
      const world = await newWorld();
      const folder = newFolder();
      const missing = await thrown(TypeError, () => owner(world).upload(join(folder, 'none.mp3'), 'x'));
      expect(missing).toHaveProperty('code', 'ENOENT');
      expect(missing.message).toMatch(/^mp3: cannot read the file: .*none\.mp3/);
      mkdirSync(join(folder, 'folder.mp3'));
      const notAFile = await thrown(TypeError, () => owner(world).upload(join(folder, 'folder.mp3'), 'x'));
      expect(notAFile.message).toMatch(/^mp3: .*folder\.mp3 is not a regular file$/);
      expect((await thrown(TypeError, () => owner(world).upload('/dev/zero', 'x'))).message).toContain('/dev/zero');
      expect(await world.requests()).toEqual([]);
    });

    it('must not be empty', async () => {
      const world = await newWorld();
      const path = newFile('empty.mp3', new Uint8Array());
      for (const empty of [path, new Uint8Array(), new Blob([]), Buffer.alloc(0)]) {
        expect((await thrown(RangeError, () => owner(world).upload(empty, 'x'))).message).toMatch(/^mp3: .* is empty$/);
      }
      expect(await world.requests()).toEqual([]);
    });

    it('has at most MP3_MAX_SIZE bytes', async () => {
      const world = await newWorld();
      const path = newFile('long.mp3', MP3);
      // Without a block on the disk for what is added.
      truncateSync(path, MP3_MAX_SIZE + 1);
      const { message } = await thrown(RangeError, () => owner(world).upload(path, 'x'));
      expect(message).toContain(`${MP3_MAX_SIZE + 1} bytes, but at most ${MP3_MAX_SIZE}`);
      expect(await world.requests()).toEqual([]);
    });

    it.each([
      undefined,
      null,
      7,
      '',
      {},
      [[1, 2]],
      'a\0b',
      'file://elsewhere/x.mp3',
      new URL('https://x.example/a.mp3'),
    ])('is not %o', async (mp3) => {
      const world = await newWorld();
      expect((await thrown(TypeError, () => owner(world).upload(mp3 as string, 'x'))).message).toMatch(/^mp3: /);
      expect(await world.requests()).toEqual([]);
    });
  });

  describe('picture', () => {
    it('may have PICTURE_MAX_SIZE bytes and no more', async () => {
      const world = await newWorld();
      await owner(world).upload(MP3, 'x', { picture: audio(PICTURE_MAX_SIZE) });
      expect((await world.uploads())[0]?.files[0]).toMatchObject({ name: 'picture', size: PICTURE_MAX_SIZE });
      await world.clearRequests();
      const { message } = await thrown(RangeError, () =>
        owner(world).upload(MP3, 'x', { picture: audio(PICTURE_MAX_SIZE + 1) }),
      );
      expect(message).toContain(`picture: picture has ${PICTURE_MAX_SIZE + 1} bytes`);
      expect(await world.requests()).toEqual([]);
    });

    it('is checked like the audio', async () => {
      const world = await newWorld();
      const upload = (picture: unknown) => () => owner(world).upload(MP3, 'x', { picture: picture as string });
      expect(await thrown(TypeError, upload('/no/such.jpg'))).toHaveProperty('code', 'ENOENT');
      expect((await thrown(TypeError, upload(newFolder()))).message).toMatch(/^picture: .* is not a regular file$/);
      expect((await thrown(RangeError, upload(Buffer.alloc(0)))).message).toMatch(/^picture: .* is empty$/);
      expect((await thrown(TypeError, upload(7))).message).toMatch(/^picture: /);
      expect(await world.requests()).toEqual([]);
    });
  });

  it.each([undefined, '', '   ', 7, null])('name is not %j', async (name) => {
    const world = await newWorld();
    expect((await thrown(TypeError, () => owner(world).upload(MP3, name as string))).message).toMatch(/^name: /);
    expect(await world.requests()).toEqual([]);
  });

  it.each<[keyof UploadFields, unknown, Record<string, string>]>([
    ['description', 'Δυο λόγια\r\nand "more"', { description: 'Δυο λόγια\r\nand "more"' }],
    ['description', '🎧'.repeat(DESCRIPTION_MAX_SIZE), { description: '🎧'.repeat(DESCRIPTION_MAX_SIZE) }],
    ['description', '', { description: '' }],
    [
      'tags',
      ['Funk', 'Drum & Bass', 'Ρεμπέτικα'],
      { 'tags-0-tag': 'Funk', 'tags-1-tag': 'Drum & Bass', 'tags-2-tag': 'Ρεμπέτικα' },
    ],
    [
      'tags',
      ['a', 'b', 'c', 'd', 'e'],
      { 'tags-0-tag': 'a', 'tags-1-tag': 'b', 'tags-2-tag': 'c', 'tags-3-tag': 'd', 'tags-4-tag': 'e' },
    ],
    ['tags', [], {}],
    [
      'sections',
      [
        { chapter: 'Warm-up', start_time: 0 },
        { artist: 'Somebody', song: 'Something', start_time: 95 },
      ],
      {
        'sections-0-chapter': 'Warm-up',
        'sections-0-start_time': '0',
        'sections-1-artist': 'Somebody',
        'sections-1-song': 'Something',
        'sections-1-start_time': '95',
      },
    ],
    [
      'sections',
      [{ artist: 'Somebody' }, { song: 'Something', start_time: 0 }, { chapter: 'The end' }],
      {
        'sections-0-artist': 'Somebody',
        'sections-1-song': 'Something',
        'sections-1-start_time': '0',
        'sections-2-chapter': 'The end',
      },
    ],
    [
      'sections',
      [
        new Map<string, string | number>([
          ['chapter', 'A'],
          ['start_time', 1],
        ]),
      ],
      { 'sections-0-chapter': 'A', 'sections-0-start_time': '1' },
    ],
    ['publishDate', '2018-02-12T13:00:28 GMT-2', { publish_date: '2018-02-12T15:00:28Z' }],
    ['publishDate', 1515931200, { publish_date: '2018-01-14T12:00:00Z' }],
    ['publishDate', new Date(1515931200999), { publish_date: '2018-01-14T12:00:00Z' }],
    ['publishDate', DateTime.fromISO('2018-01-14T14:00+02:00'), { publish_date: '2018-01-14T12:00:00Z' }],
    ['hosts', ['bob', 'peter'], { 'hosts-0-username': 'bob', 'hosts-1-username': 'peter' }],
    ['hosts', [], {}],
    ['disableComments', true, { disable_comments: '1' }],
    ['disableComments', false, {}],
    ['hideStats', true, { hide_stats: '1' }],
    ['hideStats', false, {}],
    ['unlisted', true, { unlisted: '1' }],
    ['unlisted', false, {}],
    ['extra', { percentage_music: 80, mood: 'calm' }, { percentage_music: '80', mood: 'calm' }],
    ['description', undefined, {}],
  ])('%s is sent as the API wants it (%#)', async (name, value, fields) => {
    const world = await newWorld();
    const response = await owner(world, { raiseExceptions: true }).upload(MP3, 'x', { [name]: value });
    expect(response.result.success).toBe(true);
    expect(await fieldsOf(world)).toEqual(fields);
  });

  it('are what the cloudcast then has', async () => {
    const world = await newWorld();
    await owner(world).upload(MP3, 'Everything', {
      description: 'All of it',
      tags: ['Funk'],
      sections: [{ chapter: 'One', start_time: 0 }],
      publishDate: '2030-01-01T00:00:00Z',
      hosts: ['bob'],
      disableComments: true,
      hideStats: true,
      unlisted: true,
    });
    expect(await world.cloudcast('/stationowner/everything/')).toEqual({
      key: '/stationowner/everything/',
      name: 'Everything',
      description: 'All of it',
      tags: ['Funk'],
      sections: [{ chapter: 'One', start_time: '0' }],
      hosts: ['bob'],
      unlisted: true,
      hiddenStats: true,
      disabledComments: true,
      publishDate: '2030-01-01T00:00:00Z',
    });
  });

  it.each<[string, new (message: string) => Error, string, unknown]>([
    ['description: must be at most 1000 characters, but has 1001', RangeError, 'description', 'é'.repeat(1001)],
    ['description: expected a string, but got 7', TypeError, 'description', 7],
    ['tags: must be at most 5 entries, but got 6', RangeError, 'tags', ['1', '2', '3', '4', '5', '6']],
    ['tags: expected an array, but got "House"', TypeError, 'tags', 'House'],
    ['tags[1]: expected a string that is not empty', TypeError, 'tags', ['House', '']],
    ['tags[0]: expected a string, but got 7', TypeError, 'tags', [7]],
    ['sections: expected an array, but got an object', TypeError, 'sections', { chapter: 'x' }],
    ['sections[0]: expected an object, but got "Intro"', TypeError, 'sections', ['Intro']],
    ['sections[0].chapter: expected a string', TypeError, 'sections', [{ chapter: {} }]],
    ['sections[0].start_time: must be a whole number', RangeError, 'sections', [{ chapter: 'x', start_time: -1 }]],
    ['sections[0].start_time: must be a whole number', RangeError, 'sections', [{ chapter: 'x', start_time: 1.5 }]],
    ['sections[0].start_time: expected a number', TypeError, 'sections', [{ chapter: 'x', start_time: '1:30' }]],
    ['publishDate: cannot read', TypeError, 'publishDate', 'see you in May 2019 maybe'],
    ['publishDate: cannot read true', TypeError, 'publishDate', true],
    ['hosts: must be at most 2 entries, but got 3', RangeError, 'hosts', ['a', 'b', 'c']],
    ['hosts[1]: expected a string that is not empty', TypeError, 'hosts', ['a', '']],
    ['disableComments: expected true or false, but got "false"', TypeError, 'disableComments', 'false'],
    ['hideStats: expected true or false, but got 1', TypeError, 'hideStats', 1],
    ['extra: expected an object, but got "a=b"', TypeError, 'extra', 'a=b'],
    ['extra.a: expected a string or a number, but got true', TypeError, 'extra', { a: true }],
    ['extra.a: expected a string or a number, but got NaN', TypeError, 'extra', { a: Number.NaN }],
    ['onProgress: expected a function, but got "log"', TypeError, 'onProgress', 'log'],
    ['unknown field "publish"', TypeError, 'publish', true],
    ['unknown field "unpublish"', TypeError, 'unpublish', true],
    ['unknown field "name"', TypeError, 'name', 'Other'],
    ['unknown field "disable_comments"; did you mean "disableComments"?', TypeError, 'disable_comments', true],
    ['unknown field "publish_date"; did you mean "publishDate"?', TypeError, 'publish_date', 0],
    ['unknown field "tag"; did you mean "tags"?', TypeError, 'tag', []],
    ['extra passes a field on as it is', TypeError, 'percentage_music', 80],
  ])('are refused before anything is sent: %s', async (message, type, name, value) => {
    const world = await newWorld();
    const error = await thrown<Error>(type, () => owner(world).upload(MP3, 'x', { [name]: value } as never));
    expect(error.message).toContain(message);
    expect(await world.requests()).toEqual([]);
  });

  it.each([null, 'tags', [['House']], 7])('must be an object, not %j', async (fields) => {
    const world = await newWorld();
    await thrown(TypeError, () => owner(world).upload(MP3, 'x', fields as never));
    expect(await world.requests()).toEqual([]);
  });

  it('are checked before a file is opened, and files before anything is sent', async () => {
    const world = await newWorld();
    await thrown(RangeError, () => owner(world).upload('/no/such.mp3', 'x', { tags: Array(6).fill('a') }));
    const path = newFile('ok.mp3', MP3);
    const missing = join(newFolder(), 'none.jpg');
    await thrown(TypeError, () => owner(world).upload(path, 'x', { picture: missing }));
    writeFileSync(missing, 'now it is there');
    await owner(world).upload(path, 'x', { picture: missing });
    expect(await world.requests()).toHaveLength(1);
  });
});
