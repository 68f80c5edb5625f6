import type { ApiState } from '../api/api-state.ts';
import { RESERVED_NAMES } from '../api/router.ts';
import type { Account, CloudcastInput, UserInput } from '../handles/messages.ts';
import { toTag } from '../world/cloudcasts.ts';
import type { Cloudcast, User } from '../world/entities.ts';
import type { Store } from '../world/store.ts';

/** Adds a user, with an access token. */
export function addUser({ store, accounts }: ApiState, input: UserInput): { user: User; account: Account } {
  const { username, name = username, biog = '', city, country, isPro = false, isPremium = false, accessToken } = input;
  if (store.user(username)) throw new TypeError(`username: there is a user ${JSON.stringify(username)} already`);
  if (RESERVED_NAMES.has(username.toLowerCase())) {
    throw new TypeError(`username: ${JSON.stringify(username)} is the path of something else`);
  }
  if (accessToken !== undefined && accounts.userByToken(accessToken)) {
    throw new TypeError('accessToken: another user has it already');
  }
  const { random } = store;
  const created = store.tick();
  const user: User = {
    id: created,
    username,
    name,
    biog,
    created,
    updated: created,
    ...(city === undefined ? {} : { city }),
    ...(country === undefined ? {} : { country }),
    hasCover: false,
    picture: random.picturePath('user', username),
    isPro,
    isPremium,
    seeded: false,
  };
  store.addUser(user);
  return { user, account: accounts.register(user, accessToken) };
}

/** Adds a cloudcast that was published before the test began. */
export function addCloudcast(store: Store, owner: User, input: CloudcastInput): Cloudcast {
  const { name, description = '', tags = [], hosts = [], audioLength = 3600, isExclusive = false } = input;
  const slug = store.findFreeSlug(owner, name);
  const id = store.tick();
  const created = input.createdTime ?? id;
  const cloudcast: Cloudcast = {
    id,
    owner,
    slug,
    name,
    description,
    tags: tags.map(toTag),
    created,
    updated: created,
    plays: input.playCount ?? 0,
    listeners: input.listenerCount ?? 0,
    picture: store.random.picturePath('cloudcast', owner.username, slug),
    color: store.random.hex(6, 'cloudcast', owner.username, slug),
    ...(audioLength === 0 ? {} : { audioLength }),
    tracks: [],
    hosts: hosts.map((host) => findHost(store, host)),
    ...(isExclusive ? { exclusive: true } : {}),
    hiddenStats: input.hideStats ?? false,
    disabledComments: false,
    unlisted: input.unlisted ?? false,
    seeded: false,
  };
  store.addCloudcast(cloudcast);
  return cloudcast;
}

function findHost(store: Store, username: string): User {
  const user = store.user(username);
  if (!user) throw new TypeError(`hosts: there is no user ${JSON.stringify(username)}`);
  return user;
}
