/** What the methods of a handle return, as plain data. */
import type { ApiState } from '../api/api-state.ts';
import type { RequestRecord, UploadRecord, UserState } from '../handles/records.ts';
import type { LogEntry } from '../server/request-log.ts';
import type { Cloudcast, User } from '../world/entities.ts';
import { cloudcastKey, userKey } from '../world/keys.ts';
import type { SentForm, StoredUpload } from '../world/uploads.ts';

/** What a cloudcast holds that its JSON does not show. */
export interface CloudcastRecord {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly sections: readonly Readonly<Record<string, string>>[];
  readonly hosts: readonly string[];
  readonly unlisted: boolean;
  readonly hiddenStats: boolean;
  readonly disabledComments: boolean;
  readonly publishDate: string | null;
}

/** The user of a name, or throws a `TypeError`. */
export function findUser({ store }: ApiState, username: string): User {
  const user = store.user(username);
  if (!user) throw new TypeError(`username: there is no user ${JSON.stringify(username)}`);
  return user;
}

/** The cloudcast of a key, or throws a `TypeError`. */
export function findCloudcast({ store }: ApiState, key: string): Cloudcast {
  const [name = '', slug = ''] = decodeURIComponent(key).split('/').filter(Boolean);
  const owner = store.user(name);
  const cloudcast = owner && store.cloudcast(owner, slug);
  if (!cloudcast) throw new TypeError(`key: there is no cloudcast ${JSON.stringify(key)}`);
  return cloudcast;
}

export function toRequestRecord({ method, url, headers, body, status }: LogEntry): RequestRecord {
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(mark))),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    fields: toFields(body),
    files: body.files,
    status,
  };
}

/** One record, or none for a cloudcast that was edited only. */
export function toUploadRecord({ cloudcast, upload }: StoredUpload): UploadRecord[] {
  return upload ? [{ key: cloudcastKey(cloudcast), fields: toFields(upload), files: upload.files }] : [];
}

export function toUserState({ store }: ApiState, user: User): UserState {
  return {
    username: user.username,
    following: store.following.targets(user).map(({ item }) => userKey(item)),
    followers: store.following.sources(user).map(({ item }) => userKey(item)),
    favorites: store.favorites.targets(user).map(({ item }) => cloudcastKey(item)),
    reposts: store.reposts.targets(user).map(({ item }) => cloudcastKey(item)),
    listenLater: store.listenLater.targets(user).map(({ item }) => cloudcastKey(item)),
    cloudcasts: store.getCloudcasts(user).map(cloudcastKey),
  };
}

export function toCloudcastRecord({ uploads }: ApiState, cloudcast: Cloudcast): CloudcastRecord {
  return {
    key: cloudcastKey(cloudcast),
    name: cloudcast.name,
    description: cloudcast.description,
    tags: cloudcast.tags.map((tag) => tag.name),
    sections: uploads.sections(cloudcast),
    hosts: cloudcast.hosts.map((host) => host.username),
    unlisted: cloudcast.unlisted,
    hiddenStats: cloudcast.hiddenStats,
    disabledComments: cloudcast.disabledComments,
    publishDate: cloudcast.publishDate ?? null,
  };
}

function toFields({ fields }: Pick<SentForm, 'fields'>): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}
