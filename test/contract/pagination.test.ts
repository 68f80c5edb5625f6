import { DateTime } from 'luxon';
import type { Pagination } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const NOON = 1515931200;

describe.each(modes)('pagination ($mode)', ({ Mixcloud }) => {
  it.each<[Pagination, Record<string, string>]>([
    [{}, {}],
    [{ offset: 40 }, { offset: '40' }],
    [
      { offset: 0, limit: 5 },
      { offset: '0', limit: '5' },
    ],
    [{ limit: 100 }, { limit: '100' }],
    [{ page: 0 }, { limit: '20', offset: '0' }],
    [{ page: 3 }, { limit: '20', offset: '60' }],
    [
      { page: 2, perPage: 50 },
      { limit: '50', offset: '100' },
    ],
    [{ perPage: 7 }, { limit: '7', offset: '0' }],
    [{ since: NOON }, { since: '1515931200' }],
    [{ since: '1515931200' }, { since: '1515931200' }],
    [{ until: '2018-01-14T12:00:00Z' }, { until: '1515931200' }],
    [{ until: '2018 Jan 14 12:00:00 UTC' }, { until: '1515931200' }],
    [{ since: new Date(NOON * 1000) }, { since: '1515931200' }],
    [{ until: DateTime.fromSeconds(NOON, { zone: 'Asia/Tokyo' }) }, { until: '1515931200' }],
    [
      { since: 0, until: NOON, limit: 2 },
      { since: '0', until: '1515931200', limit: '2' },
    ],
    [{ page: undefined, limit: 4 }, { limit: '4' }],
  ])('%j becomes the parameters of the API', async (page, params) => {
    const world = await newWorld();
    await clientOf(Mixcloud, world).popular(page);
    expect(await onlyQuery(world)).toEqual({ metadata: '1', ...params });
  });

  it('is taken by every list', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const bob = await mixcloud.get('bob');
    const page = { page: 1, perPage: 2 };
    for (const list of [
      await mixcloud.popular(page),
      await mixcloud.hot(page),
      await mixcloud.new(page),
      await mixcloud.search('mix', page),
      await bob.followers(page),
      await bob.connection('favorites', page),
    ]) {
      expect(list).toHaveLength(2);
      expect(list.paging).toMatchObject({ previous: expect.any(String), next: expect.any(String) });
    }
  });

  it('brings the items that it names', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const all = (await mixcloud.popular({ limit: 60 })).map(({ key }) => key);
    expect((await mixcloud.popular({ offset: 10, limit: 5 })).map(({ key }) => key)).toEqual(all.slice(10, 15));
    expect((await mixcloud.popular({ page: 2 })).map(({ key }) => key)).toEqual(all.slice(40, 60));
    const newest = await mixcloud.new({ limit: 10 });
    const until = newest[4]?.created_time;
    const older = await mixcloud.new({ until, limit: 5 });
    expect(older.map(({ key }) => key)).toEqual(newest.slice(5).map(({ key }) => key));
  });

  it.each<Pagination>([
    { page: 0, offset: 0 },
    { page: 1, limit: 10 },
    { perPage: 10, limit: 10 },
    { page: 1, since: NOON },
    { perPage: 5, until: NOON },
  ])('%j mixes the two ways, which is refused', async (page) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await thrown(TypeError, () => mixcloud.popular(page))).message).toContain('cannot be mixed');
    expect(await world.requests()).toEqual([]);
  });

  it.each([
    ['offset', -1],
    ['offset', 1.5],
    ['limit', -20],
    ['limit', 0.5],
    ['limit', Number.NaN],
    ['page', -1],
    ['page', 0.1],
    ['page', Number.POSITIVE_INFINITY],
    ['perPage', 0],
    ['perPage', -3],
    ['perPage', 2.5],
  ])('%s: %d is a RangeError that names it', async (name, value) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const { message } = await thrown(RangeError, () => mixcloud.popular({ [name]: value }));
    expect(message).toContain(`${name}: must be a whole number`);
    expect(message).toContain(String(value));
    expect(await world.requests()).toEqual([]);
  });

  it.each([
    ['limit', '20', 'limit: expected a number, but got "20"'],
    ['since', 'random text', 'since: cannot read "random text"'],
    ['until', '31/31/2019', 'until: cannot read "31/31/2019"'],
    ['until', {}, 'until: cannot read an object'],
    ['since', true, 'since: cannot read true'],
    ['perpage', 5, 'unknown option "perpage", did you mean "perPage"?'],
  ])('%s: %j is a TypeError that says so', async (name, value, message) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await thrown(TypeError, () => mixcloud.search('x', { [name]: value }))).message).toContain(message);
    expect(await world.requests()).toEqual([]);
  });
});
