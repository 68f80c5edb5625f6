import { commentCount, listensOf } from './data/activity.ts';
import type { Cloudcast, Comment, FeedItem, Listen, Playlist, Tag, User } from './data/entities.ts';
import { hex } from './data/random.ts';
import { pathSegment } from './data/slug.ts';
import type { Store } from './data/store.ts';
import { isoTime } from './dates.ts';
import type { JsonObject } from './json.ts';
import { coverPictures, pictures } from './pictures.ts';

const USER_CONNECTIONS = [
  'cloudcasts',
  'comments',
  'favorites',
  'feed',
  'followers',
  'following',
  'listens',
  'playlists',
];
const CLOUDCAST_CONNECTIONS = ['favorites', 'listeners', 'comments', 'similar'];

export interface ViewOptions {
  readonly store: Store;
  /** Whether `metadata=1` was asked for. */
  readonly typed: boolean;
  readonly viewer: User | undefined;
  /** Root of connection URLs: scheme and host as the client called them, and a fault prefix if it used one. */
  readonly base: string;
  readonly pageRoot: string;
}

export function userKey(user: User): string {
  return `/${pathSegment(user.username)}/`;
}

export function cloudcastKey(show: Cloudcast): string {
  return `${userKey(show.owner)}${pathSegment(show.slug)}/`;
}

/** How objects look as JSON, in the order of keys that the API has had for years. Unset fields are absent. */
export class View {
  readonly #options: ViewOptions;

  constructor(options: ViewOptions) {
    this.#options = options;
  }

  user(user: User): JsonObject {
    return {
      ...this.#address(userKey(user)),
      name: user.name,
      username: user.username,
      pictures: pictures(`profile/${user.picture}`),
      ...this.#type('user'),
    };
  }

  fullUser(user: User): JsonObject {
    const { store, viewer } = this.#options;
    const { type, ...short } = this.user(user);
    return {
      ...short,
      biog: user.biog,
      created_time: isoTime(user.created),
      updated_time: isoTime(user.updated),
      follower_count: store.following.countTo(user),
      following_count: store.following.countOf(user),
      cloudcast_count: store.cloudcastsOf(user).filter((show) => !show.unlisted).length,
      favorite_count: store.favorites.countOf(user),
      listen_count: listensOf(store, user).length,
      is_pro: user.isPro,
      is_premium: user.isPremium,
      ...(user.city ? { city: user.city } : {}),
      ...(user.country ? { country: user.country } : {}),
      ...(user.hasCover ? { cover_pictures: coverPictures(user.picture) } : {}),
      ...(user.color ? { picture_primary_color: user.color } : {}),
      ...(viewer
        ? {
            is_current_user: viewer === user,
            following: store.following.has(viewer, user),
            follower: store.following.has(user, viewer),
          }
        : {}),
      ...(type ? { type } : {}),
      ...this.#connections(userKey(user), viewer === user ? [...USER_CONNECTIONS, 'listen-later'] : USER_CONNECTIONS),
    };
  }

  cloudcast(show: Cloudcast): JsonObject {
    const { store, viewer } = this.#options;
    const shown = (count: number) => (show.hiddenStats ? 0 : count);
    return {
      ...this.#address(cloudcastKey(show)),
      name: show.name,
      tags: show.tags.map((tag) => this.tag(tag)),
      created_time: isoTime(show.created),
      updated_time: isoTime(show.updated),
      play_count: shown(show.plays),
      favorite_count: shown(store.favorites.countTo(show)),
      comment_count: commentCount(show),
      listener_count: shown(show.listeners),
      repost_count: shown(store.reposts.countTo(show)),
      pictures: pictures(`extaudio/${show.picture}.jpg`, [768, 1024]),
      slug: show.slug,
      user: this.user(show.owner),
      ...(show.hiddenStats ? { hidden_stats: true } : {}),
      ...(show.audioLength === undefined ? {} : { audio_length: show.audioLength }),
      ...(show.hosts.length > 0 ? { hosts: show.hosts.map((host) => this.user(host)) } : {}),
      ...(show.exclusive ? { is_exclusive: true } : {}),
      ...(viewer
        ? {
            favorited: store.favorites.has(viewer, show),
            reposted: store.reposts.has(viewer, show),
            is_listen_later: store.listenLater.has(viewer, show),
          }
        : {}),
      ...this.#type('cloudcast'),
    };
  }

