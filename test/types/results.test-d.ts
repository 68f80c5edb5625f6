/** What methods give, as types. Compiled by `npm run types`, never run. */
import type { DateTime } from 'luxon';
import type {
  AccessDict,
  AccessList,
  ActionResult,
  Cloudcast,
  Comment,
  Dict,
  FeedItem,
  Listen,
  Listing,
  Mixcloud,
  MixcloudOAuth,
  PartialUser,
  Playlist,
  Resource,
  ResourceList,
  Tag,
  TrackSection,
  User,
} from 'mixcloud-client';
import type { MixcloudOAuthSync, MixcloudSync, ResourceListSync, ResourceSync, SyncMode } from 'mixcloud-client/sync';
import { describe, expectTypeOf, test } from 'vitest';

declare const mixcloud: Mixcloud;
declare const blocking: MixcloudSync;
declare const oauth: MixcloudOAuth;
declare const blockingOAuth: MixcloudOAuthSync;

describe('what a call gives', () => {
  test('is a promise, or blocking the thing itself', () => {
    expectTypeOf(mixcloud.get('bob')).toEqualTypeOf<Promise<Resource>>();
    expectTypeOf(blocking.get('bob')).toEqualTypeOf<ResourceSync>();
    expectTypeOf(mixcloud.get<User>('bob')).toEqualTypeOf<Promise<Resource<User>>>();
    expectTypeOf(blocking.get<User>('bob')).toEqualTypeOf<ResourceSync<User>>();
    expectTypeOf(mixcloud.me()).toEqualTypeOf<Promise<Resource<User>>>();
    expectTypeOf(blocking.me()).toEqualTypeOf<ResourceSync<User>>();
    expectTypeOf(mixcloud.discover('jazz')).toEqualTypeOf<Promise<Resource<Tag>>>();
    expectTypeOf(blocking.discover('jazz')).toEqualTypeOf<ResourceSync<Tag>>();
  });

  test('is a list where the API has one', () => {
    expectTypeOf(mixcloud.popular({ page: 1 })).toEqualTypeOf<Promise<ResourceList<Cloudcast>>>();
    expectTypeOf(blocking.hot({ limit: 5, since: new Date() })).toEqualTypeOf<ResourceListSync<Cloudcast>>();
    expectTypeOf(blocking.new()).toEqualTypeOf<ResourceListSync<Cloudcast>>();
    expectTypeOf(mixcloud.get<Listing<PartialUser>>('bob/followers')).toEqualTypeOf<
      Promise<ResourceList<PartialUser>>
    >();
    expectTypeOf(blocking.get<Listing<PartialUser>>('bob/followers')).toEqualTypeOf<ResourceListSync<PartialUser>>();
  });

  test('of a search is as its type says', () => {
    expectTypeOf(mixcloud.search('x')).toEqualTypeOf<Promise<ResourceList<Cloudcast>>>();
    expectTypeOf(mixcloud.search('x', { limit: 5 })).toEqualTypeOf<Promise<ResourceList<Cloudcast>>>();
    expectTypeOf(mixcloud.search('x', { type: 'cloudcast' })).toEqualTypeOf<Promise<ResourceList<Cloudcast>>>();
    expectTypeOf(mixcloud.search('x', { type: 'user', page: 2 })).toEqualTypeOf<Promise<ResourceList<PartialUser>>>();
    expectTypeOf(blocking.search('x', { type: 'user' })).toEqualTypeOf<ResourceListSync<PartialUser>>();
    expectTypeOf(blocking.search('x', { type: 'tag' })).toEqualTypeOf<ResourceListSync<Tag>>();
    expectTypeOf(blocking.search('x', { type: 'playlist' })).toEqualTypeOf<ResourceListSync>();
    expectTypeOf(blocking.search('x', { type: 'x' as string })).toEqualTypeOf<ResourceListSync>();
  });

  test('of many keys is an array', () => {
    expectTypeOf(mixcloud.getMany(['bob'])).toEqualTypeOf<Promise<Resource[]>>();
    expectTypeOf(blocking.getMany<User>(['bob'], { concurrency: 2 })).toEqualTypeOf<ResourceSync<User>[]>();
  });

  test('of an action, upload or edit is a result', () => {
    const followed = blocking.follow('bob');
    expectTypeOf(followed).toEqualTypeOf<ActionResult>();
    expectTypeOf(followed).toExtend<AccessDict>();
    expectTypeOf(followed.result.success).toEqualTypeOf<boolean>();
    expectTypeOf(followed.result.key).toEqualTypeOf<string | undefined>();
    expectTypeOf(blocking.upload('show.mp3', 'x').result.message).toEqualTypeOf<string | undefined>();
    expectTypeOf(blocking.edit('x', { tags: ['a'] })).toEqualTypeOf(followed);
    expectTypeOf(mixcloud.repost('x')).resolves.toHaveProperty('result');
  });

  test('of an embedding is text or an object', () => {
    expectTypeOf(mixcloud.embedHtml('x', { width: 300 })).toEqualTypeOf<Promise<string>>();
    expectTypeOf(blocking.embedJson('x').html).toEqualTypeOf<string>();
    expectTypeOf(blocking.oembed('x', { format: 'xml' })).toEqualTypeOf<string>();
    expectTypeOf(blocking.oembed('x', { height: 60 }).title).toEqualTypeOf<string>();
    expectTypeOf(mixcloud.oembed('x', { format: 'xml' })).toEqualTypeOf<Promise<string>>();
  });

  test('of the OAuth helper is a token or null', () => {
    expectTypeOf(oauth.accessToken('x')).toEqualTypeOf<Promise<string | null>>();
    expectTypeOf(blockingOAuth.accessToken('x')).toEqualTypeOf<string | null>();
    expectTypeOf(oauth.authorizationUrl).toEqualTypeOf<string>();
    expectTypeOf(blockingOAuth.authorizationUrl).toEqualTypeOf<string>();
  });

  test('of closing is nothing', () => {
    expectTypeOf(mixcloud.close()).toEqualTypeOf<Promise<void>>();
    expectTypeOf(blocking.close()).toEqualTypeOf<void>();
    expectTypeOf(mixcloud).toExtend<AsyncDisposable>();
    expectTypeOf(blocking).toExtend<Disposable>();
  });
});

