// A TypeScript program of today.
import assert from 'node:assert/strict';
import { type Cloudcast, type Listing, Mixcloud, MixcloudError, Resource, type User } from 'mixcloud-client';
import { MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';

const { apiRoot, accessToken }: Record<string, string | undefined> = JSON.parse(process.argv[2] ?? '{}');
const options = { apiRoot, accessToken, raiseExceptions: true };

class Show extends Resource<Cloudcast> {
  get minutes(): number {
    return Math.round((this.audio_length ?? 0) / 60);
  }
}

const asynchronous = async (): Promise<void> => {
  await using mixcloud = new Mixcloud({ ...options, resourceClass: Show });
  const bob = await mixcloud.get<User>('bob');
  const city: string | undefined = bob.city;
  assert.equal(city, 'London');
  assert.equal(bob.created_time.toUTC().isValid, true);
  const followers = await mixcloud.get<Listing<User>>('bob/followers', { params: { limit: 3 } });
  const names: string[] = followers.map((follower) => follower.username);
  assert.equal(names.length, 3);
  const [mix] = await mixcloud.popular({ limit: 1 });
  assert.ok(mix instanceof Show && mix.minutes >= 0);
  for await (const listed of (await mixcloud.search('a', { limit: 2 })).all({ limit: 3 })) assert.ok(listed.slug);
  await assert.rejects(
    () => mixcloud.get('nobody-of-that-name'),
    (error) => error instanceof MixcloudError && error.status === 404,
  );
};

const blocking = (): void => {
  using mixcloud = new MixcloudSync(options);
  const bob = mixcloud.get<User>('bob');
  assert.ok(bob instanceof ResourceSync && mixcloud.popular() instanceof ResourceListSync);
  const city: string | undefined = bob.city;
  assert.equal(city, 'London');
  assert.equal(bob.followers({ limit: 2 })[0]?.load().full, true);
};

blocking();
await asynchronous();
console.log('ok');
