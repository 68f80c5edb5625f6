import { brand } from '../base/brand.ts';
import type { JsonObject } from '../base/json.ts';
import type { EmbedOptions } from '../input/embed-options.ts';
import type { Pagination } from '../input/pagination.ts';
import type { EditFields } from '../input/upload-fields.ts';
import * as actions from '../operations/actions.ts';
import * as embedding from '../operations/embedding.ts';
import type { CallOptions, ListOf, Mode, Returned } from '../operations/mode.ts';
import { type OperationRunner, RUN } from '../operations/mode.ts';
import * as operations from '../operations/reading.ts';
import * as uploads from '../operations/uploads.ts';
import type { Operation } from '../protocol/operation.ts';
import { AccessDict } from './access-dict.ts';
import type { ActionResult, EmbedInfo, OEmbed } from './entities.ts';
import type { DictOf } from './fields.ts';
import { load } from './load.ts';
import { STATE } from './object-state.ts';
import { type ResourceOrigin, ResourceState } from './resource-state.ts';

/** A JSON object with a type: a user, a cloudcast, a tag…, with a page of its own. */
export class ResourceBase<M extends Mode> extends AccessDict {
  /** @internal */
  declare readonly [STATE]: ResourceState<M>;

  constructor(data: JsonObject, client: OperationRunner<M>, origin: ResourceOrigin = {}) {
    super(data, client.models, new ResourceState(data, client, origin, ResourceBase.prototype));
  }

  /** Path that names the resource, such as `/bob/`. */
  get key(): string {
    return this[STATE].read('key') as string;
  }

  /** What kind of resource it is, such as `user`. */
  get type(): string {
    return this[STATE].read('type') as string;
  }

  /** Whether everything about it is here: `false` for one inside another object or a list, until it is loaded. */
  get full(): boolean {
    return this[STATE].full;
  }

  /**
   * Fills in what a partial resource lacks and returns it. Does nothing if it is full already, unless forced.
   *
   * Without `raiseExceptions`, an error of the API leaves it as it is: `full` stays `false`.
   *
   * @example
   * ```ts
   * const [mix] = await mixcloud.popular();
   * (await mix?.load())?.description;
   * ```
   */
  load(options?: LoadOptions & CallOptions<M>): Returned<M, this> {
    const { client } = this[STATE];
    return client[RUN](returning(load(this[STATE] as unknown as ResourceState, options), this), options);
  }

  /**
   * Fetches a list that belongs to the resource, by the API's name of it: `connection('listen-later')`.
   *
   * The methods named after the connections do the same; this one also serves a resource that is not loaded.
   */
  connection(name: string, page?: Pagination & CallOptions<M>): Returned<M, ListOf<M, object>> {
    const owner = { key: this.key, links: this[STATE].links };
    return this[STATE].client[RUN](operations.connection(this[STATE].client, owner, name, page), page);
  }

  /** Follows this user. Needs an access token. */
  follow(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'follow', options);
  }

  /** Stops following this user. Needs an access token. */
  unfollow(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'unfollow', options);
  }

  /** Adds this cloudcast to the favorites. Needs an access token. */
  favorite(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'favorite', options);
  }

  /** Takes this cloudcast off the favorites. Needs an access token. */
  unfavorite(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'unfavorite', options);
  }

  /** Reposts this cloudcast. Needs an access token. */
  repost(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'repost', options);
  }

  /** Takes back the repost of this cloudcast. Needs an access token. */
  unrepost(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'unrepost', options);
  }

  /** Adds this cloudcast to the list to listen to later. Needs an access token. */
  listenLater(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'listenLater', options);
  }

  /** Takes this cloudcast off the list to listen to later. Needs an access token. */
  unlistenLater(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return act(this, 'unlistenLater', options);
  }

  /** What embeds a player of this cloudcast. */
  embedJson(display?: EmbedOptions & CallOptions<M>): Returned<M, DictOf<M, EmbedInfo>> {
    const { client } = this[STATE];
    return client[RUN](embedding.embed(client, 'json', this.key, display), display);
  }

  /** HTML that embeds a player of this cloudcast. */
  embedHtml(display?: EmbedOptions & CallOptions<M>): Returned<M, string> {
    const { client } = this[STATE];
    return client[RUN](embedding.embed(client, 'html', this.key, display), display);
  }

  /** What the oEmbed endpoint says of this resource; with `format: 'xml'` as text. */
  oembed(options: { readonly format: 'xml' } & EmbedOptions & CallOptions<M>): Returned<M, string>;
  oembed(options?: { readonly format?: 'json' } & EmbedOptions & CallOptions<M>): Returned<M, DictOf<M, OEmbed>>;
  oembed(options?: { readonly format?: string } & EmbedOptions & CallOptions<M>): unknown {
    const { client } = this[STATE];
    return client[RUN](embedding.oembed(client, this.key, options), options);
  }

  /** Changes this upload. Needs its owner's access token. See the client's `edit`. */
  edit(fields?: EditFields & CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    const { client } = this[STATE];
    return client[RUN](uploads.edit(client, this.key, fields), fields);
  }

  /** For example `<Resource: User '/bob/'>`. */
  override toString(): string {
    const { type, key } = this[STATE].data;
    // Not `String`, which throws for an object whose `toString` is a field.
    const kind = typeof type === 'string' ? type : typeof type;
    const name = typeof key === 'string' ? ` '${key}'` : '';
    return `<Resource: ${kind.charAt(0).toUpperCase()}${kind.slice(1)}${name}>`;
  }
}

/** What every resource has, whatever its fields. The class behind it is not public, and this keeps it a type. */
export interface ResourceMembers<M extends Mode> extends ResourceBase<M> {}

/** Options of `load`. */
export interface LoadOptions {
  /**
   * Load again what is full already.
   *
   * @defaultValue `false`
   */
  readonly force?: boolean | undefined;
}

type Action = Parameters<typeof actions.act>[1];

function act<M extends Mode, T>(resource: ResourceBase<M>, action: Action, options?: CallOptions<M>): Returned<M, T> {
  const { client } = resource[STATE];
  return client[RUN](actions.act(client, action, resource.key, options), options);
}

function* returning<T>(operation: Operation<void>, result: T): Operation<T> {
  yield* operation;
  return result;
}

brand(ResourceBase, 'Resource');