  listen({ cloudcast, time }: Listen): JsonObject {
    return { ...this.cloudcast(cloudcast), listen_time: isoTime(time) };
  }

  fullCloudcast(show: Cloudcast): JsonObject {
    const { type, ...short } = this.cloudcast(show);
    return {
      ...short,
      description: show.description,
      sections: show.tracks.map((track, position) => this.#section(track, position)),
      ...(show.color ? { picture_primary_color: show.color } : {}),
      ...(type ? { type } : {}),
      ...this.#connections(cloudcastKey(show), CLOUDCAST_CONNECTIONS),
    };
  }

  tag(tag: Tag): JsonObject {
    return { ...this.#address(`/genres/${pathSegment(tag.slug)}/`), name: tag.name, ...this.#type('tag') };
  }

  fullTag(tag: Tag): JsonObject {
    const key = `/genres/${pathSegment(tag.slug)}/`;
    return { ...this.tag({ ...tag, name: `${tag.name} shows` }), ...this.#connections(key, ['popular', 'latest']) };
  }

  comment(comment: Comment): JsonObject {
    const thread = hex(4, comment.thread);
    return {
      key: `/comments/cr/${thread}/c${comment.id}/`,
      url: `${this.#options.pageRoot}/comments/cr/${thread}/#c${comment.id}`,
      submit_date: isoTime(comment.time),
      comment: comment.text,
      user: this.user(comment.author),
      ...this.#type('comment'),
    };
  }

  feedItem(item: FeedItem): JsonObject {
    return {
      key: `${userKey(item.from)}feed/${item.id}/`,
      url: `${this.#options.pageRoot}${userKey(item.from)}feed/#${item.id}`,
      title: item.title,
      from: this.user(item.from),
      created_time: isoTime(item.time),
      // Here the type says what happened, so it is there whether metadata was asked for or not.
      type: item.type,
      ...(item.cloudcasts ? { cloudcasts: item.cloudcasts.map((show) => this.cloudcast(show)) } : {}),
      ...(item.users ? { users: item.users.map((user) => this.user(user)) } : {}),
    };
  }

  playlist(playlist: Playlist): JsonObject {
    return {
      ...this.#address(`${userKey(playlist.owner)}playlists/${pathSegment(playlist.slug)}/`),
      name: playlist.name,
      slug: playlist.slug,
      owner: this.user(playlist.owner),
      cloudcast_count: playlist.cloudcasts.length,
      ...this.#type('playlist'),
    };
  }

  fullPlaylist(playlist: Playlist): JsonObject {
    const short = this.playlist(playlist);
    return { ...short, ...this.#connections(String(short.key), ['cloudcasts']) };
  }

  #section(track: Cloudcast['tracks'][number], position: number): JsonObject {
    const artist = pathSegment(track.artist.toLowerCase().replaceAll(' ', '-'));
    const song = pathSegment(track.song.toLowerCase().replaceAll(' ', '-'));
    return {
      track: {
        artist: { ...this.#address(`/artist/${artist}/`), name: track.artist, slug: decodeURIComponent(artist) },
        name: track.song,
        ...this.#address(`/track/${artist}/${song}/`),
        slug: decodeURIComponent(song),
      },
      position,
      section_type: 'track',
      ...(track.start === undefined ? {} : { start_time: track.start }),
    };
  }

  #address(key: string): { key: string; url: string } {
    return { key, url: `${this.#options.pageRoot}${key}` };
  }

  #type(type: string): { type?: string } {
    return this.#options.typed ? { type } : {};
  }

  #connections(key: string, names: readonly string[]): JsonObject {
    if (!this.#options.typed) return {};
    const links = names.map((name) => [name, `${this.#options.base}${key}${name}/`]);
    return { metadata: { connections: Object.fromEntries(links) } };
  }
}
