import { makeArchive, makeCloudcasts, TAGS } from './cloudcasts.ts';
import { ARCHIVE_SIZE, OWNER, START_TIME } from './constants.ts';
import type { Cloudcast, Playlist, Tag, User } from './entities.ts';
import { Random } from './random.ts';
import { relate } from './relate.ts';
import { Relation } from './relation.ts';
import { slugify } from './slug.ts';
import { ARCHIVE_USER, LONELY_USER, makeUsers } from './users.ts';

/** What a world is made of. */
export interface StoreOptions {
  /** Whether the world starts without users, cloudcasts and tags. */
  readonly empty: boolean;
  readonly seed: number;
}

/** The state of one world. Every change calls `changed()`, so that responses that were cached before it are not used again. */
export class Store {
  readonly random: Random;
  readonly users: User[] = [];
  readonly listenLater = new Relation<User, Cloudcast>();
  readonly #names = new Map<string, User>();
  readonly #cloudcasts = new Map<User, Map<string, Cloudcast>>();
  readonly #tags: readonly Tag[];
  readonly #following = new Relation<User, User>();
  readonly #favorites = new Relation<User, Cloudcast>();
  readonly #reposts = new Relation<User, Cloudcast>();
  #seeded: readonly Cloudcast[] | undefined;
  #hasArchive = false;
  #clock = START_TIME;
  version = 0;

  constructor({ empty, seed }: StoreOptions) {
    this.random = new Random(seed);
    for (const user of empty ? [] : makeUsers(this.random)) this.addUser(user);
    this.#tags = empty ? [] : TAGS;
  }

  get following(): Relation<User, User> {
    this.build();
    return this.#following;
  }

  get favorites(): Relation<User, Cloudcast> {
    this.build();
    return this.#favorites;
  }

  get reposts(): Relation<User, Cloudcast> {
    this.build();
    return this.#reposts;
  }

  /** Makes the cloudcasts and relations of the seed, which is most of the work, unless they are made already. */
  build(): readonly Cloudcast[] {
    if (this.#seeded) return this.#seeded;
    const users = this.users.filter(({ seeded }) => seeded);
    this.#seeded = makeCloudcasts(this.random, users);
    for (const cloudcast of this.#seeded) this.#cloudcasts.get(cloudcast.owner)?.set(cloudcast.slug, cloudcast);
    const [following, favorites, reposts] = [this.#following, this.#favorites, this.#reposts];
    relate({ random: this.random, users, following, favorites, reposts }, this.#seeded);
    return this.#seeded;
  }

  /** One second later at every call, so that what happens in a world has an order. */
  tick(): number {
    this.#clock += 1;
    return this.#clock;
  }

  changed(): void {
    this.version += 1;
  }

  /** The user of a name in any case. */
  user(name: string): User | undefined {
    return this.#names.get(name.toLowerCase());
  }

  /** The station's owner, or the first user of a world that has none. */
  owner(): User | undefined {
    return this.user(OWNER) ?? this.users[0];
  }

  cloudcast(owner: User, slug: string): Cloudcast | undefined {
    return this.#getOwn(owner).get(slug);
  }

  /** All cloudcasts of a user, newest first. */
  getCloudcasts(owner: User): Cloudcast[] {
    return [...this.#getOwn(owner).values()].sort((a, b) => b.created - a.created);
  }

  addUser(user: User): void {
    this.users.push(user);
    this.#names.set(user.username.toLowerCase(), user);
    this.#cloudcasts.set(user, new Map());
    this.changed();
  }

  addCloudcast(cloudcast: Cloudcast): void {
    this.#getOwn(cloudcast.owner).set(cloudcast.slug, cloudcast);
    this.changed();
  }

  /** A slug that the user has not used: that of the name, or with a number behind it, as the API does. */
  findFreeSlug(owner: User, name: string): string {
    const slug = slugify(name) || 'untitled';
    if (!this.cloudcast(owner, slug)) return slug;
    for (let n = 1; ; n += 1) if (!this.cloudcast(owner, `${slug}-${n}`)) return `${slug}-${n}`;
  }

  /** All but the archive, which popular, hot and tag lists leave out: they would show little else. */
  getAllCloudcasts(): Cloudcast[] {
    this.build();
    return [...this.#cloudcasts].flatMap(([owner, own]) => (owner.username === ARCHIVE_USER ? [] : [...own.values()]));
  }

  /** Those that the world began with, without the archive. */
  getSeededCloudcasts(): readonly Cloudcast[] {
    return this.build();
  }

  getArchive(): Cloudcast[] {
    const owner = this.user(ARCHIVE_USER);
    return owner ? this.getCloudcasts(owner) : [];
  }

  getTags(): Tag[] {
    const found = new Map(this.#tags.map((tag) => [tag.slug, tag]));
    for (const { tags } of this.getAllCloudcasts()) for (const tag of tags) found.set(tag.slug, tag);
    return [...found.values()];
  }

  getPlaylists(owner: User): Playlist[] {
    if (!owner.seeded || owner.username === LONELY_USER) return [];
    const { random } = this;
    return ['Rainy Day Shelf', 'For the Long Drive', 'Κυριακή πρωί']
      .slice(0, 1 + (random.hash('playlists', owner.id) % 3))
      .map((name) => ({
        owner,
        name,
        slug: slugify(name),
        cloudcasts: this.build().filter(({ id }) => random.hash('in', owner.id, name, id) % 12 === 0),
      }));
  }

  #getOwn(owner: User): Map<string, Cloudcast> {
    this.build();
    const own = this.#cloudcasts.get(owner) ?? new Map<string, Cloudcast>();
    // Made on the first look: most worlds never look into the archive.
    if (owner.seeded && owner.username === ARCHIVE_USER && !this.#hasArchive) {
      this.#hasArchive = true;
      for (const cloudcast of makeArchive(this.random, owner, ARCHIVE_SIZE)) own.set(cloudcast.slug, cloudcast);
    }
    return own;
  }
}
