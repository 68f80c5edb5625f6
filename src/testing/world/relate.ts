import { OWNER, START_TIME } from './constants.ts';
import type { Cloudcast, User } from './entities.ts';
import type { Random } from './random.ts';
import type { Relation } from './relation.ts';
import { FAMOUS_USERS, LONELY_USER } from './users.ts';

/** The users of a world, and the relations to make. */
export interface Relations {
  readonly random: Random;
  readonly users: readonly User[];
  readonly following: Relation<User, User>;
  readonly favorites: Relation<User, Cloudcast>;
  readonly reposts: Relation<User, Cloudcast>;
}

/** Makes the follows, favorites and reposts that a world starts with. */
export function relate(
  { random, users, following, favorites, reposts }: Relations,
  cloudcasts: readonly Cloudcast[],
): void {
  const people = users.filter(({ username }) => username !== LONELY_USER);
  const slots = people.length * cloudcasts.length;
  for (const from of people) {
    const hashFollow = random.partialHash('follow', from.id);
    const hashFavorite = random.partialHash('favorite', from.id);
    const hashRepost = random.partialHash('repost', from.id);
    for (const to of people) {
      const share = FAMOUS_USERS.has(from.username) || FAMOUS_USERS.has(to.username) ? 60 : 12;
      // The owner starts with no tie to bob or certainuser, so that a test can follow them.
      if (from === to || (from.username === OWNER && to.id % 7 === 0)) continue;
      if (hashFollow(to.id) % 100 < share) following.add(from, to, followTime(from.id, to.id));
    }
    for (const [index, cloudcast] of cloudcasts.entries()) {
      if (cloudcast.owner === from || from.username === OWNER) continue;
      const share = FAMOUS_USERS.has(from.username) ? 35 : 6;
      const place = from.id * cloudcasts.length + index;
      const time = markTime(place, slots);
      if (hashFavorite(index) % 100 < share) favorites.add(from, cloudcast, time);
      if (hashRepost(index) % 100 < 2) reposts.add(from, cloudcast, time + 1);
    }
  }
}

/** A time for a pair that no other pair has: stepping by a prime through a prime number of slots visits each once. */
function followTime(from: number, to: number): number {
  return START_TIME - 1 - (((from * 100 + to) * 7919) % 10007) * 7207;
}

function markTime(place: number, slots: number): number {
  const prime = 30011;
  if (slots > prime) throw new Error('there are more pairs than slots');
  return START_TIME - 2 - ((place * 7919) % prime) * 3607;
}