describe('known fields', () => {
  const bob = blocking.get<User>('bob');
  const mix = blocking.get<Cloudcast>('luke/a-nice-mix');

  test('of a user', () => {
    expectTypeOf(bob.name).toEqualTypeOf<string>();
    expectTypeOf(bob.city).toEqualTypeOf<string | undefined>();
    expectTypeOf<ResourceSync<User>['city']>().toEqualTypeOf<string | undefined>();
    expectTypeOf(bob.created_time).toEqualTypeOf<DateTime>();
    expectTypeOf(bob.follower_count).toEqualTypeOf<number>();
    expectTypeOf(bob.pictures.medium).toEqualTypeOf<string | undefined>();
    expectTypeOf(bob.key).toEqualTypeOf<string>();
    expectTypeOf(bob.type).toEqualTypeOf<string>();
    expectTypeOf(bob.full).toEqualTypeOf<boolean>();
    expectTypeOf(bob.is_pro).toEqualTypeOf<boolean>();
  });

  test('of a cloudcast', () => {
    expectTypeOf(mix.user).toEqualTypeOf<ResourceSync<PartialUser>>();
    expectTypeOf(mix.user.created_time?.year).toEqualTypeOf<number | undefined>();
    expectTypeOf(mix.tags).toEqualTypeOf<AccessList<ResourceSync<Tag>>>();
    // @ts-expect-error it is a view
    mix.tags.pop = undefined;
    expectTypeOf(mix.tags[0]).toEqualTypeOf<ResourceSync<Tag> | undefined>();
    expectTypeOf(mix.tags.map((tag) => tag.name)).toEqualTypeOf<string[]>();
    expectTypeOf(mix.audio_length).toEqualTypeOf<number | undefined>();
    expectTypeOf(mix.sections?.[0]).toEqualTypeOf<Dict<SyncMode, TrackSection> | undefined>();
    expectTypeOf(mix.sections?.[0]?.track?.artist.name).toEqualTypeOf<string | undefined>();
    expectTypeOf(mix.hosts?.[0]).toEqualTypeOf<ResourceSync<PartialUser> | undefined>();
  });

  test('of the other entities', () => {
    expectTypeOf<ResourceSync<Comment>['submit_date']>().toEqualTypeOf<DateTime>();
    expectTypeOf<ResourceSync<Comment>['user']>().toEqualTypeOf<ResourceSync<PartialUser>>();
    expectTypeOf<ResourceSync<Listen>['listen_time']>().toEqualTypeOf<DateTime>();
    expectTypeOf<ResourceSync<Listen>['name']>().toEqualTypeOf<string>();
    expectTypeOf<ResourceSync<Playlist>['owner']>().toEqualTypeOf<ResourceSync<PartialUser>>();
    expectTypeOf<ResourceSync<FeedItem>['from']>().toEqualTypeOf<ResourceSync<PartialUser>>();
    expectTypeOf<ResourceSync<Tag>['name']>().toEqualTypeOf<string>();
  });

  test('nest resources of the same mode', () => {
    expectTypeOf<Resource<Cloudcast>['user']>().toEqualTypeOf<Resource<PartialUser>>();
    expectTypeOf<Resource<Cloudcast>['user']['load']>().returns.toExtend<Promise<Resource<User>>>();
  });

  test('are open: any other field is any', () => {
    expectTypeOf(bob.something_new).toBeAny();
    expectTypeOf(bob.something.deep[0].down).toBeAny();
    expectTypeOf(blocking.get('bob').city).toBeAny();
    expectTypeOf(bob.pictures.new_size).toBeAny();
    expectTypeOf(bob.data.created_time).toBeAny();
    expectTypeOf(bob.metadata).toBeAny();
  });

  test('give way to what a method covers', () => {
    expectTypeOf(bob.following).toBeFunction();
    expectTypeOf(bob.data).not.toBeFunction();
    for (const [name, value] of bob.items()) {
      expectTypeOf(name).toEqualTypeOf<string>();
      expectTypeOf(value).toBeAny();
    }
  });

  test('cannot be assigned to', () => {
    // @ts-expect-error models are read-only
    bob.city = 'Paris';
    // @ts-expect-error fields that no type knows too
    bob.something_new = 1;
    // @ts-expect-error and what nests in them
    mix.user.name = 'x';
    // @ts-expect-error and the raw data
    bob.data.city = 'Paris';
    // @ts-expect-error and lists
    blocking.popular()[0] = mix;
  });
});

