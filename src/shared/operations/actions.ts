import { validateOptions } from '../base/argument.ts';
import { parseKey } from '../input/key.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildWriteRequest, toKeyLink } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import { parseResponse } from './parse-response.ts';

/** What can be done to a resource in the name of the access token's owner, as requests. */
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

/** Does or undoes one of the actions. */
export function* act(
  context: ClientContext,
  action: keyof typeof ACTIONS,
  key: unknown,
  input: unknown,
): Operation<object> {
  const [method, place, argument] = ACTIONS[action];
  const options = validateOptions(`${action} options`, input, context.callOptions);
  const link = toKeyLink(context, `${parseKey(argument, key, context.mixcloudRoot)}/${place}`);
  const request = buildWriteRequest(context, method, link, options);
  return parseResponse(context, request, yield* send(request));
}
