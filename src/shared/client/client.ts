import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { JsonObject } from '../base/json.ts';
import { type JsonDecoder, type ValidatedClientOptions, validateToken } from '../input/client-options.ts';
import type { EmbedOptions } from '../input/embed-options.ts';
import type { FileLike } from '../input/file-like.ts';
import type { Pagination } from '../input/pagination.ts';
import type { EditFields, UploadFields } from '../input/upload-fields.ts';
import type { ActionResult, AnyFields, Cloudcast, EmbedInfo, Listing, OEmbed, Tag, User } from '../models/entities.ts';
import type { DictOf } from '../models/fields.ts';
import type { ConcurrencyOptions } from '../models/resource-list.ts';
import * as actions from '../operations/actions.ts';
import type { ModelFactory } from '../operations/client-context.ts';
import * as embedding from '../operations/embedding.ts';
import type { CallOptions, ListOf, Mode, ResourceOf, Returned } from '../operations/mode.ts';
import { ITERATE, type OperationRunner, RUN } from '../operations/mode.ts';
import type { Pager } from '../operations/pager.ts';
import * as operations from '../operations/reading.ts';
import * as uploads from '../operations/uploads.ts';
import type { Operation } from '../protocol/operation.ts';

/** Options of `get`. */
export interface GetOptions {
  /**
   * Whether the key is under the API's root. With `false` it is an absolute URL; only the API's own origin is sent the
   * access token.
   *
   * @defaultValue `true`
   */
  readonly relative?: boolean | undefined;
  /**
   * Whether the resource gets a method for each of its connections.
   *
   * @defaultValue `true`
   */
  readonly createConnections?: boolean | undefined;
  /** Further query parameters. */
  readonly params?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
}

/** Options of `search`. */
export interface SearchOptions extends Pagination {
  /**
   * What to search for.
   *
   * @defaultValue `'cloudcast'`
   */
  readonly type?: 'cloudcast' | 'user' | 'tag' | (string & {}) | undefined;
}

/** What `get` gives for fields `F`: a list for a `Listing`, else a resource. */
export type GetResult<M extends Mode, F> = F extends Listing<infer I> ? ListOf<M, I> : ResourceOf<M, F>;

/** What a search of a type finds. */
export type SearchResult<T> = T extends 'user'
  ? User
  : T extends 'tag'
    ? Tag
    : T extends 'cloudcast'
      ? Cloudcast
      : AnyFields;

/** The client of both modes: each method plans an operation, and the mode runs it. */
export abstract class ClientBase<M extends Mode> implements OperationRunner<M> {
  readonly #settings: ValidatedClientOptions;
  #accessToken: string | null;

  constructor(settings: ValidatedClientOptions) {
    this.#settings = settings;
    this.#accessToken = settings.accessToken;
  }

  /** @internal */
  abstract readonly models: ModelFactory;
  /** @internal */
  abstract readonly callOptions: readonly string[];
  /** @internal */
  abstract [RUN]<T>(operation: Operation<unknown>, options: object | undefined): Returned<M, T>;
  /** @internal */
  abstract [ITERATE]<T>(pager: Pager, options: object | undefined): T;

  /** OAuth access token, or `null`. It can be set at any time and is used from the next call on. */
  get accessToken(): string | null {
    return this.#accessToken;
  }

  set accessToken(token: string | null) {
    this.#accessToken = validateToken('accessToken', token);
  }

  /** Base URL of API requests. */
  get apiRoot(): string {
    return this.#settings.apiRoot;
  }

  /** Base URL of pages. */
  get mixcloudRoot(): string {
    return this.#settings.mixcloudRoot;
  }

  /** The oEmbed endpoint. */
  get oembedRoot(): string {
    return this.#settings.oembedRoot;
  }

  /** Whether errors of the API are thrown. */
  get raiseExceptions(): boolean {
    return this.#settings.raiseExceptions;
  }

  /** Decodes JSON bodies. */
  get jsonDecoder(): JsonDecoder {
    return this.#settings.jsonDecoder;
  }

  /** Default time-out of a call in milliseconds. */
  get timeout(): number {
    return this.#settings.timeout;
  }

  /**
   * Fetches whatever a key names: a user, a cloudcast, a list…
   *
   * @param key - With or without slashes at its ends, percent-encoded or not, or the URL of a page.
   * @example
   * ```ts
   * const user = await mixcloud.get<User>('bob');
   * const followers = await mixcloud.get<Listing<User>>('bob/followers');
   * ```
   * @throws `TypeError` for what is not a key.
   */
  get<F = AnyFields>(key: string, options?: GetOptions & CallOptions<M>): Returned<M, GetResult<M, F>> {
    return this[RUN](operations.get(this, key, options), options);
  }

  /** The owner of the access token. */
  me(options?: CallOptions<M>): Returned<M, ResourceOf<M, User>> {
    return this[RUN](operations.me(this, options), options);
  }

  /**
   * A tag or a place.
   *
   * @param tag - As people write it (`'Drum & Bass'`), a slug, or a place (`'funk+city:athens'`).
   */
  discover(tag: string, options?: CallOptions<M>): Returned<M, ResourceOf<M, Tag>> {
    return this[RUN](operations.discover(this, tag, options), options);
  }

