import { ApiError, badRequest, type EmulatedResponse, json, notFound } from '../server/response.ts';
import type { Cloudcast, User } from '../world/entities.ts';
import type { ApiContext } from './api-context.ts';

const ACTIONS = {
  favorite: { relation: 'favorites', done: 'Now a favorite:', undone: 'No longer a favorite:' },
  repost: { relation: 'reposts', done: 'Reposted', undone: 'No longer reposted:' },
  'listen-later': { relation: 'listenLater', done: 'Kept for later:', undone: 'No longer kept for later:' },
} as const;

type ActionName = keyof typeof ACTIONS;

/** `/USER/follow/`, or `/USER/SLUG/` and one of the three names. */
export function isAction(segments: readonly string[]): boolean {
  const [, second, third = ''] = segments;
  if (segments.length === 2) return second === 'follow';
  return segments.length === 3 && Object.hasOwn(ACTIONS, third);
}

/** Does or undoes an action. */
export function act(context: ApiContext, segments: readonly string[]): EmulatedResponse {
  const { method, query, state } = context;
  if (method !== 'POST' && method !== 'DELETE') throw new ApiError(405, 'MethodNotAllowed', 'Use POST or DELETE here.');
  // For clients that cannot send a DELETE.
  const undo = method === 'DELETE' || query.get('method')?.toLowerCase() === 'delete';
  const viewer = context.requireViewer();
  const [name = '', slug = '', action] = segments;
  const user = name === 'me' ? viewer : state.store.user(name);
  if (!user) throw notFound('User');
  if (action === undefined) return follow(context, viewer, user, undo);
  const cloudcast = state.store.cloudcast(user, slug);
  if (!cloudcast) throw notFound('Cloudcast');
  return mark(context, viewer, cloudcast, action as ActionName, undo);
}

function follow(context: ApiContext, viewer: User, user: User, undo: boolean): EmulatedResponse {
  const { store } = context.state;
  if (viewer === user) throw badRequest('Nobody follows themselves.');
  if (undo) {
    if (!store.following.remove(viewer, user)) throw notFound('Following');
    return respondDone(context, `No longer following ${user.username}`);
  }
  // Doing it again changes nothing, not even since when.
  if (!store.following.has(viewer, user)) store.following.add(viewer, user, store.tick());
  return respondDone(context, `Now following ${user.username}`);
}

function mark(
  context: ApiContext,
  viewer: User,
  cloudcast: Cloudcast,
  name: ActionName,
  undo: boolean,
): EmulatedResponse {
  const { store } = context.state;
  const action = ACTIONS[name];
  const relation = store[action.relation];
  if (undo) {
    if (!relation.remove(viewer, cloudcast)) throw notFound('Mark');
    return respondDone(context, `${action.undone} ${cloudcast.name}`);
  }
  if (!relation.has(viewer, cloudcast)) relation.add(viewer, cloudcast, store.tick());
  return respondDone(context, `${action.done} ${cloudcast.name}`);
}

function respondDone(context: ApiContext, message: string): EmulatedResponse {
  context.state.store.changed();
  return json({ result: { message, success: true } });
}
