/**
 * Fields that the API is known to send, by kind of object. They are no limit: any other field can be read too.
 *
 * A field that lists and nested objects leave out is optional where it is left out: users have a type for each case, and
 * in cloudcasts such fields are optional.
 */
import type { DateTime } from 'luxon';
import type { AccessDict, UnknownFields } from './access-dict.ts';

/** Type-level name of the kind of an entity, which decides its connections and actions. No object has it at run time. */
export declare const KIND: unique symbol;

/** Type-level name of the fields that `load()` adds. No object has it at run time. */
export declare const FULL: unique symbol;

/** Fields of every entity. */
export interface Entity {
  /** Path of the resource, such as `/bob/`. */
  readonly key: string;
  /** URL of its page. */
  readonly url: string;
  /** Kind of object, such as `user`. */
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
  /** Display name. */
  readonly name: string;
  /** Name in keys and URLs. */
  readonly username: string;
  /** Profile picture. */
  readonly pictures: Pictures;
  /** Biography. */
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
  /** City, as the user wrote it. */
  readonly city?: string;
  /** Country, as the user wrote it. */
  readonly country?: string;
  /** Picture at the top of the profile. */
  readonly cover_pictures?: Pictures;
  /** Main colour of the picture: six hexadecimal digits. */
  readonly picture_primary_color?: string;
  /** Whether this user owns the access token. Sent with an access token only. */
  readonly is_current_user?: boolean;
  /** Whether this user follows the current one. */
  readonly follower?: boolean;
  /** @hidden */
  readonly [KIND]?: 'user';
}

/** Fields of a user that lists and nested objects have. */
type ListedField = keyof Entity | 'name' | 'username' | 'pictures';

/** A user inside a list or another object. `load()` makes it a {@link User}. */
export interface PartialUser extends Pick<User, ListedField>, Partial<Omit<User, ListedField>> {
  /** @hidden */
  readonly [FULL]?: User;
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
  /** The owner. */
  readonly user: PartialUser;
  /** `true` if the counts are hidden. They are then 0. */
  readonly hidden_stats?: boolean;
  /** Length in seconds. Missing while a new show is processed. */
  readonly audio_length?: number;
  /** Description by the owner. Lists leave it out. */
  readonly description?: string;
  /** Tracklist. Lists leave it out. */
  readonly sections?: readonly TrackSection[];
  /** Main colour of the picture: six hexadecimal digits. Lists leave it out. */
  readonly picture_primary_color?: string;
  /** Hosts other than the owner. */
  readonly hosts?: readonly PartialUser[];
  /** Whether only subscribers of the owner can listen. */
  readonly is_exclusive?: boolean;
  /** Whether the current user has favorited it. Sent with an access token only. */
  readonly favorited?: boolean;
  /** Whether the current user has reposted it. Sent with an access token only. */
  readonly reposted?: boolean;
  /** Whether the current user has saved it for later. Sent with an access token only. */
  readonly is_listen_later?: boolean;
  /** @hidden */
  readonly [KIND]?: 'cloudcast';
}

/** A part of a show's tracklist. */
export interface TrackSection {
  /** `track` or `chapter`. */
  readonly section_type: string;
  /** Position in the tracklist, from 1. */
  readonly position?: number;
  /** Start in seconds. */
  readonly start_time?: number;
  /** The track and its artist. */
  readonly track?: {
    /** Title. */
    readonly name: string;
    /** The artist. */
    readonly artist: {
      /** Display name. */
      readonly name: string;
    };
  };
}

/** A genre, a place, or both. */
export interface Tag extends Entity {
  /** Display name. */
  readonly name: string;
  /** @hidden */
  readonly [KIND]?: 'tag';
}

/** A comment on a show or a user. */
export interface Comment extends Entity {
  /** The text. */
  readonly comment: string;
  /** When it was written. */
  readonly submit_date: DateTime;
  /** The author. */
  readonly user: PartialUser;
}

/** An activity of a user. */
export interface FeedItem extends Entity {
  /** Description of the activity. */
  readonly title: string;
  /** The user. */
  readonly from: PartialUser;
  /** When it happened. */
  readonly created_time: DateTime;
  /** Shows concerned. */
  readonly cloudcasts?: readonly Cloudcast[];
  /** Users concerned. */
  readonly users?: readonly PartialUser[];
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
  /** The owner. */
  readonly owner: PartialUser;
  /** How many shows it holds. */
  readonly cloudcast_count?: number;
}

/** A list, for `get`: `get<Listing<PartialUser>>('bob/followers')`. */
export interface Listing<F> {
  /** The items of the page. */
  readonly data: readonly F[];
}

/** Response to an action, upload or edit. */
export interface ActionResult extends AccessDict, UnknownFields {
  /** The result. */
  readonly result: UnknownFields & {
    /** Whether it succeeded. */
    readonly success: boolean;
    /** Message of the API. */
    readonly message?: string;
    /** Key of an upload. A name that is already in use gets another slug. */
    readonly key?: string;
  };
}

/** An embedded player. */
export interface EmbedInfo extends AccessDict, UnknownFields {
  /** HTML to insert into a page. */
  readonly html: string;
}

/** oEmbed description of a page. */
export interface OEmbed extends AccessDict, UnknownFields {
  /** Kind of embed, such as `rich`. */
  readonly type: string;
  /** Version of oEmbed. */
  readonly version: string;
  /** Title of the page. */
  readonly title: string;
  /** HTML to insert into a page. */
  readonly html: string;
  /** Width in pixels, or a percentage such as `100%`. */
  readonly width?: string | number;
  /** Height in pixels. */
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

/** Fields of an object of unknown kind. Any field can be read. */
// biome-ignore lint/complexity/noBannedTypes: no field is known, and none is excluded
export type AnyFields = {};
