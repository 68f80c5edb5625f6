import type { Mixcloud, MixcloudOptions } from 'mixcloud-client';
import type { WorldHandle } from '../emulator/start.ts';

/** A client of either mode whose roots are those of a world. */
export function clientOf(
  Client: new (options: MixcloudOptions) => Mixcloud,
  world: WorldHandle,
  options: MixcloudOptions = {},
): Mixcloud {
  const { apiRoot, mixcloudRoot, oembedRoot } = world;
  return new Client({ apiRoot, mixcloudRoot, oembedRoot, ...options });
}
