/** Connections that are known for each kind of resource, as types. They are methods of the resource. */
import type { Pagination } from '../input/pagination.ts';
import type { CallOptions, ListOf, Mode, Returned } from '../operations/mode.ts';
import type { Cloudcast, Comment, FeedItem, Listen, PartialUser, Playlist } from './entities.ts';

/** Connections of a user: lists that belong to it. */
export interface UserConnections<M extends Mode> {
  /** Shows that the user has published, newest first. */
  cloudcasts(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>>;
  /** Comments on the profile. */
  comments(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Comment>>;
  /** Shows that are favorites of the user. */
  favorites(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>>;
  /** Activities of the user: uploads, listens, favorites, follows. */
  feed(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, FeedItem>>;
  /** Users who follow this one. */
  followers(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, PartialUser>>;
  /** Users that this one follows. The field of that name is `data.following`. */
  following(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, PartialUser>>;
  /** Shows that the user has listened to. Of a private account, only its own access token reads them. */
  listens(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Listen>>;
  /** Playlists of the user. */
  playlists(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Playlist>>;
}

/** Connections of a cloudcast: lists that belong to it. */
export interface CloudcastConnections<M extends Mode> {
  /** Comments on the show. */
  comments(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Comment>>;
  /** Users who have it as a favorite. */
  favorites(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, PartialUser>>;
  /** Users who have listened to it. */
  listeners(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, PartialUser>>;
  /** Shows that are like this one. */
  similar(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>>;
}

/** Connections of a tag or place: lists that belong to it. */
export interface TagConnections<M extends Mode> {
  /** New shows with the tag. */
  latest(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>>;
  /** Popular shows with the tag. */
  popular(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>>;
}
