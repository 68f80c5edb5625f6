import type { JsonObject } from '../server/json.ts';
import { countComments, getListens } from '../world/activity.ts';
import { formatIsoTime } from '../world/dates.ts';
import type { Cloudcast, Comment, FeedItem, Listen, Playlist, Tag, User } from '../world/entities.ts';
import { cloudcastKey, userKey } from '../world/keys.ts';
import { UNSEEDED } from '../world/random.ts';
import { encodeSegment } from '../world/slug.ts';
import type { Store } from '../world/store.ts';
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
      created_time: formatIsoTime(user.created),
      updated_time: formatIsoTime(user.updated),
      follower_count: store.following.countSources(user),
      following_count: store.following.countTargets(user),
      cloudcast_count: store.getCloudcasts(user).filter((cloudcast) => !cloudcast.unlisted).length,
      favorite_count: store.favorites.countTargets(user),
      listen_count: getListens(store, user).length,
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

  cloudcast(cloudcast: Cloudcast): JsonObject {
    const { store, viewer } = this.#options;
    const visible = (count: number) => (cloudcast.hiddenStats ? 0 : count);
    return {
      ...this.#address(cloudcastKey(cloudcast)),
      name: cloudcast.name,
      tags: cloudcast.tags.map((tag) => this.tag(tag)),
      created_time: formatIsoTime(cloudcast.created),
      updated_time: formatIsoTime(cloudcast.updated),
      play_count: visible(cloudcast.plays),
      favorite_count: visible(store.favorites.countSources(cloudcast)),
      comment_count: countComments(store, cloudcast),
      listener_count: visible(cloudcast.listeners),
      repost_count: visible(store.reposts.countSources(cloudcast)),
      pictures: pictures(`extaudio/${cloudcast.picture}.jpg`, [768, 1024]),
      slug: cloudcast.slug,
      user: this.user(cloudcast.owner),
      ...(cloudcast.hiddenStats ? { hidden_stats: true } : {}),
      ...(cloudcast.audioLength === undefined ? {} : { audio_length: cloudcast.audioLength }),
      ...(cloudcast.hosts.length > 0 ? { hosts: cloudcast.hosts.map((host) => this.user(host)) } : {}),
      ...(cloudcast.exclusive ? { is_exclusive: true } : {}),
      ...(viewer
        ? {
            favorited: store.favorites.has(viewer, cloudcast),
            reposted: store.reposts.has(viewer, cloudcast),
            is_listen_later: store.listenLater.has(viewer, cloudcast),
          }
        : {}),
      ...this.#type('cloudcast'),
    };
  }

  listen({ cloudcast, time }: Listen): JsonObject {
    return { ...this.cloudcast(cloudcast), listen_time: formatIsoTime(time) };
  }

  fullCloudcast(cloudcast: Cloudcast): JsonObject {
    const { type, ...short } = this.cloudcast(cloudcast);
    return {
      ...short,
      description: cloudcast.description,
      sections: cloudcast.tracks.map((track, position) => this.#section(track, position)),
      ...(cloudcast.color ? { picture_primary_color: cloudcast.color } : {}),
      ...(type ? { type } : {}),
      ...this.#connections(cloudcastKey(cloudcast), CLOUDCAST_CONNECTIONS),
    };
  }

  tag(tag: Tag): JsonObject {
    return { ...this.#address(`/genres/${encodeSegment(tag.slug)}/`), name: tag.name, ...this.#type('tag') };
  }

  fullTag(tag: Tag): JsonObject {
    const key = `/genres/${encodeSegment(tag.slug)}/`;
    return {
      ...this.tag({ ...tag, name: `${tag.name} shows` }),
      ...this.#connections(key, ['popular', 'latest']),
    };
  }

  comment(comment: Comment): JsonObject {
    const thread = UNSEEDED.hex(4, comment.thread);
    return {
      key: `/comments/cr/${thread}/c${comment.id}/`,
      url: `${this.#options.pageRoot}/comments/cr/${thread}/#c${comment.id}`,
      submit_date: formatIsoTime(comment.time),
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
      created_time: formatIsoTime(item.time),
      // Here the type says what happened, so it is there whether metadata was asked for or not.
      type: item.type,
      ...(item.cloudcasts ? { cloudcasts: item.cloudcasts.map((cloudcast) => this.cloudcast(cloudcast)) } : {}),
      ...(item.users ? { users: item.users.map((user) => this.user(user)) } : {}),
    };
  }

  playlist(playlist: Playlist): JsonObject {
    return {
      ...this.#address(`${userKey(playlist.owner)}playlists/${encodeSegment(playlist.slug)}/`),
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
    const artist = encodeSegment(track.artist.toLowerCase().replaceAll(' ', '-'));
    const song = encodeSegment(track.song.toLowerCase().replaceAll(' ', '-'));
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
