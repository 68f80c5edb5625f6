import { Mixcloud, MixcloudOAuth, Resource, ResourceList } from 'mixcloud-client';
import { MixcloudOAuthSync, MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';

/**
 * The two modes, for `describe.each(modes)`: every case is written once, with the asynchronous types and with `await`,
 * which does nothing to what the blocking client has returned already.
 *
 * A case that expects an error calls within an asynchronous function, so that a throw is a rejection in both modes.
 */
export const modes = [
  { mode: 'async', Mixcloud, MixcloudOAuth, Resource, ResourceList },
  {
    mode: 'sync',
    Mixcloud: MixcloudSync as unknown as typeof Mixcloud,
    MixcloudOAuth: MixcloudOAuthSync as unknown as typeof MixcloudOAuth,
    Resource: ResourceSync as unknown as typeof Resource,
    ResourceList: ResourceListSync as unknown as typeof ResourceList,
  },
] as const;
