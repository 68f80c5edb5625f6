import type { Cloudcast, User } from './entities.ts';
import { encodeSegment } from './slug.ts';

export function userKey(user: User): string {
  return `/${encodeSegment(user.username)}/`;
}

export function cloudcastKey(cloudcast: Cloudcast): string {
  return `${userKey(cloudcast.owner)}${encodeSegment(cloudcast.slug)}/`;
}
