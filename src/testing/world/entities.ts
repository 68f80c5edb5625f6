/** What a world holds. Times are UNIX seconds. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly biog: string;
  readonly created: number;
  readonly updated: number;
  readonly city?: string;
  readonly country?: string;
  readonly color?: string;
  readonly hasCover: boolean;
  /** Path of the picture below the root of all pictures. */
  readonly picture: string;
  readonly isPro: boolean;
  readonly isPremium: boolean;
  /** Whether the seed made it, and with it listens, comments and playlists. */
  readonly seeded: boolean;
}

export interface Tag {
  readonly slug: string;
  readonly name: string;
}

export interface Track {
  readonly artist: string;
  readonly song: string;
  /** Seconds from the start of the show. */
  readonly start?: number;
}

/** A show. Fields that an edit may change are writable. */
export interface Cloudcast {
  readonly id: number;
  readonly owner: User;
  readonly slug: string;
  name: string;
  description: string;
  tags: readonly Tag[];
  readonly created: number;
  updated: number;
  readonly plays: number;
  readonly listeners: number;
  picture: string;
  readonly color?: string;
  /** Seconds; absent while the upload is being processed. */
  readonly audioLength?: number;
  readonly tracks: readonly Track[];
  hosts: readonly User[];
  readonly exclusive?: boolean;
  hiddenStats: boolean;
  disabledComments: boolean;
  unlisted: boolean;
  publishDate?: string;
  /** When the upload arrived, in milliseconds of `performance.now()`; absent if the show was there before. */
  readonly uploadedAt?: number;
  /** Whether the seed made it, and with it listeners and comments. */
  readonly seeded: boolean;
}

export interface Comment {
  readonly id: number;
  readonly author: User;
  readonly text: string;
  readonly time: number;
  readonly thread: string;
}

export interface Playlist {
  readonly owner: User;
  readonly name: string;
  readonly slug: string;
  readonly cloudcasts: readonly Cloudcast[];
}

export interface Listen {
  readonly cloudcast: Cloudcast;
  readonly time: number;
}

export interface FeedItem {
  readonly id: number;
  readonly type: 'upload' | 'listen' | 'favorite' | 'follow';
  readonly title: string;
  readonly time: number;
  readonly from: User;
  readonly cloudcasts?: readonly Cloudcast[];
  readonly users?: readonly User[];
}