  /** Popular cloudcasts. */
  popular(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>> {
    return this[RUN](operations.list(this, 'popular', page), page);
  }

  /** Cloudcasts that are popular right now. */
  hot(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>> {
    return this[RUN](operations.list(this, 'popular/hot', page), page);
  }

  /** New cloudcasts. */
  new(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>> {
    return this[RUN](operations.list(this, 'new', page), page);
  }

  /**
   * What matches a query.
   *
   * @example
   * ```ts
   * const johns = await mixcloud.search('john', { type: 'user', page: 2 });
   * ```
   */
  search<T extends string = 'cloudcast'>(
    query: string,
    options?: Omit<SearchOptions, 'type'> & { readonly type?: T | SearchOptions['type'] } & CallOptions<M>,
  ): Returned<M, ListOf<M, SearchResult<T>>> {
    return this[RUN](operations.search(this, query, options), options);
  }

  /** Several resources at once, in the order of their keys. The first failure is thrown once the rest have settled. */
  getMany<F = AnyFields>(
    keys: readonly string[],
    options?: ConcurrencyOptions & CallOptions<M>,
  ): Returned<M, GetResult<M, F>[]> {
    return this[RUN](operations.getMany(this, keys, options), options);
  }

  /** Follows a user. Needs an access token, as do the other actions. */
  follow(user: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'follow', user, options), options);
  }

  /** Stops following a user. */
  unfollow(user: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'unfollow', user, options), options);
  }

  /** Adds a cloudcast to the favorites. */
  favorite(cloudcast: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'favorite', cloudcast, options), options);
  }

  /** Takes a cloudcast off the favorites. */
  unfavorite(cloudcast: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'unfavorite', cloudcast, options), options);
  }

  /** Reposts a cloudcast. */
  repost(cloudcast: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'repost', cloudcast, options), options);
  }

  /** Takes back the repost of a cloudcast. */
  unrepost(cloudcast: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'unrepost', cloudcast, options), options);
  }

  /** Adds a cloudcast to the list to listen to later. */
  listenLater(cloudcast: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'listenLater', cloudcast, options), options);
  }

  /** Takes a cloudcast off the list to listen to later. */
  unlistenLater(cloudcast: string, options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](actions.act(this, 'unlistenLater', cloudcast, options), options);
  }

  /** What embeds a player of a cloudcast. */
  embedJson(cloudcast: string, display?: EmbedOptions & CallOptions<M>): Returned<M, DictOf<M, EmbedInfo>> {
    return this[RUN](embedding.embed(this, 'json', cloudcast, display), display);
  }

  /** HTML that embeds a player of a cloudcast. */
  embedHtml(cloudcast: string, display?: EmbedOptions & CallOptions<M>): Returned<M, string> {
    return this[RUN](embedding.embed(this, 'html', cloudcast, display), display);
  }

  /** What the oEmbed endpoint says of a page; with `format: 'xml'` as text. */
  oembed(key: string, options: { readonly format: 'xml' } & EmbedOptions & CallOptions<M>): Returned<M, string>;
  oembed(
    key: string,
    options?: { readonly format?: 'json' | undefined } & EmbedOptions & CallOptions<M>,
  ): Returned<M, DictOf<M, OEmbed>>;
  oembed(key: string, options?: { readonly format?: string | undefined } & EmbedOptions & CallOptions<M>): unknown {
    return this[RUN](embedding.oembed(this, key, options), options);
  }

  /**
   * Publishes an audio file. Needs an access token. Everything is checked before the first byte is sent, the file is
   * streamed, and an upload is never sent twice by itself.
   *
   * @param mp3 - A path, a `file:` URL, bytes, a `Blob` or a `File`; not empty, at most 4 GiB.
   * @example
   * ```ts
   * const answer = await mixcloud.upload('show.mp3', 'Last night', {
   *   tags: ['House'],
   *   onProgress: ({ sent, total }) => console.log(`${Math.floor((100 * sent) / total)} %`),
   * });
   * answer.result.key; // '/station/last-night/'
   * ```
   * @throws `TypeError` or `RangeError` for fields and files that the API would refuse.
   * @throws `MixcloudDecodeError` when the answer cannot be read, whatever `raiseExceptions` says.
   */
  upload(mp3: FileLike, name: string, fields?: UploadFields & CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](uploads.upload(this, mp3, name, fields), fields);
  }

  /**
   * Changes an upload of the access token's owner. Only what is given is changed, but tags, sections and hosts are
   * replaced as a whole.
   *
   * @param key - A key without its user (`'perfect-mix'`) is the current user's.
   */
  edit(key: string, fields?: EditFields & CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[RUN](uploads.edit(this, key, fields), fields);
  }

  /** Shows the settings in `console.log`, but not the access token. @internal */
  [INSPECT](depth: number, options: object, inspect: Inspect): string {
    const { apiRoot, mixcloudRoot, oembedRoot, raiseExceptions, timeout } = this;
    const accessToken = this.#accessToken === null ? null : '[set]';
    const shown = { apiRoot, mixcloudRoot, oembedRoot, accessToken, raiseExceptions, timeout };
    return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} ${inspect(shown, options)}`;
  }

  /** What `JSON.stringify` writes: the settings, but not the access token. */
  toJSON(): JsonObject {
    const { apiRoot, mixcloudRoot, oembedRoot, raiseExceptions, timeout } = this;
    return { apiRoot, mixcloudRoot, oembedRoot, raiseExceptions, timeout };
  }
}
