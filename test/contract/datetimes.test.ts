import { Settings } from 'luxon';
import {
  API_ROOT,
  type DateTimeLike,
  DESCRIPTION_MAX_SIZE,
  formatDatetime,
  HOST_MAX_COUNT,
  MIXCLOUD_ROOT,
  MP3_MAX_SIZE,
  OAUTH_ROOT,
  OEMBED_ROOT,
  PICTURE_MAX_SIZE,
  TAG_MAX_COUNT,
  toTimestamp,
} from 'mixcloud-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { audio } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const READABLE: readonly (readonly [DateTimeLike, string])[] = [
  ['2018 Feb 12 13:00:00', '2018-02-12T11:00:00Z'],
  ['2019 March 28 21:15:04', '2019-03-28T19:15:04Z'],
  ['2019-11-10T09:33:04', '2019-11-10T07:33:04Z'],
  ['11-12-2018 09:41:05', '2018-11-12T07:41:05Z'],
  ['10-03-2019', '2019-10-02T21:00:00Z'],
  ['03/09/2017', '2017-03-08T22:00:00Z'],
  ['17/06/2019', '2019-06-16T21:00:00Z'],
  ['Jan 1, 2020 12:33:11', '2020-01-01T10:33:11Z'],
  ['2020, Sept 3, 00:03:00 UTC', '2020-09-03T00:03:00Z'],
  ['August 1, 2016 00:00:00GMT', '2016-08-01T00:00:00Z'],
  ['2020 April 17, 02:58:04 +03', '2020-04-16T23:58:04Z'],
  ['2018-02-12T13:00:28 GMT-2', '2018-02-12T15:00:28Z'],
  ['Mon, 25 Dec 1995 13:30:00 GMT', '1995-12-25T13:30:00Z'],
  ['20180212T130000Z', '2018-02-12T13:00:00Z'],
  ['1515931200', '2018-01-14T12:00:00Z'],
  [1515931200, '2018-01-14T12:00:00Z'],
];

const REFUSED = ['random text', '31/31/2019', '2018-02-30', 'see you in May 2019 maybe', [[]], {}, true, Number.NaN];

const original = Settings.defaultZone;

describe('constants', () => {
  it.each([
    ['API_ROOT', API_ROOT, 'https://api.mixcloud.com'],
    ['MIXCLOUD_ROOT', MIXCLOUD_ROOT, 'https://www.mixcloud.com'],
    ['OAUTH_ROOT', OAUTH_ROOT, 'https://www.mixcloud.com/oauth'],
    ['OEMBED_ROOT', OEMBED_ROOT, 'https://app.mixcloud.com/oembed/'],
    ['MP3_MAX_SIZE', MP3_MAX_SIZE, 4294967296],
    ['PICTURE_MAX_SIZE', PICTURE_MAX_SIZE, 10485760],
    ['DESCRIPTION_MAX_SIZE', DESCRIPTION_MAX_SIZE, 1000],
    ['TAG_MAX_COUNT', TAG_MAX_COUNT, 5],
    ['HOST_MAX_COUNT', HOST_MAX_COUNT, 2],
  ] as const)('%s is what the API documents', (_name, constant, value) => {
    expect(constant).toBe(value);
  });
});

describe('datetimes in Europe/Athens', () => {
  beforeEach(() => {
    Settings.defaultZone = 'Europe/Athens';
  });
  afterEach(() => {
    Settings.defaultZone = original;
  });

  it.each(READABLE)('%s is read as %s', (input, iso) => {
    expect(formatDatetime(input)).toBe(iso);
    expect(toTimestamp(input)).toBe(Date.parse(iso) / 1000);
  });

  it.each(REFUSED)('%j is refused', async (input) => {
    await thrown(TypeError, () => formatDatetime(input as never));
    await thrown(TypeError, () => toTimestamp(input as never));
  });

  describe.each(modes)('in a call ($mode)', ({ Mixcloud }) => {
    it.each(READABLE)('%s is sent as the moment %s', async (input, iso) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      await mixcloud.new({ since: input });
      expect((await onlyQuery(world)).since).toBe(String(Date.parse(iso) / 1000));
      await world.clearRequests();
      await mixcloud.upload(audio(100), 'Later', { publishDate: input });
      expect((await world.requests())[0]?.body.fields).toContainEqual({ name: 'publish_date', value: iso });
    });

    it.each(REFUSED)('%j is refused before anything is sent', async (input) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      expect((await thrown(TypeError, () => mixcloud.new({ until: input as never }))).message).toMatch(/^until: /);
      const upload = () => mixcloud.upload(audio(100), 'x', { publishDate: input as never });
      expect((await thrown(TypeError, upload)).message).toMatch(/^publishDate: /);
      expect(await world.requests()).toEqual([]);
    });
  });
});
