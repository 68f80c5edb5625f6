/** What methods take, as types. Compiled by `npm run types`, never run. */

import { DateTime } from 'luxon';
import {
  type ClientOptions,
  Mixcloud,
  type MixcloudEventListener,
  MixcloudOAuth,
  type MixcloudOptions,
  Resource,
  ResourceList,
  type User,
} from 'mixcloud-client';
import {
  MixcloudOAuthSync,
  MixcloudSync,
  type MixcloudSyncOptions,
  ResourceListSync,
  ResourceSync,
} from 'mixcloud-client/sync';
import { Agent } from 'undici';
import { describe, expectTypeOf, test } from 'vitest';

declare const mixcloud: Mixcloud;
declare const blocking: MixcloudSync;
const { signal } = new AbortController();

describe('options of a client', () => {
  test('are the same in both modes, but for the dispatcher and the classes', () => {
    type Own = 'resourceClass' | 'resourceListClass';
    expectTypeOf<Omit<MixcloudOptions, Own | 'dispatcher'>>().toEqualTypeOf<Omit<MixcloudSyncOptions, Own>>();
    expectTypeOf<keyof MixcloudOptions>().toEqualTypeOf<keyof ClientOptions | Own | 'dispatcher'>();
  });

  test('may be undefined', () => {
    new Mixcloud({ apiRoot: undefined, accessToken: undefined, dispatcher: undefined, resourceClass: undefined });
    new MixcloudSync({ timeout: undefined, proxy: undefined, resourceListClass: undefined });
  });

  test('are those of a derived client, except for the connections', () => {
    expectTypeOf(mixcloud.withOptions({ accessToken: null, timeout: 5 })).toEqualTypeOf<Mixcloud>();
    expectTypeOf(blocking.withOptions({ resourceClass: ResourceSync })).toEqualTypeOf<MixcloudSync>();
    // @ts-expect-error belongs to the connections
    mixcloud.withOptions({ proxy: 'env' });
    // @ts-expect-error belongs to the connections
    mixcloud.withOptions({ dispatcher: new Agent() });
    // @ts-expect-error unknown
    blocking.withOptions({ timeOut: 5 });
    class Station extends MixcloudSync {
      readonly station = true;
    }
    expectTypeOf(new Station().withOptions({})).toEqualTypeOf<Station>();
  });

  test('have a listener whose events are told apart by their type', () => {
    new Mixcloud({
      onEvent(event) {
        expectTypeOf(event.type).toEqualTypeOf<'request' | 'response' | 'failure' | 'retry' | 'rate-limit'>();
        expectTypeOf(event.id).toEqualTypeOf<string>();
        if (event.type === 'response') expectTypeOf(event.headers).toEqualTypeOf<Readonly<Record<string, string>>>();
        else if (event.type === 'failure') expectTypeOf(event.error).toEqualTypeOf<Error>();
        else if (event.type !== 'request') expectTypeOf(event.wait).toEqualTypeOf<number>();
        // @ts-expect-error not of every event
        event.status;
      },
    });
    expectTypeOf(mixcloud.onEvent).toEqualTypeOf<MixcloudEventListener | null>();
  });

  test('are checked', () => {
    new Mixcloud({ apiRoot: new URL('https://x.example'), accessToken: null, dispatcher: new Agent(), proxy: 'env' });
    // @ts-expect-error unknown
    new Mixcloud({ acessToken: 'x' });
    // @ts-expect-error async only
    new MixcloudSync({ dispatcher: new Agent() });
    // @ts-expect-error the wrong type
    new Mixcloud({ timeout: '60' });
    // @ts-expect-error the wrong type
    new MixcloudSync({ raiseExceptions: 'no' });
    // @ts-expect-error a decoder takes a text
    new Mixcloud({ jsonDecoder: (body: Uint8Array) => body });
    // @ts-expect-error only the token can be set later
    mixcloud.apiRoot = 'https://x.example';
    mixcloud.accessToken = null;
    blocking.accessToken = 'x';
  });

  test('of the OAuth helpers take a client of their mode', () => {
    new MixcloudOAuth({ clientId: 'x', redirectUri: new URL('https://x.example'), mixcloud });
    new MixcloudOAuthSync({ clientSecret: 'x', raiseExceptions: true, mixcloud: blocking });
    // @ts-expect-error the other mode
    new MixcloudOAuth({ mixcloud: blocking });
    // @ts-expect-error the other mode
    new MixcloudOAuthSync({ mixcloud });
    // @ts-expect-error unknown
    new MixcloudOAuth({ client_id: 'x' });
  });
});

