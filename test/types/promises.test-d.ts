/** That what compiles works, as types. Compiled by `npm run types`, never run. */
import {
  type ActionResult,
  type AnyFields,
  type Cloudcast,
  type Comment,
  type FeedItem,
  isErrorResponse,
  type Listen,
  type Listing,
  Mixcloud,
  type MixcloudOptions,
  type PartialUser,
  type Playlist,
  Resource,
  ResourceList,
  type Tag,
  toError,
  type User,
} from 'mixcloud-client';
import { MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';
import { describe, expectTypeOf, test } from 'vitest';

declare const mixcloud: Mixcloud;
declare const blocking: MixcloudSync;

/** Names that a type lists, without an index signature. */
type Names<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] };

describe('what lists and nested objects leave out', () => {
  test('is optional there, and only there', async () => {
    const mix = await mixcloud.get<Cloudcast>('luke/a-nice-mix');
    // @ts-expect-error the owner is partial
    mix.user.created_time.year;
    expectTypeOf(mix.user.follower_count).toEqualTypeOf<number | undefined>();
    expectTypeOf(mix.user.username).toEqualTypeOf<string>();
    expectTypeOf((await mixcloud.get<User>('bob')).follower_count).toEqualTypeOf<number>();
    expectTypeOf(blocking.search('x', { type: 'user' })[0]?.biog).toEqualTypeOf<string | undefined>();
  });

  test('is there after load, loadAll and a loading loop', async () => {
    const [partial] = await mixcloud.search('john', { type: 'user' });
    const loaded = await partial?.load();
    expectTypeOf(loaded?.created_time.year).toEqualTypeOf<number | undefined>();
    expectTypeOf(loaded).toExtend<Resource<User> | undefined>();
    const bob = blocking.get<User>('bob');
    expectTypeOf(bob.load()).toEqualTypeOf<ResourceSync<User>>();
    expectTypeOf(bob.followers().loadAll()).toEqualTypeOf<ResourceListSync<User>>();
    expectTypeOf(blocking.popular().loadAll()).toEqualTypeOf<ResourceListSync<Cloudcast>>();
  });
});

declare function greet(user: User): void;
declare function greetPartial(user: PartialUser): void;
declare function play(show: Cloudcast): void;
declare function show(resource: Resource): void;

describe('resources are accepted', () => {
  test('where their fields are wanted', async () => {
    const bob = await mixcloud.get<User>('bob');
    greet(bob);
    greetPartial(bob);
    show(bob);
    const popular = await mixcloud.popular();
    for (const mix of popular) {
      play(mix);
      greetPartial(mix.user);
      show(mix);
      // @ts-expect-error a partial user is no user
      greet(mix.user);
      greet(await mix.user.load());
    }
    expectTypeOf<ResourceSync<User>>().toExtend<User>();
    expectTypeOf<ResourceSync<Listen>>().toExtend<Listen>();
    expectTypeOf<ResourceSync<Comment>>().toExtend<Comment>();
    expectTypeOf<Resource<FeedItem>>().toExtend<FeedItem>();
    expectTypeOf<Resource<Playlist>>().toExtend<Playlist>();
    expectTypeOf<Resource<Tag>>().toExtend<Tag>();
    expectTypeOf<Resource<Comment>>().toExtend<Resource>();
  });
});

describe('an error response', () => {
  test('is told from the result, which keeps its type', async () => {
    const user = await mixcloud.get<User>('bob');
    if (isErrorResponse(user)) {
      expectTypeOf(user.error.message).toEqualTypeOf<string>();
      return;
    }
    expectTypeOf(user).toEqualTypeOf<Resource<User>>();
    const popular = blocking.popular();
    if (isErrorResponse(popular)) return;
    expectTypeOf(popular).toEqualTypeOf<ResourceListSync<Cloudcast>>();
    const next = popular.next();
    if (isErrorResponse(next)) return;
    expectTypeOf(next).toEqualTypeOf<ResourceListSync<Cloudcast> | null>();
    const done = await mixcloud.follow('bob');
    if (isErrorResponse(done)) throw toError(done);
    expectTypeOf(done).toEqualTypeOf<ActionResult>();
    const open = await mixcloud.get('bob');
    if (isErrorResponse(open)) return;
    expectTypeOf(open).toEqualTypeOf<Resource>();
    const several = await mixcloud.getMany<User>(['a']);
    expectTypeOf(several.filter((each) => !isErrorResponse(each))[0]?.created_time.year).toEqualTypeOf<
      number | undefined
    >();
  });
});

describe('actions and connections', () => {
  test('are declared by the kind of resource', () => {
    type Own<F> = Names<Resource<F>>;
    expectTypeOf<'follow' | 'cloudcasts'>().toExtend<Own<User>>();
    expectTypeOf<'follow' | 'cloudcasts'>().toExtend<Own<PartialUser>>();
    expectTypeOf<'favorite' | 'similar' | 'edit'>().toExtend<Own<Listen>>();
    expectTypeOf<'popular' | 'latest'>().toExtend<Own<Tag>>();
    expectTypeOf<Extract<Own<Cloudcast>, 'follow' | 'followers'>>().toBeNever();
    expectTypeOf<Extract<Own<User>, 'favorite' | 'similar' | 'edit'>>().toBeNever();
    expectTypeOf<Extract<Own<AnyFields>, 'follow' | 'favorite' | 'followers' | 'similar' | 'popular'>>().toBeNever();
  });

  test('are left out without connections', async () => {
    const plain = await mixcloud.get<User>('bob', { createConnections: false });
    expectTypeOf(plain.followers).toBeAny();
    expectTypeOf(plain.follow).toBeFunction();
    expectTypeOf(plain.created_time.year).toEqualTypeOf<number>();
    greet(plain);
    expectTypeOf(blocking.get<Listing<PartialUser>>('bob/followers', { createConnections: false })).toEqualTypeOf<
      ResourceListSync<PartialUser>
    >();
    const createConnections = Boolean(plain.city);
    expectTypeOf(blocking.get<User>('bob', { createConnections })).toEqualTypeOf<ResourceSync<User>>();
  });
});

