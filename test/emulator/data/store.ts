import { OWNER, START_TIME } from '../constants.ts';
import type { Cloudcast, Playlist, Tag, User } from './entities.ts';
import { makeUsers } from './people.ts';
import { hash } from './random.ts';
import { Relation } from './relation.ts';
import { makeArchive, makeShows, TAGS } from './shows.ts';
import { slugify } from './slug.ts';

/** Their lists fill several pages. */
const FAMOUS: ReadonlySet<string> = new Set(['bob', 'peter', 'alice', 'spartacus']);

/** Nobody and nothing is related to this one, in either direction: all its lists are empty. */
const LONELY = 'SilentNewcomer';

/** The state of one world. Every change goes through `changed()`, which drops what was cached of the state before. */
export class Store {
  readonly users: readonly User[] = makeUsers();
  readonly following = new Relation<User, User>();
  readonly favorites = new Relation<User, Cloudcast>();
  readonly reposts = new Relation<User, Cloudcast>();
  readonly listenLater = new Relation<User, Cloudcast>();
  readonly #names = new Map<string, User>();
  readonly #shows = new Map<User, Map<string, Cloudcast>>();
  readonly #seeded: Cloudcast[];
  #archived = false;
  #clock = START_TIME;
  version = 0;

  constructor() {
    for (const user of this.users) this.#names.set(user.username.toLowerCase(), user);
    for (const user of this.users) this.#shows.set(user, new Map());
    this.#seeded = makeShows(this.users);
    for (const show of this.#seeded) this.#shows.get(show.owner)?.set(show.slug, show);
    this.#relate();
  }

  /** A second later at every call, so that what happens in a world has an order. */
  tick(): number {
    this.#clock += 1;
    return this.#clock;
  }

  changed(): void {
    this.version += 1;
  }

  user(name: string): User | undefined {
    return this.#names.get(name.toLowerCase());
  }

  owner(): User {
    const owner = this.user(OWNER);
    if (!owner) throw new Error('the world has no owner');
    return owner;
  }

  cloudcast(owner: User, slug: string): Cloudcast | undefined {
    return this.#showsOf(owner).get(slug);
  }

  /** Newest first. */
  cloudcastsOf(owner: User): Cloudcast[] {
    return [...this.#showsOf(owner).values()].sort((a, b) => b.created - a.created);
  }

  add(show: Cloudcast): void {
    this.#showsOf(show.owner).set(show.slug, show);
    this.changed();
  }

  /** All but the archive, which popular, hot and tag lists leave out: two thousand alike would be all they show. */
  everyCloudcast(): Cloudcast[] {
    return [...this.#shows].flatMap(([owner, shows]) => (owner.username === 'archive' ? [] : [...shows.values()]));
  }

  archive(): Cloudcast[] {
    const owner = this.user('archive');
    return owner ? this.cloudcastsOf(owner) : [];
  }

  tags(): Tag[] {
    const found = new Map(TAGS.map((tag) => [tag.slug, tag]));
    for (const show of this.everyCloudcast()) for (const tag of show.tags) found.set(tag.slug, tag);
    return [...found.values()];
  }

  playlistsOf(owner: User): Playlist[] {
    if (owner.username === LONELY) return [];
    return ['Rainy Day Shelf', 'For the Long Drive', 'Κυριακή πρωί']
      .slice(0, 1 + (hash('playlists', owner.id) % 3))
      .map((name) => ({
        owner,
        name,
        slug: slugify(name),
        cloudcasts: this.#seeded.filter((show) => hash('in', owner.id, name, show.id) % 12 === 0),
      }));
  }

  #showsOf(owner: User): Map<string, Cloudcast> {
    const shows = this.#shows.get(owner) ?? new Map<string, Cloudcast>();
    if (owner.username === 'archive' && !this.#archived) {
      this.#archived = true;
      for (const show of makeArchive(owner)) shows.set(show.slug, show);
    }
    return shows;
  }

  #relate(): void {
    const people = this.users.filter((user) => user.username !== LONELY);
    const slots = people.length * this.#seeded.length;
    for (const from of people) {
      for (const to of people) {
        const share = FAMOUS.has(from.username) || FAMOUS.has(to.username) ? 60 : 12;
        // The owner starts with no tie to bob or certainuser, for whoever follows them first.
        if (from === to || (from.username === OWNER && to.id % 7 === 0)) continue;
        if (hash('follow', from.id, to.id) % 100 < share)
          this.following.add(from, to, spread(from.id, to.id, 7919, 10007));
      }
      for (const [index, show] of this.#seeded.entries()) {
        if (show.owner === from || from.username === OWNER) continue;
        const share = FAMOUS.has(from.username) ? 35 : 6;
        const place = from.id * this.#seeded.length + index;
        if (hash('favorite', from.id, index) % 100 < share) this.favorites.add(from, show, slot(place, slots));
        if (hash('repost', from.id, index) % 100 < 2) this.reposts.add(from, show, slot(place, slots) + 1);
      }
    }
  }
}

/** A time for a pair that no other pair has: stepping by a prime through a prime number of slots visits each once. */
function spread(from: number, to: number, step: number, slots: number): number {
  return START_TIME - 1 - (((from * 100 + to) * step) % slots) * 7207;
}

function slot(place: number, slots: number): number {
  const prime = 30011;
  if (slots > prime) throw new Error('more pairs than slots');
  return START_TIME - 2 - ((place * 7919) % prime) * 3607;
}