describe('options of a call', () => {
  test('have a time-out in both modes, and a signal in the asynchronous one', () => {
    mixcloud.get('bob', { signal, timeout: 5 });
    mixcloud.follow('bob', { signal });
    mixcloud.upload('x.mp3', 'x', { signal, timeout: 5 });
    blocking.get('bob', { timeout: 5 });
    // @ts-expect-error no signal in sync mode
    blocking.get('bob', { signal });
    // @ts-expect-error no signal in sync mode
    blocking.popular({ signal });
    // @ts-expect-error no signal in sync mode
    blocking.search('x', { signal });
    // @ts-expect-error no signal in sync mode
    blocking.upload('x.mp3', 'x', { signal });
    // @ts-expect-error no signal in sync mode
    blocking.get('bob').load({ signal });
    // @ts-expect-error no signal in sync mode
    blocking.popular().all({ signal });
  });

  test('are checked', () => {
    mixcloud.get('bob', { relative: false, createConnections: false, params: { a: 'b', c: 1, d: true, e: undefined } });
    mixcloud.popular({ since: DateTime.now(), until: new Date() });
    mixcloud.popular({ since: '2018 Feb 12', until: 1515931200, offset: 0 });
    // @ts-expect-error unknown
    mixcloud.get('bob', { relativ: false });
    // @ts-expect-error the wrong type
    mixcloud.get('bob', { relative: 'no' });
    // @ts-expect-error the wrong type
    mixcloud.get('bob', { params: { tags: ['a'] } });
    // @ts-expect-error the wrong type
    mixcloud.get(5);
    // @ts-expect-error needed
    mixcloud.get();
    // @ts-expect-error the wrong type
    mixcloud.popular({ limit: '5' });
    // @ts-expect-error the wrong type
    mixcloud.popular({ since: true });
    // @ts-expect-error unknown
    mixcloud.popular({ per_page: 5 });
    // @ts-expect-error unknown
    mixcloud.search('x', { kind: 'user' });
    // @ts-expect-error the wrong type
    mixcloud.search('x', { type: 5 });
    // @ts-expect-error the wrong type
    mixcloud.embedJson('x', { width: '300' });
    // @ts-expect-error unknown
    mixcloud.oembed('x', { format: 'yaml' });
    // @ts-expect-error the wrong type
    mixcloud.getMany('bob');
    // @ts-expect-error unknown
    mixcloud.getMany(['bob'], { limit: 5 });
    // @ts-expect-error the wrong type
    blocking.get('bob').load({ force: 1 });
    // @ts-expect-error unknown
    blocking.popular().loadAll({ limit: 5 });
  });
});

describe('uploads and edits', () => {
  test('take files and fields', () => {
    const bytes = new Uint8Array(1);
    for (const file of ['x.mp3', new URL('file:///x.mp3'), bytes, new Blob([bytes]), new File([bytes], 'x')]) {
      mixcloud.upload(file, 'x', { picture: file });
    }
    blocking.upload('x.mp3', 'x', {
      description: 'x',
      tags: ['a'] as const,
      sections: [
        { chapter: 'x', start_time: 0 },
        { artist: 'x', song: 'y' },
        { song: 'y' },
        new Map([['artist', 'x']]),
      ],
      publishDate: '2030-01-01',
      hosts: [],
      disableComments: true,
      hideStats: false,
      unlisted: undefined,
      extra: { percentage_music: 80 },
      onProgress: ({ sent, total }) => {
        expectTypeOf(sent + total).toEqualTypeOf<number>();
      },
    });
    mixcloud.edit('x', { name: 'x', publish: true, unpublish: false });
    blocking.get('bob/x').edit({ tags: [] });
  });

  test('are checked', () => {
    // @ts-expect-error needed
    mixcloud.upload('x.mp3');
    // @ts-expect-error the wrong type
    mixcloud.upload(5, 'x');
    // @ts-expect-error an edit only
    mixcloud.upload('x.mp3', 'x', { publish: true });
    // @ts-expect-error never to be changed
    mixcloud.edit('x', { mp3: 'x.mp3' });
    // @ts-expect-error the API's name
    mixcloud.edit('x', { publish_date: '2030-01-01' });
    // @ts-expect-error the wrong type
    mixcloud.edit('x', { tags: 'a' });
    // @ts-expect-error the wrong type
    mixcloud.edit('x', { unlisted: 1 });
    // @ts-expect-error the wrong type
    mixcloud.edit('x', { extra: { x: true } });
  });
});

