import { type EmulatedResponse, json, notFound } from '../server/response.ts';
import {
  getCloudcastComments,
  getFeed,
  getListeners,
  getListens,
  getSimilar,
  getUserComments,
} from '../world/activity.ts';
import type { Cloudcast, User } from '../world/entities.ts';
import type { Dated } from '../world/relation.ts';
import type { ApiContext } from './api-context.ts';
import { embed } from './embed.ts';
import { pageByDate, pageByOffset } from './paging.ts';

/** A list of a user, or `undefined` if there is none of that name. */
export function getUserConnection(context: ApiContext, user: User, name: string): EmulatedResponse | undefined {
  const { store } = context.state;
  const view = context.view();
  const { viewer } = context;
  switch (name) {
    case 'cloudcasts': {
      const visible = store.getCloudcasts(user).filter((cloudcast) => {
        if (context.hides(cloudcast)) return false;
        return viewer === user || (!cloudcast.unlisted && !cloudcast.publishDate);
      });
      const dated = visible.map((item) => ({ item, time: item.created }));
      return pageByDate(context, dated, (one) => view.cloudcast(one), `${user.name}'s Cloudcasts`);
    }
    case 'favorites':
      return pageByDate(
        context,
        store.favorites.targets(user),
        (one) => view.cloudcast(one),
        `${user.name}'s favorites`,
      );
    case 'followers':
      return pageByDate(context, store.following.sources(user), (one) => view.user(one), `${user.name}'s followers`);
    case 'following':
      return pageByDate(context, store.following.targets(user), (one) => view.user(one));
    case 'listens':
      return pageByDate(
        context,
        withTime(getListens(store, user)),
        (listen) => view.listen(listen),
        `${user.name}'s listens`,
      );
    case 'comments':
      return pageByDate(
        context,
        withTime(getUserComments(store, user)),
        (comment) => view.comment(comment),
        `Comments on ${user.name}'s profile`,
      );
    case 'feed': {
      const items = getFeed(store, user).filter(({ cloudcasts = [] }) => !cloudcasts.some((one) => context.hides(one)));
      return pageByDate(context, withTime(items), (item) => view.feedItem(item), `${user.name}'s feed`);
    }
    case 'playlists':
      return pageByOffset(context, store.getPlaylists(user), (one) => view.playlist(one), `${user.name}'s playlists`);
    case 'listen-later':
      // A private list: to others it is as if it were not there.
      if (context.requireViewer() !== user) throw notFound('List');
      return pageByDate(context, store.listenLater.targets(user), (one) => view.cloudcast(one));
    default:
      return undefined;
  }
}

/** A list of a cloudcast or its embed code, or `undefined` if there is none of that name. */
export function getCloudcastConnection(
  context: ApiContext,
  cloudcast: Cloudcast,
  name: string,
): EmulatedResponse | undefined {
  const { store } = context.state;
  const view = context.view();
  switch (name) {
    case 'favorites':
      return pageByDate(
        context,
        store.favorites.sources(cloudcast),
        (one) => view.user(one),
        `Favorites of ${cloudcast.name}`,
      );
    case 'comments':
      return pageByDate(
        context,
        withTime(getCloudcastComments(store, cloudcast)),
        (comment) => view.comment(comment),
        `Comments on ${cloudcast.name}`,
      );
    case 'listeners':
      return pageByOffset(
        context,
        getListeners(store, cloudcast),
        (one) => view.user(one),
        `Listeners of ${cloudcast.name}`,
      );
    case 'similar':
      return pageByOffset(context, getSimilar(store, cloudcast), (one) => view.cloudcast(one));
    case 'embed-json':
    case 'embed-html':
      return embed(context, cloudcast, name);
    default:
      return undefined;
  }
}

/** `/USER/playlists/SLUG/` and its cloudcasts. */
export function getPlaylist(context: ApiContext, user: User, segments: readonly string[]): EmulatedResponse {
  const playlist = context.state.store.getPlaylists(user).find(({ slug }) => slug === segments[0]);
  if (!playlist) throw notFound('Playlist');
  const view = context.view();
  if (segments.length === 1) return json(view.fullPlaylist(playlist));
  if (segments.length > 2 || segments[1] !== 'cloudcasts') throw notFound('Resource');
  return pageByOffset(context, playlist.cloudcasts, (one) => view.cloudcast(one), playlist.name);
}

function withTime<T extends { readonly time: number }>(items: readonly T[]): Dated<T>[] {
  return items.map((item) => ({ item, time: item.time }));
}
