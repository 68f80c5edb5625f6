/** Listens, comments and feeds. They follow from the rest of the world, so they are computed on demand, not stored. */
import { START_TIME } from './constants.ts';
import type { Cloudcast, Comment, FeedItem, Listen, User } from './entities.ts';
import type { Store } from './store.ts';
import { LONELY_USER } from './users.ts';
import { COMMENTS } from './words.ts';

const DAY = 86400;

export function getListens(store: Store, user: User): Listen[] {
  const { random } = store;
  if (!user.seeded || user.username === LONELY_USER) return [];
  const cloudcasts = store.getSeededCloudcasts();
  const count = user.username === 'bob' ? 130 : 5 + (random.hash('listened', user.id) % 40);
  return Array.from({ length: count }, (_, index) => ({
    cloudcast: random.pick(cloudcasts, 'listen', user.id, index),
    time: START_TIME - index * DAY - (random.hash('when', user.id, index) % DAY) - 1,
  }));
}

export function getUserComments(store: Store, user: User): Comment[] {
  if (!user.seeded || user.username === LONELY_USER) return [];
  const busy = user.username === 'bob' || user.username === 'spartacus';
  const count = busy ? 45 : store.random.hash('guestbook', user.id) % 8;
  return makeComments(store, count, `user-${user.id}`, START_TIME);
}

/** A function of its own, since each item of a list has this count. */
export function countComments(store: Store, cloudcast: Cloudcast): number {
  if (!cloudcast.seeded || cloudcast.disabledComments) return 0;
  return cloudcast.slug === 'a-nice-mix' ? 26 : store.random.hash('remarks', cloudcast.id) % 6;
}

export function getCloudcastComments(store: Store, cloudcast: Cloudcast): Comment[] {
  return makeComments(store, countComments(store, cloudcast), `cloudcast-${cloudcast.id}`, START_TIME - 60 * DAY);
}

function makeComments({ random, users: all }: Store, count: number, thread: string, latest: number): Comment[] {
  const users = all.filter(({ seeded }) => seeded);
  return Array.from({ length: count }, (_, index) => ({
    id: random.hash('comment', thread, index) % 100_000_000,
    author: random.pick(users, 'author', thread, index),
    text: random.pick(COMMENTS, 'text', thread, index),
    time: latest - index * 3 * DAY - (random.hash('said', thread, index) % (3 * DAY)) - 1,
    thread,
  }));
}

/** The users who listened to a cloudcast, in no order that the API promises. */
export function getListeners(store: Store, cloudcast: Cloudcast): User[] {
  if (!cloudcast.seeded) return [];
  return store.users.filter(
    ({ id, username, seeded }) =>
      seeded && username !== LONELY_USER && store.random.hash('listener', id, cloudcast.id) % 3 === 0,
  );
}

/** By shared tags; only shows with a colour, so that loading a similar one always brings something new. */
export function getSimilar(store: Store, cloudcast: Cloudcast): Cloudcast[] {
  const slugs = new Set(cloudcast.tags.map((tag) => tag.slug));
  return store
    .getAllCloudcasts()
    .filter((one) => one !== cloudcast && one.color !== undefined && one.tags.some(({ slug }) => slugs.has(slug)))
    .sort((a, b) => b.plays - a.plays)
    .slice(0, 30);
}

export function getFeed(store: Store, user: User): FeedItem[] {
  const items: Omit<FeedItem, 'id'>[] = [
    ...store.getCloudcasts(user).map((one) => makeItem('upload', 'uploaded', one.created, user, { cloudcasts: [one] })),
    ...getListens(store, user).map(({ cloudcast, time }) =>
      makeItem('listen', 'listened to', time, user, { cloudcasts: [cloudcast] }),
    ),
    ...store.favorites
      .targets(user)
      .map(({ item, time }) => makeItem('favorite', 'favorited', time, user, { cloudcasts: [item] })),
    ...store.following
      .targets(user)
      .map(({ item, time }) => makeItem('follow', 'followed', time, user, { users: [item] })),
  ];
  const taken = new Set<number>();
  return items
    .sort((a, b) => b.time - a.time)
    .filter((one) => !taken.has(one.time) && taken.add(one.time))
    .map((one) => ({ ...one, id: store.random.hash('feed', user.id, one.type, one.time) }));
}

function makeItem(
  type: FeedItem['type'],
  title: string,
  time: number,
  from: User,
  objects: Pick<FeedItem, 'cloudcasts' | 'users'>,
): Omit<FeedItem, 'id'> {
  return { type, title, time, from, ...objects };
}
