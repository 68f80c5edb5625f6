/**
 * Fields that the API is known to send, by kind of object. They are no limit: any other field can be read too.
 *
 * An object inside another, or in a list, is partial: it lacks what only its own page has until it is loaded.
 */
import type { DateTime } from 'luxon';

/** Where an entity names its connections, for the types only: no object has this property. */
export declare const CONNECTIONS: unique symbol;

/** What every entity has. */
export interface Entity {
  /** Path of the resource, such as `/bob/`. */
  readonly key: string;
  /** URL of its page. */
  readonly url: string;
  readonly type: string;
}

/** URLs of a picture by size, such as `medium` (100 pixels) or `640wx640h`. */
export interface Pictures {
  readonly small?: string;
  readonly thumbnail?: string;
  readonly medium_mobile?: string;
  readonly medium?: string;
  readonly large?: string;
  readonly extra_large?: string;
  readonly '320wx320h'?: string;
  readonly '640wx640h'?: string;
  readonly '768wx768h'?: string;
  readonly '1024wx1024h'?: string;
}

/** A listener, DJ or station. */
export interface User extends Entity {
  readonly name: string;
  readonly username: string;
  readonly pictures: Pictures;
  readonly biog: string;
  readonly created_time: DateTime;
  readonly updated_time: DateTime;
  readonly follower_count: number;
  readonly following_count: number;
  readonly cloudcast_count: number;
  readonly favorite_count: number;
  readonly listen_count: number;
  readonly is_pro: boolean;
  readonly is_premium: boolean;
  readonly city?: string;
  readonly country?: string;
  readonly cover_pictures?: Pictures;
  /** Six hexadecimal digits. */
  readonly picture_primary_color?: string;
  /** With an access token only. */
  readonly is_current_user?: boolean;
  /** Whether the current user follows this one; read it as `data.following`, since the name is also a connection. */
  readonly following?: boolean;
  /** Whether this user follows the current one. */
  readonly follower?: boolean;
  readonly [CONNECTIONS]?: {
    cloudcasts: Cloudcast;
    comments: Comment;
    favorites: Cloudcast;
    feed: FeedItem;
    followers: User;
    following: User;
    listens: Listen;
    playlists: Playlist;
  };
}

/** A show, mix or podcast. */
export interface Cloudcast extends Entity {
  readonly name: string;
  readonly slug: string;
  readonly tags: readonly Tag[];
  readonly created_time: DateTime;
  readonly updated_time: DateTime;
  readonly play_count: number;
  readonly favorite_count: number;
  readonly comment_count: number;
  readonly listener_count: number;
  readonly repost_count: number;
  readonly pictures: Pictures;
  readonly user: User;
  /** `true` when the counts are hidden, and 0 for that reason. */
  readonly hidden_stats?: boolean;
  /** Seconds; absent while a new show is processed. */
  readonly audio_length?: number;
  readonly description?: string;
  readonly sections?: readonly TrackSection[];
  readonly picture_primary_color?: string;
  readonly hosts?: readonly User[];
  readonly is_exclusive?: boolean;
  /** With an access token only. */
  readonly favorited?: boolean;
  /** With an access token only. */
  readonly reposted?: boolean;
  /** With an access token only. */
  readonly is_listen_later?: boolean;
  readonly [CONNECTIONS]?: {
    comments: Comment;
    favorites: User;
    listeners: User;
    similar: Cloudcast;
  };
}

/** A part of a show's tracklist. */
export interface TrackSection {
  readonly section_type: string;
  readonly position?: number;
  /** Seconds. */
  readonly start_time?: number;
  readonly track?: { readonly name: string; readonly artist: { readonly name: string } };
}

/** A genre, a place, or both. */
export interface Tag extends Entity {
  readonly name: string;
  readonly [CONNECTIONS]?: { popular: Cloudcast; latest: Cloudcast };
}

/** What somebody said about a show or to a user. */
export interface Comment extends Entity {
  readonly comment: string;
  readonly submit_date: DateTime;
  readonly user: User;
}

/** Something that a user did. */
export interface FeedItem extends Entity {
  readonly title: string;
  readonly from: User;
  readonly created_time: DateTime;
  readonly cloudcasts?: readonly Cloudcast[];
  readonly users?: readonly User[];
}

/** A show that a user has listened to. */
export interface Listen extends Cloudcast {
  readonly listen_time: DateTime;
}

/** A named collection of shows. */
export interface Playlist extends Entity {
  readonly name: string;
  readonly slug: string;
  readonly owner: User;
  readonly cloudcast_count?: number;
}

/** A list, for `get`: `get<Listing<User>>('bob/followers')`. */
export interface Listing<F> {
  readonly data: readonly F[];
}

/** The answer to an action, upload or edit. */
export interface ActionResult {
  readonly result: {
    readonly message: string;
    readonly success: boolean;
    /** Of an upload: where it is. A name used before gets another slug. */
    readonly key?: string;
  };
}

/** What embeds a player. */
export interface EmbedInfo {
  readonly html: string;
}

/** What the oEmbed endpoint says of a page. */
export interface OEmbed {
  readonly type: string;
  readonly version: string;
  readonly title: string;
  readonly html: string;
  readonly width?: string | number;
  readonly height?: string | number;
  readonly image?: string;
  readonly author_name?: string;
  readonly author_url?: string;
  readonly provider_name?: string;
  readonly provider_url?: string;
}

/** Fields of an object of unknown kind: any. */
// biome-ignore lint/complexity/noBannedTypes: no field is known, and none is excluded
export type AnyFields = {};