describe('connections', () => {
  const peter = blocking.get<User>('peter');

  test('of a user', () => {
    expectTypeOf(peter.followers({ limit: 50 })).toEqualTypeOf<ResourceListSync<PartialUser>>();
    expectTypeOf(peter.following()).toEqualTypeOf<ResourceListSync<PartialUser>>();
    expectTypeOf(peter.cloudcasts()).toEqualTypeOf<ResourceListSync<Cloudcast>>();
    expectTypeOf(peter.favorites()).toEqualTypeOf<ResourceListSync<Cloudcast>>();
    expectTypeOf(peter.listens()).toEqualTypeOf<ResourceListSync<Listen>>();
    expectTypeOf(peter.feed()).toEqualTypeOf<ResourceListSync<FeedItem>>();
    expectTypeOf(peter.comments()).toEqualTypeOf<ResourceListSync<Comment>>();
    expectTypeOf(peter.playlists()).toEqualTypeOf<ResourceListSync<Playlist>>();
    expectTypeOf<Resource<User>['followers']>().returns.toEqualTypeOf<Promise<ResourceList<PartialUser>>>();
  });

  test('of a cloudcast and a tag', () => {
    expectTypeOf<Resource<Cloudcast>['similar']>().returns.toEqualTypeOf<Promise<ResourceList<Cloudcast>>>();
    expectTypeOf<Resource<Cloudcast>['listeners']>().returns.toEqualTypeOf<Promise<ResourceList<PartialUser>>>();
    expectTypeOf<ResourceSync<Tag>['latest']>().returns.toEqualTypeOf<ResourceListSync<Cloudcast>>();
  });

  test('chain as the blocking client promises', () => {
    expectTypeOf(
      new (null as never as typeof MixcloudSync)().get('someuser/somemix').similar()[0].load().name,
    ).toBeAny();
    expectTypeOf(peter.followers()[0]?.load().cloudcasts()[0]?.user.city).toEqualTypeOf<string | undefined>();
  });

  test('by name', () => {
    expectTypeOf(peter.connection('listen-later', { page: 1 })).toExtend<ResourceListSync>();
    expectTypeOf<Resource['connection']>().returns.resolves.toExtend<ResourceList>();
  });

  test('take pagination and the options of the mode only', () => {
    // @ts-expect-error an unknown option
    peter.followers({ limt: 50 });
    // @ts-expect-error the wrong type
    peter.followers({ limit: '50' });
    // @ts-expect-error no signal in sync mode
    peter.followers({ signal: new AbortController().signal });
  });
});

