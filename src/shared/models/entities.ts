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
  /** What kind of object it is, such as `user`. */
  readonly type: string;
}

/** URLs of a picture by size, such as `medium` (100 pixels) or `640wx640h`. */
export interface Pictures {
  /** 25 by 25 pixels. */
  readonly small?: string;
  /** 50 by 50 pixels. */
  readonly thumbnail?: string;
  /** 80 by 80 pixels. */
  readonly medium_mobile?: string;
  /** 100 by 100 pixels. */
  readonly medium?: string;
  /** 300 by 300 pixels. */
  readonly large?: string;
  /** 600 by 600 pixels. */
  readonly extra_large?: string;
  /** 320 by 320 pixels. */
  readonly '320wx320h'?: string;
  /** 640 by 640 pixels. */
  readonly '640wx640h'?: string;
  /** 768 by 768 pixels. */
  readonly '768wx768h'?: string;
  /** 1024 by 1024 pixels. */
  readonly '1024wx1024h'?: string;
}

/** A listener, DJ or station. */
export interface User extends Entity {
  /** Name to show. */
  readonly name: string;
  /** Name in keys and URLs. */
  readonly username: string;
  /** Profile picture. */
  readonly pictures: Pictures;
  /** What the user says about themselves. */
  readonly biog: string;
  /** When the user joined. */
  readonly created_time: DateTime;
  /** When the profile was last changed. */
  readonly updated_time: DateTime;
  /** How many users follow this one. */
  readonly follower_count: number;
  /** How many users this one follows. */
  readonly following_count: number;
  /** How many shows the user has. */
  readonly cloudcast_count: number;
  /** How many shows are favorites. */
  readonly favorite_count: number;
  /** How many shows were listened to. */
  readonly listen_count: number;
  /** Whether the account is a Pro one. */
  readonly is_pro: boolean;
  /** Whether the account is a Premium one. */
  readonly is_premium: boolean;
  /** As the user wrote it. */
  readonly city?: string;
  /** As the user wrote it. */
  readonly country?: string;
  /** Picture at the top of the profile. */
  readonly cover_pictures?: Pictures;
  /** Six hexadecimal digits. */
  readonly picture_primary_color?: string;
  /** With an access token only. */
  readonly is_current_user?: boolean;
  /** Whether the current user follows this one; read it as `data.following`, since the name is also a connection. */
  readonly following?: boolean;
  /** Whether this user follows the current one. */
  readonly follower?: boolean;
  /** @internal */
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
  /** Title. */
  readonly name: string;
  /** Last part of the key. */
  readonly slug: string;
  /** Genres. */
  readonly tags: readonly Tag[];
  /** When it was uploaded or published. */
  readonly created_time: DateTime;
  /** When it was last changed. */
  readonly updated_time: DateTime;
  /** How often it was played. */
  readonly play_count: number;
  /** How many users have it as a favorite. */
  readonly favorite_count: number;
  /** How many comments it has. */
  readonly comment_count: number;
  /** How many users listened to it. */
  readonly listener_count: number;
  /** How many users reposted it. */
  readonly repost_count: number;
  /** Artwork. */
  readonly pictures: Pictures;
  /** Whose show it is. */
  readonly user: User;
  /** `true` when the counts are hidden, and 0 for that reason. */
  readonly hidden_stats?: boolean;
  /** Seconds; absent while a new show is processed. */
  readonly audio_length?: number;
  /** What its owner says about it. */
  readonly description?: string;
  /** Tracklist. */
  readonly sections?: readonly TrackSection[];
  /** Six hexadecimal digits. */
  readonly picture_primary_color?: string;
  /** Who hosts it besides its owner. */
  readonly hosts?: readonly User[];
  /** Whether it is for its owner's subscribers only. */
  readonly is_exclusive?: boolean;
  /** With an access token only. */
  readonly favorited?: boolean;
  /** With an access token only. */
  readonly reposted?: boolean;
  /** With an access token only. */
  readonly is_listen_later?: boolean;
  /** @internal */
  readonly [CONNECTIONS]?: {
    comments: Comment;
    favorites: User;
    listeners: User;
    similar: Cloudcast;
  };
}

/** A part of a show's tracklist. */
export interface TrackSection {
  /** `track` or `chapter`. */
  readonly section_type: string;
  /** Place in the tracklist, from 1. */
  readonly position?: number;
  /** Seconds. */
  readonly start_time?: number;
  /** What is played, with its artist. */
  readonly track?: {
    /** Title. */
    readonly name: string;
    /** Who made it. */
    readonly artist: {
      /** Name to show. */
      readonly name: string;
    };
  };
}

/** A genre, a place, or both. */
export interface Tag extends Entity {
  /** Name to show. */
  readonly name: string;
  /** @internal */
  readonly [CONNECTIONS]?: { popular: Cloudcast; latest: Cloudcast };
}

/** What somebody said about a show or to a user. */
export interface Comment extends Entity {
  /** The text. */
  readonly comment: string;
  /** When it was written. */
  readonly submit_date: DateTime;
  /** Who wrote it. */
  readonly user: User;
}

/** Something that a user did. */
export interface FeedItem extends Entity {
  /** What happened, in words. */
  readonly title: string;
  /** Who did it. */
  readonly from: User;
  /** When it happened. */
  readonly created_time: DateTime;
  /** Shows that it is about. */
  readonly cloudcasts?: readonly Cloudcast[];
  /** Users that it is about. */
  readonly users?: readonly User[];
}

/** A show that a user has listened to. */
export interface Listen extends Cloudcast {
  /** When the user listened. */
  readonly listen_time: DateTime;
}

/** A named collection of shows. */
export interface Playlist extends Entity {
  /** Title. */
  readonly name: string;
  /** Last part of the key. */
  readonly slug: string;
  /** Whose playlist it is. */
  readonly owner: User;
  /** How many shows it holds. */
  readonly cloudcast_count?: number;
}

/** A list, for `get`: `get<Listing<User>>('bob/followers')`. */
export interface Listing<F> {
  /** The items of the page. */
  readonly data: readonly F[];
}

/** The answer to an action, upload or edit. */
export interface ActionResult {
  /** What became of it. */
  readonly result: {
    /** What the API says about it. */
    readonly message: string;
    /** Whether it was done. */
    readonly success: boolean;
    /** Of an upload: where it is. A name used before gets another slug. */
    readonly key?: string;
  };
}

/** What embeds a player. */
export interface EmbedInfo {
  /** What to put into a page. */
  readonly html: string;
}

/** What the oEmbed endpoint says of a page. */
export interface OEmbed {
  /** Kind of embed, such as `rich`. */
  readonly type: string;
  /** Version of oEmbed. */
  readonly version: string;
  /** Title of the page. */
  readonly title: string;
  /** What to put into a page. */
  readonly html: string;
  /** Pixels, or a share such as `100%`. */
  readonly width?: string | number;
  /** Pixels. */
  readonly height?: string | number;
  /** URL of a picture. */
  readonly image?: string;
  /** Name of the owner. */
  readonly author_name?: string;
  /** URL of the owner's page. */
  readonly author_url?: string;
  /** Name of the site. */
  readonly provider_name?: string;
  /** URL of the site. */
  readonly provider_url?: string;
}

/** Fields of an object of unknown kind: any. */
// biome-ignore lint/complexity/noBannedTypes: no field is known, and none is excluded
export type AnyFields = {};
