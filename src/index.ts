export type { DispatcherLike } from './async/dispatcher-like.ts';
export { Mixcloud, type MixcloudOptions } from './async/mixcloud.ts';
export { MixcloudOAuth, type MixcloudOAuthOptions } from './async/mixcloud-oauth.ts';
export type { AsyncCallOptions, AsyncMode } from './async/mode.ts';
export { Resource, type ResourceClass } from './async/resource.ts';
export { ResourceList, type ResourceListClass } from './async/resource-list.ts';
export { AccessDictBase as AccessDict } from './shared/access-dict.ts';
export { AccessListBase as AccessList } from './shared/access-list.ts';
export type { Found, GetOptions, Got, SearchOptions } from './shared/client.ts';
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
} from './shared/constants.ts';
export type { JsonObject } from './shared/context.ts';
export { type DateTimeLike, formatDatetime, toTimestamp } from './shared/datetime.ts';
export type { Display } from './shared/display.ts';
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
} from './shared/entities.ts';
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
} from './shared/errors.ts';
export type { Progress } from './shared/exchange.ts';
export type { ConnectionMethods, DictOf, Fields, ListView, OtherFields } from './shared/fields.ts';
export type { FileLike } from './shared/file-source.ts';
export type { CallOptions, IterableOf, ListOf, Mode, Outcome, ResourceOf } from './shared/mode.ts';
export type { OAuthSettings } from './shared/oauth.ts';
export type { Pagination } from './shared/pagination.ts';
export type { LoadOptions, ResourceMembers } from './shared/resource.ts';
export type { AllOptions, ConcurrencyOptions, Paging, ResourceListMembers } from './shared/resource-list.ts';
export type { JsonDecoder, Settings } from './shared/settings.ts';
export type { CommonFields, EditFields, Section, UploadFields } from './shared/upload-fields.ts';