describe('lists', () => {
  const popular = blocking.popular();

  test('have items that may not be there', () => {
    expectTypeOf(popular[0]).toEqualTypeOf<ResourceSync<Cloudcast> | undefined>();
    expectTypeOf(popular.at(-1)).toEqualTypeOf<ResourceSync<Cloudcast> | undefined>();
    expectTypeOf(popular.length).toEqualTypeOf<number>();
    expectTypeOf(popular.name).toEqualTypeOf<string | undefined>();
    expectTypeOf(popular.paging?.next).toEqualTypeOf<string | undefined>();
    // @ts-expect-error it may be undefined
    popular[0].name;
  });

  test('are read by key', () => {
    expectTypeOf(popular['chris/funky-mix']).toEqualTypeOf<ResourceSync<Cloudcast> | undefined>();
    expectTypeOf(blocking.get<Listing<PartialUser>>('bob/followers')['/bob/']).toEqualTypeOf<
      ResourceSync<PartialUser> | undefined
    >();
    expectTypeOf(popular[0]?.tags['/genres/jazz/']).toEqualTypeOf<ResourceSync<Tag> | undefined>();
    // @ts-expect-error it may not be there
    popular['chris/funky-mix'].name;
  });

  test('are closed: a misspelt member is an error', () => {
    // @ts-expect-error misspelt
    popular.lenght;
    // @ts-expect-error a list cannot be changed
    popular.sort();
    // @ts-expect-error nor can a list in an object
    popular[0]?.tags.push;
    // @ts-expect-error no field of a response is a member
    popular.updated;
    // @ts-expect-error misspelt, of a client
    mixcloud.accesToken = 'x';
    // @ts-expect-error misspelt, of a client
    blocking.gett;
  });

  test('are read-only arrays', () => {
    expectTypeOf(popular).toExtend<readonly ResourceSync<Cloudcast>[]>();
    expectTypeOf(popular.map((mix) => mix.play_count)).toEqualTypeOf<number[]>();
    expectTypeOf(popular.filter((mix) => mix.full)).toEqualTypeOf<ResourceSync<Cloudcast>[]>();
    expectTypeOf(popular.find((mix) => mix.slug === 'x')).toEqualTypeOf<ResourceSync<Cloudcast> | undefined>();
    expectTypeOf(popular.slice(1)).toEqualTypeOf<ResourceSync<Cloudcast>[]>();
    for (const mix of popular) expectTypeOf(mix).toEqualTypeOf<ResourceSync<Cloudcast>>();
  });

  test('have pages next to them, or null', async () => {
    expectTypeOf(popular.next()).toEqualTypeOf<ResourceListSync<Cloudcast> | null>();
    expectTypeOf(popular.previous({ timeout: 5 })).toEqualTypeOf<ResourceListSync<Cloudcast> | null>();
    expectTypeOf((await mixcloud.popular()).next()).toEqualTypeOf<Promise<ResourceList<Cloudcast> | null>>();
  });

  test('are looped over whole', async () => {
    for (const mix of popular.all({ limit: 5 })) expectTypeOf(mix).toEqualTypeOf<ResourceSync<Cloudcast>>();
    const list = await mixcloud.popular();
    for await (const mix of list.all()) expectTypeOf(mix).toEqualTypeOf<Resource<Cloudcast>>();
    for (const mix of popular.all({ load: true })) expectTypeOf(mix).toEqualTypeOf<ResourceSync<Cloudcast>>();
    // @ts-expect-error an asynchronous loop is not an ordinary one
    for (const mix of list.all()) expectTypeOf(mix).toBeAny();
  });

  test('have full users in a loop that loads them', async () => {
    const { followers } = blocking.get<User>('bob');
    for (const user of followers().all({ load: true })) expectTypeOf(user).toEqualTypeOf<ResourceSync<User>>();
    const list = await (await mixcloud.get<User>('bob')).followers();
    const onError = (error: Error, user: Resource<PartialUser>) => console.warn(error, user.name);
    for await (const user of list.all({ load: true, concurrency: 2, limit: 5, onError })) {
      expectTypeOf(user).toEqualTypeOf<Resource<User>>();
    }
    // It may not load them.
    for await (const user of list.all({ load: Math.random() > 0.5 })) {
      expectTypeOf(user).toEqualTypeOf<Resource<PartialUser>>();
    }
  });

  test('load their items and are themselves', async () => {
    expectTypeOf(popular.loadAll({ concurrency: 2, force: true })[0]?.description).toEqualTypeOf<string | undefined>();
    const loaded = await (await mixcloud.popular()).loadAll();
    expectTypeOf(loaded[0]?.user.name).toEqualTypeOf<string | undefined>();
  });
});
