import type { RequestBody } from '../body.ts';
import { commentsOnCloudcast, commentsOnUser, feedOf, listenersOf, listensOf, similarTo } from '../data/activity.ts';
import type { Cloudcast, User } from '../data/entities.ts';
import type { Exchange } from '../exchange.ts';
import { byDate, byOffset } from '../paging.ts';
import { ApiError, errorPage, html, json, notFound, type Reply, redirect } from '../reply.ts';
import { act, isAction } from './actions.ts';
import { embed, oembed } from './embed.ts';
import { hot, latest, popular, search } from './lists.ts';
import { authorize, exchangeCode } from './oauth.ts';
import { tagRoutes } from './tags.ts';
import { edit, upload } from './upload.ts';

/** Roots that are no user's name. */
const TAG_ROOTS: ReadonlySet<string> = new Set(['genres', 'tag', 'discover']);

export async function route(exchange: Exchange, body: RequestBody): Promise<Reply> {
  const { method, path } = exchange;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST' && method !== 'DELETE') {
    throw new ApiError(405, 'MethodNotAllowed', 'This method is not allowed here.');
  }
  const segments = decodeSegments(path);
  if (!segments) return errorPage(400, 'Bad Request');
  // The pages' own host serves these two; here both hosts are one.
  const parts = segments[0] === 'www' ? segments.slice(1) : segments;
  if (parts[0] === 'oauth' && parts[1] === 'authorize') return authorize(exchange);
  if (parts[0] === 'oauth' && parts[1] === 'access_token') return exchangeCode(exchange);
  if (parts[0] === 'oembed') return oembed(exchange);
  if (parts !== segments) return html('<title>A page for people</title>\n');
  if (!path.endsWith('/')) {
    // Asked with another method this loses the body, as it does with the API.
    return redirect(exchange.request.url?.replace(/(\?|$)/, '/$1') ?? '/');
  }
  if (method === 'POST' && parts[0] === 'upload') {
    return parts.length === 1 ? upload(exchange, body) : edit(exchange, body, parts);
  }
  if (isAction(parts)) return act(exchange, parts);
  if (method === 'POST' || method === 'DELETE')
    throw new ApiError(405, 'MethodNotAllowed', 'This method is not allowed here.');
  return read(exchange, parts);
}

function read(exchange: Exchange, parts: readonly string[]): Reply {
  const [first, second, third] = parts;
  if (first === undefined) return html('<title>An emulated API</title>\n');
  if (first === 'popular')
    return second === undefined ? popular(exchange) : second === 'hot' ? hot(exchange) : nothing();
  if (first === 'new' && second === undefined) return latest(exchange);
  if (first === 'search' && second === undefined) return search(exchange);
  if (TAG_ROOTS.has(first) && second !== undefined) return tagRoutes(exchange, second, parts.slice(2));
  const user = first === 'me' ? exchange.requireViewer() : exchange.world.store.user(first);
  if (!user) throw notFound('User');
  if (second === undefined) return json(exchange.view().fullUser(user));
  if (parts.length === 2) {
    const list = userConnection(exchange, user, second);
    if (list) return list;
  }
  if (second === 'playlists') return playlist(exchange, user, parts.slice(2));
  const show = exchange.world.store.cloudcast(user, second);
  if (!show) throw notFound('Cloudcast');
  if (third === undefined) return json(exchange.view().fullCloudcast(show));
  return (parts.length === 3 && cloudcastConnection(exchange, show, third)) || nothing();
}

function userConnection(exchange: Exchange, user: User, name: string): Reply | undefined {
  const { store } = exchange.world;
  const view = exchange.view();
  const { viewer } = exchange;
  switch (name) {
    case 'cloudcasts': {
      const shows = store.cloudcastsOf(user).filter((show) => viewer === user || (!show.unlisted && !show.publishDate));
      const dated = shows.map((item) => ({ item, time: item.created }));
      return byDate(exchange, dated, (show) => view.cloudcast(show), `${user.name}'s Cloudcasts`);
    }
    case 'favorites':
      return byDate(exchange, store.favorites.of(user), (show) => view.cloudcast(show), `${user.name}'s favorites`);
    case 'followers':
      return byDate(exchange, store.following.to(user), (one) => view.user(one), `${user.name}'s followers`);
    case 'following':
      return byDate(exchange, store.following.of(user), (one) => view.user(one));
    case 'listens':
      return byDate(
        exchange,
        listensOf(store, user).map((item) => ({ item, time: item.time })),
        (listen) => view.listen(listen),
        `${user.name}'s listens`,
      );
    case 'comments':
      return byDate(
        exchange,
        commentsOnUser(store, user).map((item) => ({ item, time: item.time })),
        (comment) => view.comment(comment),
        `Comments on ${user.name}'s profile`,
      );
    case 'feed':
      return byDate(
        exchange,
        feedOf(store, user).map((item) => ({ item, time: item.time })),
        (item) => view.feedItem(item),
        `${user.name}'s feed`,
      );
    case 'playlists':
      return byOffset(exchange, store.playlistsOf(user), (one) => view.playlist(one), `${user.name}'s playlists`);
    case 'listen-later':
      // A private list: to others it is as if it were not there.
      if (exchange.requireViewer() !== user) throw notFound('List');
      return byDate(exchange, store.listenLater.of(user), (show) => view.cloudcast(show));
    default:
      return undefined;
  }
}

function cloudcastConnection(exchange: Exchange, show: Cloudcast, name: string): Reply | undefined {
  const { store } = exchange.world;
  const view = exchange.view();
  switch (name) {
    case 'favorites':
      return byDate(exchange, store.favorites.to(show), (one) => view.user(one), `Favorites of ${show.name}`);
    case 'comments':
      return byDate(
        exchange,
        commentsOnCloudcast(store, show).map((item) => ({ item, time: item.time })),
        (comment) => view.comment(comment),
        `Comments on ${show.name}`,
      );
    case 'listeners':
      return byOffset(exchange, listenersOf(store, show), (one) => view.user(one), `Listeners of ${show.name}`);
    case 'similar':
      return byOffset(exchange, similarTo(store, show), (one) => view.cloudcast(one));
    case 'embed-json':
    case 'embed-html':
      return embed(exchange, show, name);
    default:
      return undefined;
  }
}

function playlist(exchange: Exchange, user: User, parts: readonly string[]): Reply {
  const found = exchange.world.store.playlistsOf(user).find((one) => one.slug === parts[0]);
  if (!found) throw notFound('Playlist');
  const view = exchange.view();
  if (parts.length === 1) return json(view.fullPlaylist(found));
  if (parts.length > 2 || parts[1] !== 'cloudcasts') return nothing();
  return byOffset(exchange, found.cloudcasts, (show) => view.cloudcast(show), found.name);
}

function nothing(): never {
  throw notFound('Resource');
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
