import type { RequestBody } from '../server/body.ts';
import {
  type EmulatedResponse,
  errorPage,
  html,
  json,
  methodNotAllowed,
  notFound,
  redirect,
} from '../server/response.ts';
import { act, isAction } from './actions.ts';
import type { ApiContext } from './api-context.ts';
import { getCloudcastConnection, getPlaylist, getUserConnection } from './connections.ts';
import { oembed } from './embed.ts';
import { hot, latest, popular, search } from './lists.ts';
import { authorize, exchangeCode } from './oauth.ts';
import { getTag } from './tags.ts';
import { edit, upload } from './upload.ts';

/** First segments of paths that are no user's name. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...['genres', 'tag', 'discover', 'popular', 'new', 'search', 'me', 'upload'],
  ...['oauth', 'oembed', 'www', 'fault'],
]);

const TAG_ROOTS: ReadonlySet<string> = new Set(['genres', 'tag', 'discover']);

/** What the API responds to a request. */
export async function route(context: ApiContext, body: RequestBody): Promise<EmulatedResponse> {
  const { method, path } = context;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST' && method !== 'DELETE') throw methodNotAllowed();
  const all = decodeSegments(path);
  if (!all) return errorPage(400, 'Bad Request');
  // The real OAuth and oEmbed pages are on the host of pages. Here both hosts are one.
  const segments = all[0] === 'www' ? all.slice(1) : all;
  if (segments[0] === 'oauth' && segments[1] === 'authorize') return authorize(context);
  if (segments[0] === 'oauth' && segments[1] === 'access_token') return exchangeCode(context);
  if (segments[0] === 'oembed') return oembed(context);
  if (segments !== all) return html('<title>A page for people</title>\n');
  if (!path.endsWith('/')) {
    // With another method this loses the body, as it does with the API.
    return redirect(context.request.url?.replace(/(\?|$)/, '/$1') ?? '/');
  }
  if (method === 'POST' && segments[0] === 'upload') {
    return segments.length === 1 ? upload(context, body) : edit(context, body, segments);
  }
  if (isAction(segments)) return act(context, segments);
  if (method === 'POST' || method === 'DELETE') throw methodNotAllowed();
  return getResource(context, segments);
}

function getResource(context: ApiContext, segments: readonly string[]): EmulatedResponse {
  const [first, second, third] = segments;
  const { store } = context.state;
  if (first === undefined) return html('<title>An emulated API</title>\n');
  if (first === 'popular' && second === undefined) return popular(context);
  if (first === 'popular' && second === 'hot') return hot(context);
  if (first === 'new' && second === undefined) return latest(context);
  if (first === 'search' && second === undefined) return search(context);
  if (TAG_ROOTS.has(first) && second !== undefined) return getTag(context, second, segments.slice(2));
  const user = first === 'me' ? context.requireViewer() : store.user(first);
  if (!user) throw notFound(first === 'popular' ? 'Resource' : 'User');
  if (second === undefined) return json(context.view().fullUser(user));
  if (segments.length === 2) {
    const connection = getUserConnection(context, user, second);
    if (connection) return connection;
  }
  if (second === 'playlists') return getPlaylist(context, user, segments.slice(2));
  const cloudcast = store.cloudcast(user, second);
  if (!cloudcast) throw notFound('Cloudcast');
  if (third === undefined) return json(context.view().fullCloudcast(cloudcast));
  const connection = segments.length === 3 ? getCloudcastConnection(context, cloudcast, third) : undefined;
  if (!connection) throw notFound('Resource');
  return connection;
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
