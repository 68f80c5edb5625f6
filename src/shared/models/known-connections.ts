import type { Mode } from '../operations/mode.ts';
import type { CloudcastConnections, TagConnections, UserConnections } from './connections.ts';

const USER: readonly (keyof UserConnections<Mode>)[] = [
  'cloudcasts',
  'comments',
  'favorites',
  'feed',
  'followers',
  'following',
  'listens',
  'playlists',
];
const CLOUDCAST: readonly (keyof CloudcastConnections<Mode>)[] = ['comments', 'favorites', 'listeners', 'similar'];
const TAG: readonly (keyof TagConnections<Mode>)[] = ['latest', 'popular'];

/** Connections that every resource of a type has, whether or not its `metadata` is loaded. */
const BY_TYPE: ReadonlyMap<unknown, readonly string[]> = new Map<string, readonly string[]>([
  ['user', USER],
  ['cloudcast', CLOUDCAST],
  ['tag', TAG],
]);

/** Every connection that the API documents. */
export const KNOWN_CONNECTIONS: readonly string[] = [...new Set([...USER, ...CLOUDCAST, ...TAG])];

/** Returns the connections that are known for a type. */
export function getKnownConnections(type: unknown): readonly string[] {
  return BY_TYPE.get(type) ?? [];
}
