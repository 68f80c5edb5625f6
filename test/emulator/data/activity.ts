import { START_TIME } from '../constants.ts';
import type { Cloudcast, Comment, FeedItem, Listen, User } from './entities.ts';
import { hash, pick } from './random.ts';
import type { Store } from './store.ts';
import { COMMENTS } from './words.ts';

const DAY = 86400;

/** Listens, comments and feeds follow from the rest of the world, so they are worked out when asked for, not stored. */
export function listensOf(store: Store, user: User): Listen[] {
  if (user.username === 'SilentNewcomer') return [];
  const shows = store.everyCloudcast();
  const count = user.username === 'bob' ? 130 : 5 + (hash('listened', user.id) % 40);
  return Array.from({ length: count }, (_, index) => ({
    cloudcast: pick(shows, 'listen', user.id, index),
    time: START_TIME - index * DAY - (hash('when', user.id, index) % DAY) - 1,
  }));
}

export function commentsOnUser(store: Store, user: User): Comment[] {
  if (user.username === 'SilentNewcomer') return [];
  const count = user.username === 'bob' || user.username === 'spartacus' ? 45 : hash('guestbook', user.id) % 8;
  return comments(store, count, `user-${user.id}`, START_TIME);
}

/** Apart, as each item of a list tells it. */
export function commentCount(show: Cloudcast): number {
  if (show.disabledComments || show.created >= START_TIME) return 0;
  return show.slug === 'a-nice-mix' ? 26 : hash('remarks', show.id) % 6;
}

export function commentsOnCloudcast(store: Store, show: Cloudcast): Comment[] {
  return comments(store, commentCount(show), `cloudcast-${show.id}`, START_TIME - 60 * DAY);
}

function comments(store: Store, count: number, thread: string, latest: number): Comment[] {
  return Array.from({ length: count }, (_, index) => ({
    id: hash('comment', thread, index) % 100_000_000,
    author: pick(store.users, 'author', thread, index),
    text: pick(COMMENTS, 'text', thread, index),
    time: latest - index * 3 * DAY - (hash('said', thread, index) % (3 * DAY)) - 1,
    thread,
  }));
}

/** Who listened to a cloudcast, in no order that anybody promised. */
export function listenersOf(store: Store, show: Cloudcast): User[] {
  return store.users.filter(
    (user) => user.username !== 'SilentNewcomer' && hash('listener', user.id, show.id) % 3 === 0,
  );
}

/** By shared tags; only shows with a colour, so that loading a similar one always brings something new. */
export function similarTo(store: Store, show: Cloudcast): Cloudcast[] {
  const slugs = new Set(show.tags.map((tag) => tag.slug));
  return store
    .everyCloudcast()
    .filter((other) => other !== show && other.color !== undefined && other.tags.some((tag) => slugs.has(tag.slug)))
    .sort((a, b) => b.plays - a.plays)
    .slice(0, 30);
}

export function feedOf(store: Store, user: User): FeedItem[] {
  const items: Omit<FeedItem, 'id'>[] = [
    ...store.cloudcastsOf(user).map((show) => item('upload', 'uploaded', show.created, user, { cloudcasts: [show] })),
    ...listensOf(store, user).map((listen) =>
      item('listen', 'listened to', listen.time, user, { cloudcasts: [listen.cloudcast] }),
    ),
    ...store.favorites.of(user).map((one) => item('favorite', 'favorited', one.time, user, { cloudcasts: [one.item] })),
    ...store.following.of(user).map((one) => item('follow', 'followed', one.time, user, { users: [one.item] })),
  ];
  const taken = new Set<number>();
  return items
    .sort((a, b) => b.time - a.time)
    .filter((one) => !taken.has(one.time) && taken.add(one.time))
    .map((one) => ({ ...one, id: hash('feed', user.id, one.type, one.time) }));
}

function item(
  type: FeedItem['type'],
  title: string,
  time: number,
  from: User,
  objects: Pick<FeedItem, 'cloudcasts' | 'users'>,
): Omit<FeedItem, 'id'> {
  return { type, title, time, from, ...objects };
}
