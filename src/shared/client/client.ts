import type { ValidatedClientOptions } from '../input/client-options.ts';
import type { EmbedOptions, OEmbedOptions, OEmbedXmlOptions } from '../input/embed-options.ts';
import type { FileLike } from '../input/file-like.ts';
import type { ConcurrencyOptions, GetOptions, SearchOptions, SearchType } from '../input/method-options.ts';
import type { Pagination } from '../input/pagination.ts';
import type { RequestMethod, RequestOptions } from '../input/request-fields.ts';
import type { EditFields, UploadFields } from '../input/upload-fields.ts';
import type {
  ActionResult,
  AnyFields,
  Cloudcast,
  EmbedInfo,
  OEmbed,
  PartialUser,
  Tag,
  User,
} from '../models/entities.ts';
import { act } from '../operations/actions.ts';
import type { CALL_OPTIONS, ClientContext, MODELS } from '../operations/client-context.ts';
import { embedHtml, embedJson, oembed } from '../operations/embedding.ts';
import {
  type CallOptions,
  type GetResult,
  type ListOf,
  type Mode,
  type PlainResult,
  type ResourceOf,
  type Returned,
  RUN,
  type RunMethods,
} from '../operations/mode.ts';
import * as reading from '../operations/reading.ts';
import { request } from '../operations/request.ts';
import { edit, upload } from '../operations/uploads.ts';
import { MixcloudClosedError } from '../protocol/errors.ts';
import { closedFailure } from '../protocol/failure.ts';
import { ClientState, type ModelClasses } from './client-state.ts';
import { type DerivedOptions, deriveOptions } from './derive.ts';
import { Lifetime } from './lifetime.ts';

/** Fields of the results of a search, by its `type`. */
export type SearchResult<T> = T extends 'user'
  ? PartialUser
  : T extends 'tag'
    ? Tag
    : T extends 'cloudcast'
      ? Cloudcast
      : AnyFields;

/** Whether a client is open, and its calls. The symbol hides it from callers. */
export const LIFETIME: unique symbol = Symbol.for('mixcloud-client:lifetime');

/**
 * The class of each mode runs the operations. The methods for it are not abstract here, because the public classes are
 * declared by interfaces that extend this class, and callers' subclasses of them would have to implement abstract methods.
 *
 * @internal
 */
export interface Client<M extends Mode>
  extends RunMethods<M>,
    Pick<ClientContext, typeof MODELS | typeof CALL_OPTIONS> {}

