import type { EmbedOptions, OEmbedOptions, OEmbedXmlOptions } from '../input/embed-options.ts';
import type { EditFields } from '../input/upload-fields.ts';
import { act } from '../operations/actions.ts';
import { embedHtml, embedJson, oembed } from '../operations/embedding.ts';
import { type CallOptions, type Mode, type Returned, RUN } from '../operations/mode.ts';
import { edit } from '../operations/uploads.ts';
import { AccessDict } from './access-dict.ts';
import type { ActionResult, EmbedInfo, OEmbed } from './entities.ts';
import { STATE } from './object-state.ts';
import type { ResourceState } from './resource-state.ts';

/** Actions on a user. */
export interface UserActions<M extends Mode> {
  /** Follows this user. Needs an access token. */
  follow(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Stops following this user. Needs an access token. */
  unfollow(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Returns the oEmbed description of this user, as XML text. */
  oembed(options: OEmbedXmlOptions & CallOptions<M>): Returned<M, string>;
  /** Returns the oEmbed description of this user. */
  oembed(options?: OEmbedOptions & CallOptions<M>): Returned<M, OEmbed>;
}

/** Actions on a cloudcast. */
export interface CloudcastActions<M extends Mode> {
  /** Adds this cloudcast to the favorites. Needs an access token. */
  favorite(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Removes this cloudcast from the favorites. Needs an access token. */
  unfavorite(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Reposts this cloudcast. Needs an access token. */
  repost(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Undoes the repost of this cloudcast. Needs an access token. */
  unrepost(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Adds this cloudcast to the list to listen to later. Needs an access token. */
  listenLater(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Removes this cloudcast from the list to listen to later. Needs an access token. */
  unlistenLater(options?: CallOptions<M>): Returned<M, ActionResult>;
  /** Returns the embedded player of this cloudcast, as an object with `html`. */
  embedJson(display?: EmbedOptions & CallOptions<M>): Returned<M, EmbedInfo>;
  /** Returns the HTML of the embedded player of this cloudcast. */
  embedHtml(display?: EmbedOptions & CallOptions<M>): Returned<M, string>;
  /** Returns the oEmbed description of this cloudcast, as XML text. */
  oembed(options: OEmbedXmlOptions & CallOptions<M>): Returned<M, string>;
  /** Returns the oEmbed description of this cloudcast. */
  oembed(options?: OEmbedOptions & CallOptions<M>): Returned<M, OEmbed>;
  /** Edits this upload. Needs the access token of its owner. See the client's `edit`. */
  edit(fields?: EditFields & CallOptions<M>): Returned<M, ActionResult>;
}

/**
 * The methods of the client that target one resource, with the key filled in.
 *
 * They are in a class of their own because connections take precedence over them: a name is a targeted method if this
 * class has it.
 */
export abstract class TargetedMethods<M extends Mode>
  extends AccessDict
  implements UserActions<M>, CloudcastActions<M>
{
  /** @internal */
  declare readonly [STATE]: ResourceState<M>;

  /** Path of the resource, such as `/bob/`. */
  abstract readonly key: string;

  /** The client that returned the resource. */
  override get mixcloud(): M['client'] {
    return this[STATE].client as object as M['client'];
  }

  follow(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'follow', this.key, options);
  }

  unfollow(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'unfollow', this.key, options);
  }

  favorite(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'favorite', this.key, options);
  }

  unfavorite(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'unfavorite', this.key, options);
  }

  repost(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'repost', this.key, options);
  }

  unrepost(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'unrepost', this.key, options);
  }

  listenLater(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'listenLater', this.key, options);
  }

  unlistenLater(options?: CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](act<ActionResult>, 'unlistenLater', this.key, options);
  }

  embedJson(display?: EmbedOptions & CallOptions<M>): Returned<M, EmbedInfo> {
    return this[STATE].client[RUN](embedJson<EmbedInfo>, this.key, display);
  }

  embedHtml(display?: EmbedOptions & CallOptions<M>): Returned<M, string> {
    return this[STATE].client[RUN](embedHtml, this.key, display);
  }

  oembed(options: OEmbedXmlOptions & CallOptions<M>): Returned<M, string>;
  oembed(options?: OEmbedOptions & CallOptions<M>): Returned<M, OEmbed>;
  oembed(options?: (OEmbedOptions | OEmbedXmlOptions) & CallOptions<M>): unknown {
    return this[STATE].client[RUN](oembed<OEmbed>, this.key, options);
  }

  edit(fields?: EditFields & CallOptions<M>): Returned<M, ActionResult> {
    return this[STATE].client[RUN](edit<ActionResult>, this.key, fields);
  }
}
