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
} from '../shared/base/constants.ts';
export type { JsonObject } from '../shared/base/json.ts';
export type { SearchResult } from '../shared/client/client.ts';
export type { DerivedOptions } from '../shared/client/derive.ts';
export type { OAuthOptions } from '../shared/client/oauth.ts';
export type { ClientOptions, JsonDecoder } from '../shared/input/client-options.ts';
export { type DateTime, type DateTimeLike, formatDatetime, toTimestamp } from '../shared/input/datetime.ts';
export type { EmbedOptions, OEmbedOptions, OEmbedXmlOptions } from '../shared/input/embed-options.ts';
export type { FileLike } from '../shared/input/file-like.ts';
export type {
  AllOptions,
  ConcurrencyOptions,
  GetOptions,
  LoadOptions,
  LoginOptions,
  SearchOptions,
  SearchType,
} from '../shared/input/method-options.ts';
export type { Pagination } from '../shared/input/pagination.ts';
export type { QueryParams } from '../shared/input/query-params.ts';
export type { RequestFields, RequestMethod, RequestOptions } from '../shared/input/request-fields.ts';
export type { CommonUploadFields, EditFields, UploadFields } from '../shared/input/upload-fields.ts';
export type { UploadSection } from '../shared/input/upload-sections.ts';
export { AccessDict, type UnknownFields } from '../shared/models/access-dict.ts';
export { AccessList, type AccessListClass, type ItemKey, type ItemsByKey } from '../shared/models/access-list.ts';
export type { CloudcastConnections, TagConnections, UserConnections } from '../shared/models/connections.ts';
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
  PartialUser,
  Pictures,
  Playlist,
  Tag,
  TrackSection,
  User,
} from '../shared/models/entities.ts';
export { type ErrorResponse, isErrorResponse, toError } from '../shared/models/error-response.ts';
export type { ActionsOf, ConnectionsOf, Dict, Fields } from '../shared/models/fields.ts';
export type { PlainResource, ResourceMembers, ResourceView } from '../shared/models/resource.ts';
export type { ListView, PageLinks, ResourceListMembers } from '../shared/models/resource-list.ts';
export type { ResourceOptions } from '../shared/models/resource-state.ts';
export type { CloudcastActions, UserActions } from '../shared/models/targeted-methods.ts';
export type {
  CallOptions,
  GetResult,
  IterableOf,
  ListOf,
  Mode,
  PlainOf,
  PlainResult,
  ResourceOf,
  ResultOf,
  Returned,
} from '../shared/operations/mode.ts';
export {
  type ErrorDetails,
  MixcloudAuthorizationError,
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  type MixcloudErrorInit,
  MixcloudOAuthError,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
} from '../shared/protocol/errors.ts';
export type {
  BaseEvent,
  FailureEvent,
  MixcloudEvent,
  MixcloudEventListener,
  RateLimitEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from '../shared/protocol/events.ts';
export type { Progress } from '../shared/protocol/messages.ts';
export { MixcloudOAuthSync, type MixcloudOAuthSyncOptions } from './mixcloud-oauth-sync.ts';
export {
  MixcloudSync,
  type MixcloudSyncClass,
  type MixcloudSyncOf,
  type MixcloudSyncOptions,
} from './mixcloud-sync.ts';
export type { SyncCallOptions, SyncMode, SyncModeOf } from './mode.ts';
export {
  ResourceListSync,
  type ResourceListSyncClass,
  type ResourceListSyncConstructor,
} from './resource-list-sync.ts';
export { ResourceSync, type ResourceSyncClass, type ResourceSyncConstructor } from './resource-sync.ts';