describe('classes of the caller', () => {
  class Show extends Resource {
    get minutes(): number {
      return Math.round((this.audio_length ?? 0) / 60);
    }
  }
  class Chart extends ResourceList {
    readonly places = this.length;
  }
  class ShowSync extends ResourceSync {
    readonly isShow = true as const;
  }
  class ChartSync extends ResourceListSync {
    best(): string {
      return this[0]?.name ?? '';
    }
  }

  test('are the classes of what methods return', async () => {
    const own = new Mixcloud({ resourceClass: Show, timeout: 5 });
    const bob = await own.get<User>('bob');
    expectTypeOf(bob).toExtend<Resource<User> & Show>();
    expectTypeOf(bob.minutes).toEqualTypeOf<number>();
    expectTypeOf(bob.created_time.year).toEqualTypeOf<number>();
    const [mix] = await own.popular();
    expectTypeOf(mix?.minutes).toEqualTypeOf<number | undefined>();
    expectTypeOf(mix?.user.minutes).toEqualTypeOf<number | undefined>();
    expectTypeOf((await bob.followers())[0]?.minutes).toEqualTypeOf<number | undefined>();
    expectTypeOf((await own.popular())['chris/funky-mix']?.minutes).toEqualTypeOf<number | undefined>();
    for await (const each of (await own.popular()).all()) expectTypeOf(each).toExtend<Show & Resource<Cloudcast>>();
    expectTypeOf((await mix?.user.load())?.created_time.year).toEqualTypeOf<number | undefined>();
    expectTypeOf((await mix?.user.load())?.minutes).toEqualTypeOf<number | undefined>();
    expectTypeOf((await own.get<User>('bob', { createConnections: false })).minutes).toEqualTypeOf<number>();
    greet(bob);
    if (mix) play(mix);
    expectTypeOf(bob.mixcloud).toExtend<typeof own>();
    expectTypeOf(own).toExtend<Mixcloud>();
  });

  test('are so in the blocking client, and for lists', () => {
    const own = new MixcloudSync({ resourceClass: ShowSync, resourceListClass: ChartSync });
    const popular = own.popular();
    expectTypeOf(popular.best()).toEqualTypeOf<string>();
    expectTypeOf(popular[0]?.isShow).toEqualTypeOf<true | undefined>();
    expectTypeOf(popular.next()?.best()).toEqualTypeOf<string | undefined>();
    expectTypeOf(popular.map((each) => each.play_count)).toEqualTypeOf<number[]>();
    for (const each of popular) expectTypeOf(each.isShow).toEqualTypeOf<true>();
    for (const each of popular.all()) expectTypeOf(each.isShow).toEqualTypeOf<true>();
    const lists = new MixcloudSync({ resourceListClass: ChartSync });
    expectTypeOf(lists.hot().best()).toEqualTypeOf<string>();
    expectTypeOf(lists.hot()[0]?.play_count).toEqualTypeOf<number | undefined>();
    expectTypeOf(lists).toExtend<MixcloudSync>();
  });

  test('are those of the class in a list of the asynchronous client', async () => {
    const own = new Mixcloud({ resourceListClass: Chart });
    expectTypeOf((await own.popular()).places).toEqualTypeOf<number>();
    expectTypeOf((await own.search('x', { type: 'user' }))[0]?.username).toEqualTypeOf<string | undefined>();
  });

  test('leave the default classes as they are', () => {
    expectTypeOf(new Mixcloud()).toEqualTypeOf<Mixcloud>();
    expectTypeOf(new Mixcloud({ timeout: 5 })).toEqualTypeOf<Mixcloud>();
    expectTypeOf(new MixcloudSync({ resourceClass: undefined })).toEqualTypeOf<MixcloudSync>();
    class Station extends Mixcloud {
      constructor(options: MixcloudOptions = {}) {
        super({ ...options, userAgent: 'station' });
      }
    }
    expectTypeOf(new Station({ timeout: 5 })).toExtend<Mixcloud>();
    expectTypeOf(new Station().popular()).toEqualTypeOf<Promise<ResourceList<Cloudcast>>>();
  });
});

describe('the plurals of the types of a search', () => {
  test('are errors, and any other text is allowed', () => {
    // @ts-expect-error plural
    mixcloud.search('x', { type: 'users' });
    // @ts-expect-error plural
    blocking.search('x', { type: 'cloudcasts' });
    // @ts-expect-error plural
    blocking.search('x', { type: 'tags', limit: 5 });
    const type: string = JSON.parse('"upload"');
    mixcloud.search('x', { type });
    mixcloud.search('x', { type: 'upload' });
    mixcloud.search('x', { type: null });
  });
});
