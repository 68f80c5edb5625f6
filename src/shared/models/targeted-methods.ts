import type { EmbedOptions } from '../input/embed-options.ts';
import type { EditFields } from '../input/upload-fields.ts';
import { act } from '../operations/actions.ts';
import { embedHtml, embedJson, oembed } from '../operations/embedding.ts';
import { type CallOptions, type DictOf, type Mode, type Returned, RUN } from '../operations/mode.ts';
import { edit } from '../operations/uploads.ts';
import { AccessDict } from './access-dict.ts';
import type { ActionResult, EmbedInfo, OEmbed } from './entities.ts';
import { STATE } from './object-state.ts';
import type { ResourceState } from './resource-state.ts';

/**
 * The methods of the client that target one resource, with the key filled in.
 *
 * They are in a class of their own because connections take precedence over them: a name is a targeted method if this
 * class has it.
 */
export abstract class TargetedMethods<M extends Mode> extends AccessDict {
  /** @internal */
  declare readonly [STATE]: ResourceState<M>;

  /** Path of the resource, such as `/bob/`. */
  abstract readonly key: string;

  /** The client that returned the resource. */
  override get mixcloud(): M['client'] {
    return this[STATE].client as object as M['client'];
  }

  /** Follows this user. Needs an access token. */
  follow(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'follow', this.key, options);
  }

  /** Stops following this user. Needs an access token. */
  unfollow(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'unfollow', this.key, options);
  }

  /** Adds this cloudcast to the favorites. Needs an access token. */
  favorite(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'favorite', this.key, options);
  }

  /** Removes this cloudcast from the favorites. Needs an access token. */
  unfavorite(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'unfavorite', this.key, options);
  }

  /** Reposts this cloudcast. Needs an access token. */
  repost(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'repost', this.key, options);
  }

  /** Undoes the repost of this cloudcast. Needs an access token. */
  unrepost(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'unrepost', this.key, options);
  }

  /** Adds this cloudcast to the list to listen to later. Needs an access token. */
  listenLater(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'listenLater', this.key, options);
  }

  /** Removes this cloudcast from the list to listen to later. Needs an access token. */
  unlistenLater(options?: CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](act<M, ActionResult>, 'unlistenLater', this.key, options);
  }

  /** Returns the embedded player of this cloudcast, as an object with `html`. */
  embedJson(display?: EmbedOptions & CallOptions<M>): Returned<M, DictOf<M, EmbedInfo>> {
    return this[STATE].client[RUN](embedJson<M, EmbedInfo>, this.key, display);
  }

  /** Returns the HTML of the embedded player of this cloudcast. */
  embedHtml(display?: EmbedOptions & CallOptions<M>): Returned<M, string> {
    return this[STATE].client[RUN](embedHtml, this.key, display);
  }

  /** Returns the oEmbed description of this resource, or its text with `format: 'xml'`. */
  oembed(options: { readonly format: 'xml' } & EmbedOptions & CallOptions<M>): Returned<M, string>;
  oembed(options?: { readonly format?: 'json' } & EmbedOptions & CallOptions<M>): Returned<M, DictOf<M, OEmbed>>;
  oembed(options?: { readonly format?: string } & EmbedOptions & CallOptions<M>): unknown {
    return this[STATE].client[RUN](oembed<M, OEmbed>, this.key, options);
  }

  /** Edits this upload. Needs the access token of its owner. See the client's `edit`. */
  edit(fields?: EditFields & CallOptions<M>): Returned<M, DictOf<M, ActionResult>> {
    return this[STATE].client[RUN](edit<M, ActionResult>, this.key, fields);
  }
}
