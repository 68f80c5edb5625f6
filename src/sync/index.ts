export { MixcloudOAuthSync, type MixcloudOAuthSyncOptions } from './mixcloud-oauth-sync.ts';
export { MixcloudSync, type MixcloudSyncOptions } from './mixcloud-sync.ts';
export type { SyncCallOptions, SyncMode } from './mode.ts';
export { ResourceListSync, type ResourceListSyncClass } from './resource-list-sync.ts';
export { ResourceSync, type ResourceSyncClass } from './resource-sync.ts';
