// What the types promise. It is compiled and not run; each `@ts-expect-error` is an error that has to be there.
import type { DateTime as LuxonDateTime } from 'luxon';
import {
  type Cloudcast,
  type DateTime,
  formatDatetime,
  isErrorResponse,
  type Listing,
  Mixcloud,
  MixcloudOAuth,
  type PartialUser,
  Resource,
  type ResourceList,
  type Tag,
  type User,
} from 'mixcloud-client';
import { MixcloudSync, type ResourceListSync, type ResourceSync } from 'mixcloud-client/sync';
import {
  type Emulator,
  type EmulatorSync,
  type FaultOptions,
  startEmulator,
  startEmulatorSync,
} from 'mixcloud-client/testing';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type IsAny<T> = 0 extends 1 & T ? true : false;
declare function holds<T extends true>(): T;

declare const mixcloud: Mixcloud;
declare const blocking: MixcloudSync;
declare const dispatcher: import('undici').Agent;

// A promise in one mode is the thing itself in the other.
const user = mixcloud.get<User>('bob');
const userSync = blocking.get<User>('bob');
holds<Same<typeof user, Promise<Resource<User>>>>();
holds<Same<typeof userSync, ResourceSync<User>>>();
const followers = mixcloud.get<Listing<PartialUser>>('bob/followers');
const followersSync = blocking.get<Listing<PartialUser>>('bob/followers');
holds<Same<typeof followers, Promise<ResourceList<PartialUser>>>>();
holds<Same<typeof followersSync, ResourceListSync<PartialUser>>>();
const tags = mixcloud.search('jazz', { type: 'tag' });
const mixesSync = blocking.search('jazz');
holds<Same<typeof tags, Promise<ResourceList<Tag>>>>();
holds<Same<typeof mixesSync, ResourceListSync<Cloudcast>>>();
const html = mixcloud.embedHtml('luke/a-nice-mix', { width: 300 });
const htmlSync = blocking.embedHtml('luke/a-nice-mix');
holds<Same<typeof html, Promise<string>>>();
holds<Same<typeof htmlSync, string>>();
const token = new MixcloudOAuth().accessToken('code');
holds<Same<typeof token, Promise<string | null>>>();

// Fields that are known, and those that are not.
const bob = await user;
holds<Same<typeof bob.city, string | undefined>>();
holds<Same<typeof bob.created_time, LuxonDateTime>>();
holds<IsAny<typeof bob.a_field_of_the_future>>();
const [mix] = await mixcloud.popular();
holds<Same<typeof mix, Resource<Cloudcast> | undefined>>();
if (mix) {
  holds<Same<typeof mix.user, Resource<PartialUser>>>();
  // @ts-expect-error -- a list leaves it out
  console.log(mix.user.created_time.year);
  console.log((await mix.user.load()).created_time.year);
  const listed: readonly Resource<Tag>[] = mix.tags;
  const genre: string | undefined = mix.tags[0]?.name;
  console.log(listed, genre, formatDatetime(mix.updated_time));
}

// Resources are accepted where their fields are wanted.
declare function greet(user: User): void;
greet(bob);
const popular = await mixcloud.popular();
holds<Same<(typeof popular)['chris/funky-mix'], Resource<Cloudcast> | undefined>>();
for await (const each of popular.all()) holds<Same<typeof each, Resource<Cloudcast>>>();
if (!isErrorResponse(popular)) holds<Same<typeof popular, ResourceList<Cloudcast>>>();
// @ts-expect-error -- misspelt
console.log(popular.lenght);
// @ts-expect-error -- the plural
blocking.search('jazz', { type: 'users' });

// A class of the caller's is the class of what methods return.
class Show extends Resource {
  minutes(): number {
    return Math.round((this.audio_length ?? 0) / 60);
  }
}
const own = new Mixcloud({ resourceClass: Show });
const minutes = (await own.popular()).map((each) => each.minutes() + each.play_count + each.user.minutes());
holds<Same<typeof minutes, number[]>>();
holds<Same<Awaited<ReturnType<typeof own.me>>['created_time'], DateTime>>();

// Connections and actions are methods, in the mode of their resource.
const cloudcasts = bob.cloudcasts({ limit: 5 });
const cloudcastsSync = userSync.cloudcasts({ page: 0, perPage: 5 });
holds<Same<typeof cloudcasts, Promise<ResourceList<Cloudcast>>>>();
holds<Same<typeof cloudcastsSync, ResourceListSync<Cloudcast>>>();
const colour = blocking.get('someuser/somemix').similar()[0].load().picture_primary_color;
holds<IsAny<typeof colour>>();

// What may be left out may also be `undefined`.
new Mixcloud({ accessToken: undefined, timeout: undefined, dispatcher });
mixcloud.get('bob', { signal: undefined });
blocking.popular({ limit: undefined });

// What is refused.
// @ts-expect-error -- an option that does not exist
new Mixcloud({ timeOut: 1000 });
// @ts-expect-error -- a dispatcher cannot cross to a thread
new MixcloudSync({ dispatcher });
// @ts-expect-error -- nor can a signal
blocking.get('bob', { signal: AbortSignal.timeout(1) });
// @ts-expect-error -- an option of another method
mixcloud.popular({ force: true });
// @ts-expect-error -- a field that uploads do not have
mixcloud.upload('show.mp3', 'Show', { desciption: 'misspelt' });
// @ts-expect-error -- a key is a string
mixcloud.get(7);
// @ts-expect-error -- models are read-only
bob.city = 'Paris';
// @ts-expect-error -- lists are, too
if (mix) mix.tags[0] = mix;
// @ts-expect-error -- whichever way they came
(await followers)[0] = bob;

// The emulator.
const emulator: Emulator = await startEmulator({ seed: 7, world: 'empty' });
const emulatorSync: EmulatorSync = startEmulatorSync();
new Mixcloud(emulator.options({ as: 'mystation' }));
new MixcloudSync({ ...emulatorSync.options(), timeout: 1000 });
const addedKey = emulator.addUser({ username: 'mystation', city: null });
const addedKeySync = emulatorSync.addCloudcast('stationowner', { name: 'Late Show', createdTime: new Date() });
holds<Same<typeof addedKey, Promise<string>>>();
holds<Same<typeof addedKeySync, string>>();
const fault: FaultOptions = { on: 'POST /upload/', name: 'rate-limit', retryAfter: 2, times: 1 };
holds<Same<ReturnType<typeof emulator.fault>, Promise<void>>>();
emulatorSync.fault(fault);
emulatorSync.fault({ name: 'lost-response', connection: 'open' });
emulatorSync.fault({ name: 'reset' });
// @ts-expect-error -- a fault that does not exist
emulatorSync.fault({ name: 'rate-limt' });
// @ts-expect-error -- a parameter of another fault
emulatorSync.fault({ name: 'reset', retryAfter: 2 });
// @ts-expect-error -- a parameter of the wrong type
emulatorSync.fault({ name: 'rate-limit', retryAfter: '2' });
// @ts-expect-error -- a member that only the project's own tests need
emulatorSync.armFault({ name: 'reset' });
// @ts-expect-error -- handles are made by the functions
new Emulator();
