export { Mixcloud, type MixcloudOptions } from './async/mixcloud.ts';
export { MixcloudOAuth, type MixcloudOAuthOptions } from './async/mixcloud-oauth.ts';
export type { AsyncCallOptions, AsyncMode } from './async/mode.ts';
export { Resource, type ResourceClass } from './async/resource.ts';
export { ResourceList, type ResourceListClass } from './async/resource-list.ts';
export type { DispatcherLike } from './async/transport/dispatcher-like.ts';
export {
  API_ROOT,
  DESCRIPTION_MAX_SIZE,
  HOST_MAX_COUNT,
  MIXCLOUD_ROOT,
  MP3_MAX_SIZE,
  OAUTH_ROOT,
  OEMBED_ROOT,
  PICTURE_MAX_SIZE,
  TAG_MAX_COUNT,
} from './shared/base/constants.ts';
export type { Found, GetOptions, Got, SearchOptions } from './shared/client/client.ts';
export type { OAuthSettings } from './shared/client/oauth.ts';
export type { JsonDecoder, Settings } from './shared/input/client-options.ts';
export { type DateTimeLike, formatDatetime, toTimestamp } from './shared/input/datetime.ts';
export type { Display } from './shared/input/embed-options.ts';
export type { FileLike } from './shared/input/file-like.ts';
export type { Pagination } from './shared/input/pagination.ts';
export type { CommonFields, EditFields, Section, UploadFields } from './shared/input/upload-fields.ts';
export { AccessDictBase as AccessDict } from './shared/models/access-dict.ts';
export { AccessListBase as AccessList } from './shared/models/access-list.ts';
export type {
  ActionResult,
  AnyFields,
  Cloudcast,
  Comment,
  EmbedInfo,
  Entity,
  FeedItem,
  Listen,
  Listing,
  OEmbed,
  Pictures,
  Playlist,
  Tag,
  TrackSection,
  User,
} from './shared/models/entities.ts';
export type { ConnectionMethods, DictOf, Fields, ListView, OtherFields } from './shared/models/fields.ts';
export type { LoadOptions, ResourceMembers } from './shared/models/resource.ts';
export type { AllOptions, ConcurrencyOptions, Paging, ResourceListMembers } from './shared/models/resource-list.ts';
export type { JsonObject } from './shared/operations/client-context.ts';
export type { CallOptions, IterableOf, ListOf, Mode, Outcome, ResourceOf } from './shared/operations/mode.ts';
export {
  type ErrorDetails,
  type ErrorFacts,
  MixcloudAuthorizationError,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudOAuthError,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
} from './shared/protocol/errors.ts';
export type { Progress } from './shared/protocol/messages.ts';
