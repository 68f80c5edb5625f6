/** Operations that act for the owner of the access token: follow, favorite, repost, listen later. */
import { validateOptions } from '../base/options.ts';
import { parseKey } from '../input/key.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildWriteRequest, toKeyLink } from './build-request.ts';
import { CALL_OPTIONS, type ClientContext } from './client-context.ts';
import { parseResponse } from './parse-response.ts';

/** Method, last part of the path, and name of the argument of each action. */
const ACTIONS = {
  follow: ['POST', 'follow', 'user'],
  unfollow: ['DELETE', 'follow', 'user'],
  favorite: ['POST', 'favorite', 'cloudcast'],
  unfavorite: ['DELETE', 'favorite', 'cloudcast'],
  repost: ['POST', 'repost', 'cloudcast'],
  unrepost: ['DELETE', 'repost', 'cloudcast'],
  listenLater: ['POST', 'listen-later', 'cloudcast'],
  unlistenLater: ['DELETE', 'listen-later', 'cloudcast'],
} as const;

/** Name of an action, as the method of a client. */
export type ActionName = keyof typeof ACTIONS;

/** Does an action to a user or a cloudcast, or undoes it. */
export function* act<F>(context: ClientContext, action: ActionName, key: unknown, input: unknown): Operation<F> {
  const [method, path, argument] = ACTIONS[action];
  const options = validateOptions(`${action} options`, input, context[CALL_OPTIONS]);
  const link = toKeyLink(context, `${parseKey(argument, key, context.mixcloudRoot)}/${path}`);
  const request = buildWriteRequest(context, method, link, options);
  return parseResponse(context, request, yield* send(request), { expected: 'dict' }) as F;
}
