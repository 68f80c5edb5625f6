import type { Cloudcast, User } from '../data/entities.ts';
import type { Exchange } from '../exchange.ts';
import { ApiError, badRequest, json, notFound, type Reply } from '../reply.ts';

const ACTIONS = {
  favorite: { relation: 'favorites', done: 'Now a favorite:', undone: 'No longer a favorite:' },
  repost: { relation: 'reposts', done: 'Reposted', undone: 'No longer reposted:' },
  'listen-later': { relation: 'listenLater', done: 'Kept for later:', undone: 'No longer kept for later:' },
} as const;

type ActionName = keyof typeof ACTIONS;

/** `/USER/follow/`, or `/USER/SLUG/` and one of the three names. */
export function isAction(parts: readonly string[]): boolean {
  return (
    (parts.length === 2 && parts[1] === 'follow') || (parts.length === 3 && Object.hasOwn(ACTIONS, parts[2] ?? ''))
  );
}

export function act(exchange: Exchange, parts: readonly string[]): Reply {
  const { method, world } = exchange;
  if (method !== 'POST' && method !== 'DELETE') throw new ApiError(405, 'MethodNotAllowed', 'Use POST or DELETE here.');
  const viewer = exchange.requireViewer();
  const [name = '', slug = '', action] = parts;
  const user = name === 'me' ? viewer : world.store.user(name);
  if (!user) throw notFound('User');
  if (action === undefined) return follow(exchange, viewer, user);
  const show = world.store.cloudcast(user, slug);
  if (!show) throw notFound('Cloudcast');
  return mark(exchange, viewer, show, action as ActionName);
}

function follow(exchange: Exchange, viewer: User, user: User): Reply {
  const { store } = exchange.world;
  if (viewer === user) throw badRequest('Nobody follows themselves.');
  if (exchange.method === 'POST') {
    // Doing it again changes nothing, not even since when.
    if (!store.following.has(viewer, user)) store.following.add(viewer, user, store.tick());
    return done(exchange, `Now following ${user.username}`);
  }
  if (!store.following.remove(viewer, user)) throw notFound('Following');
  return done(exchange, `No longer following ${user.username}`);
}

function mark(exchange: Exchange, viewer: User, show: Cloudcast, name: ActionName): Reply {
  const { store } = exchange.world;
  const action = ACTIONS[name];
  const relation = store[action.relation];
  if (exchange.method === 'POST') {
    if (!relation.has(viewer, show)) relation.add(viewer, show, store.tick());
    return done(exchange, `${action.done} ${show.name}`);
  }
  if (!relation.remove(viewer, show)) throw notFound('Mark');
  return done(exchange, `${action.undone} ${show.name}`);
}

function done(exchange: Exchange, message: string): Reply {
  exchange.world.store.changed();
  return json({ result: { message, success: true } });
}