/** The methods of the clients. Each names an operation, and the mode runs it. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class of a mode without these members does not compile
export abstract class Client<M extends Mode> extends ClientState<M> {
  /** @internal */
  readonly [LIFETIME]: Lifetime;
  /** Closes the client. Later calls throw. Idempotent. */
  abstract close(): Returned<M, void>;

  /** @internal */
  constructor(settings: ValidatedClientOptions, classes: ModelClasses<M>, parent: Client<M> | undefined) {
    super(settings, classes);
    this[LIFETIME] = new Lifetime(parent?.[LIFETIME]);
  }

  /**
   * Returns a client of the same class with some options changed. It shares the connections of this one, so that a server
   * with many users needs one pool. It need not be closed. Closing it closes only it, and closing this one closes both.
   *
   * The settings are copied once. `null` and `undefined` mean that an option is unchanged, except for `accessToken`: then
   * the new client has no token.
   *
   * @param options - Any options except `proxy` and `dispatcher`, which belong to the connections.
   * @example
   * ```ts
   * const listener = mixcloud.withOptions({ accessToken: session.token });
   * await listener.favorite('chris/funky-mix');
   * ```
   * @throws `TypeError` if the constructor of a subclass does not pass its options on.
   * @throws `MixcloudClosedError` if the client is closed.
   */
  withOptions(options: DerivedOptions<M>): this {
    if (this[LIFETIME].closed) throw new MixcloudClosedError(closedFailure().message);
    const derivedOptions = deriveOptions(this, options);
    const derived: this = Reflect.construct(this.constructor as new () => this, [derivedOptions]);
    const isShared = derived[LIFETIME]?.parent === this[LIFETIME];
    if (isShared && derived.accessToken === Reflect.get(derivedOptions, 'accessToken')) return derived;
    if (derived[LIFETIME]) void derived.close();
    throw new TypeError(
      `withOptions: the constructor of ${this.constructor.name} must pass its options on whole, as super({ ...options }) does; otherwise override withOptions`,
    );
  }

  /**
   * Fetches a key: a user, a cloudcast, a list…
   *
   * @param key - With or without slashes at its ends, percent-encoded or not, or the URL of a page.
   * @example
   * ```ts
   * const user = await mixcloud.get<User>('bob');
   * const followers = await mixcloud.get<Listing<PartialUser>>('bob/followers');
   * ```
   * @throws `TypeError` if `key` is not a key.
   */
  get<F = AnyFields>(
    key: string,
    options: GetOptions & { readonly createConnections: false } & CallOptions<M>,
  ): Returned<M, PlainResult<M, F>>;
  get<F = AnyFields>(key: string, options?: GetOptions & CallOptions<M>): Returned<M, GetResult<M, F>>;
  get<F = AnyFields>(key: string, options?: GetOptions & CallOptions<M>): unknown {
    return this[RUN](reading.get<M, F>, key, options);
  }

  /** Returns the owner of the access token. */
  me(options?: CallOptions<M>): Returned<M, ResourceOf<M, User>> {
    return this[RUN](reading.me<M, User>, options);
  }

  /**
   * Returns a tag or a place.
   *
   * @param tag - A name (`'Drum & Bass'`), a slug, or a place (`'funk+city:athens'`).
   */
  discover(tag: string, options?: CallOptions<M>): Returned<M, ResourceOf<M, Tag>> {
    return this[RUN](reading.discover<M, Tag>, tag, options);
  }

  /** Returns popular cloudcasts. */
  popular(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>> {
    return this[RUN](reading.list<M, Cloudcast>, 'popular', page);
  }

  /** Returns cloudcasts that are popular now. */
  hot(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>> {
    return this[RUN](reading.list<M, Cloudcast>, 'popular/hot', page);
  }

  /** Returns new cloudcasts. */
  new(page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, Cloudcast>> {
    return this[RUN](reading.list<M, Cloudcast>, 'new', page);
  }

  /**
   * Searches for cloudcasts, users or tags.
   *
   * @example
   * ```ts
   * const johns = await mixcloud.search('john', { type: 'user', page: 2 });
   * ```
   */
  search<T extends SearchType = 'cloudcast'>(
    query: string,
    options?: SearchOptions<T> & CallOptions<M>,
  ): Returned<M, ListOf<M, SearchResult<T>>> {
    return this[RUN](reading.search<M, SearchResult<T>>, query, options);
  }

  /** Fetches many keys at once. Returns the results in the order of `keys`. Throws the first failure, after all requests have settled. */
  getMany<F = AnyFields>(
    keys: readonly string[],
    options?: ConcurrencyOptions & CallOptions<M>,
  ): Returned<M, GetResult<M, F>[]> {
    return this[RUN](reading.getMany<M, F>, keys, options);
  }

  /**
   * Sends a request of any key, for endpoints that this package does not know. Returns what `get` returns for the same
   * response. `POST` and `DELETE` need an access token.
   *
   * @param method - `'GET'`, `'POST'` or `'DELETE'`.
   * @param key - As in `get`.
   * @example
   * ```ts
   * await mixcloud.request('POST', 'station/late-show/comments', { fields: { comment: 'What a set!' } });
   * ```
   * @throws `TypeError` or `RangeError` for a method, a key or fields that cannot be sent.
   * @throws `MixcloudDecodeError` if a file was sent and the response cannot be read, whatever `raiseExceptions` says.
   */
  request<F = AnyFields>(
    method: RequestMethod,
    key: string,
    options?: RequestOptions & CallOptions<M>,
  ): Returned<M, GetResult<M, F>> {
    return this[RUN](request<M, F>, method, key, options);
  }

  /** Follows a user. Needs an access token, as do the other actions. */
  follow(user: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'follow', user, options);
  }

  /** Stops following a user. */
  unfollow(user: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'unfollow', user, options);
  }

  /** Adds a cloudcast to the favorites. */
  favorite(cloudcast: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'favorite', cloudcast, options);
  }

  /** Removes a cloudcast from the favorites. */
  unfavorite(cloudcast: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'unfavorite', cloudcast, options);
  }

  /** Reposts a cloudcast. */
  repost(cloudcast: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'repost', cloudcast, options);
  }

  /** Undoes the repost of a cloudcast. */
  unrepost(cloudcast: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'unrepost', cloudcast, options);
  }

  /** Adds a cloudcast to the list to listen to later. */
  listenLater(cloudcast: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'listenLater', cloudcast, options);
  }

  /** Removes a cloudcast from the list to listen to later. */
  unlistenLater(cloudcast: string, options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](act<ActionResult>, 'unlistenLater', cloudcast, options);
  }

  /** Returns the embedded player of a cloudcast, as an object with `html`. */
  embedJson(cloudcast: string, display?: EmbedOptions & CallOptions<M>): Returned<M, EmbedInfo> {
    return this[RUN](embedJson<EmbedInfo>, cloudcast, display);
  }

  /** Returns the HTML of the embedded player of a cloudcast. */
  embedHtml(cloudcast: string, display?: EmbedOptions & CallOptions<M>): Returned<M, string> {
    return this[RUN](embedHtml, cloudcast, display);
  }

  /** Returns the oEmbed description of a page, or its text with `format: 'xml'`. */
  oembed(key: string, options: OEmbedXmlOptions & CallOptions<M>): Returned<M, string>;
  oembed(key: string, options?: OEmbedOptions & CallOptions<M>): Returned<M, OEmbed>;
  oembed(key: string, options?: (OEmbedOptions | OEmbedXmlOptions) & CallOptions<M>): unknown {
    return this[RUN](oembed<OEmbed>, key, options);
  }

  /**
   * Publishes an audio file. Needs an access token. Checks all fields and files before it sends anything. Streams the
   * file. Never sends an upload twice.
   *
   * @param mp3 - A path, a `file:` URL, bytes, a `Blob` or a `File`; not empty, at most 4 GiB.
   * @example
   * ```ts
   * const response = await mixcloud.upload('show.mp3', 'Last night', {
   *   tags: ['House'],
   *   onProgress: ({ sent, total }) => console.log(`${Math.floor((100 * sent) / total)} %`),
   * });
   * response.result.key; // '/station/last-night/'
   * ```
   * @throws `TypeError` or `RangeError` for fields and files that the API would reject.
   * @throws `MixcloudDecodeError` if the response cannot be read, whatever `raiseExceptions` says.
   */
  upload(mp3: FileLike, name: string, fields?: UploadFields & CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](upload<ActionResult>, mp3, name, fields);
  }

  /**
   * Edits an upload of the access token's owner. Changes only the given fields. Replaces tags, sections and hosts as a
   * whole.
   *
   * @param key - A key without a user part (`'perfect-mix'`) is a key of the current user.
   */
  edit(key: string, fields?: EditFields & CallOptions<M>): Returned<M, ActionResult> {
    return this[RUN](edit<ActionResult>, key, fields);
  }
}