describe('subclasses', () => {
  class MyResource extends Resource {
    get shout(): string {
      return `${this.name}!`;
    }

    override toString(): string {
      return this.key;
    }
  }
  class MyList extends ResourceList {
    get first() {
      return this[0];
    }
  }
  class MyResourceSync extends ResourceSync {
    followerNames(): string[] {
      return this.connection('followers').map((item) => String(item));
    }
  }
  class MyListSync extends ResourceListSync {}

  test('of the default classes can be given to a client', () => {
    new Mixcloud({ resourceClass: MyResource, resourceListClass: MyList });
    new MixcloudSync({ resourceClass: MyResourceSync, resourceListClass: MyListSync });
    new Mixcloud({ resourceClass: Resource, resourceListClass: ResourceList });
    new MixcloudSync({ resourceClass: ResourceSync, resourceListClass: ResourceListSync });
    expectTypeOf(new MyResource({}, mixcloud).shout).toEqualTypeOf<string>();
    expectTypeOf(new MyResource({}, mixcloud).city).toBeAny();
    expectTypeOf(new MyList({}, mixcloud).first).toEqualTypeOf<Resource | undefined>();
    expectTypeOf(new MyResourceSync({}, blocking).followerNames()).toEqualTypeOf<string[]>();
  });

  test('of another mode or of nothing cannot', () => {
    // @ts-expect-error the other mode
    new Mixcloud({ resourceClass: MyResourceSync });
    // @ts-expect-error the other mode
    new MixcloudSync({ resourceListClass: MyList });
    // @ts-expect-error no resource
    new Mixcloud({ resourceClass: Map });
    // @ts-expect-error no class
    new Mixcloud({ resourceClass: {} });
  });

  test('are told by instanceof', () => {
    const value: unknown = null;
    if (value instanceof Resource) expectTypeOf(value.key).toEqualTypeOf<string>();
    if (value instanceof ResourceListSync) expectTypeOf(value.length).toEqualTypeOf<number>();
    if (value instanceof MyResource) expectTypeOf(value.shout).toEqualTypeOf<string>();
  });
});

describe('request', () => {
  test('takes a method in upper case, and fields of the kinds that are sent', () => {
    const fields = { text: 'x', number: 1, flag: true, file: new Uint8Array(1), url: new URL('file:///x'), none: null };
    mixcloud.request('POST', 'bob/x', { fields, params: { a: 1 }, signal, timeout: 5, onProgress: ({ sent }) => sent });
    blocking.request('DELETE', 'bob/x', { fields: { blob: new Blob([]) }, timeout: 5 });
    expectTypeOf(blocking.request<User>('GET', 'bob').city).toEqualTypeOf<string | undefined>();
    expectTypeOf(mixcloud.request('GET', 'bob')).toEqualTypeOf<Promise<Resource>>();
    // @ts-expect-error in lower case
    mixcloud.request('get', 'bob');
    // @ts-expect-error another method
    mixcloud.request('PUT', 'bob');
    // @ts-expect-error no kind that is sent
    mixcloud.request('POST', 'bob', { fields: { list: [1] } });
    // @ts-expect-error an option of get
    mixcloud.request('GET', 'bob', { relative: false });
    // @ts-expect-error a blocking call cannot be aborted
    blocking.request('GET', 'bob', { signal });
  });
});
