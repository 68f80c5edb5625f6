import { START_TIME } from './constants.ts';
import type { Cloudcast, Tag, User } from './entities.ts';
import type { Random } from './random.ts';
import { slugify } from './slug.ts';
import { ARTISTS, DESCRIPTIONS, SONGS, TAG_NAMES, TITLES } from './words.ts';

const HOUR = 3600;

export const TAGS: readonly Tag[] = TAG_NAMES.map((name) => ({ name, slug: slugify(name) }));

const TAGS_BY_NAME: ReadonlyMap<string, Tag> = new Map(TAGS.map((tag) => [tag.name, tag]));

/** The tag of a name as people write it. An unknown one is new. */
export function toTag(name: string): Tag {
  const known = TAGS_BY_NAME.get(name);
  if (known) return known;
  const slug = slugify(name);
  return TAGS.find((tag) => tag.slug === slug) ?? { name, slug };
}

interface KnownCloudcast {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly traits?: Partial<Cloudcast>;
}

/** Cloudcasts that documents and tests call by name, oldest first. */
const KNOWN_CLOUDCASTS: Readonly<Record<string, readonly KnownCloudcast[]>> = {
  bob: Array.from({ length: 25 }, (_, index) => ({ name: `Bob's Front Room ${index + 1}` })),
  peter: [{ name: 'Olive Grove Radio' }, { name: 'Olive Grove Radio, part two', traits: { hiddenStats: true } }],
  alice: Array.from({ length: 31 }, (_, index) => ({ name: `Fun Times Ep. ${index + 1}` })),
  luke: [{ name: 'A Nice Mix', tags: ['Funk', 'Soul'] }],
  chris: [{ name: 'Funky Mix', tags: ['Funk', 'Jazz'], traits: { plays: 987654, listeners: 45678 } }],
  someuser: [
    { name: 'Somemix', tags: ['Ambient', 'Jazz', 'Funk'] },
    { name: 'The Best Mix', tags: ['Jazz'] },
  ],
  spartacus: [{ name: 'Arena Warm-Up' }, { name: 'Road to the South' }, { name: 'Vesuvius by Night' }],
  certainuser: [{ name: 'Certainly' }],
  auser: [{ name: 'Acloudcast', tags: ['Techno'] }],
  stationowner: [{ name: 'Perfect Mix', tags: ['Deep House', 'Funk'] }, { name: 'Harbour Morning' }],
  SilentNewcomer: [],
  archive: [],
};

function makeCloudcast(random: Random, owner: User, index: number, known: KnownCloudcast, created: number): Cloudcast {
  const seed = `${owner.username}/${index}`;
  const count = 1 + (random.hash('tags', seed) % 4);
  const tags = known.tags ?? [0, 1, 2, 3].slice(0, count).map((n) => random.pick(TAG_NAMES, 'tag', n, seed));
  return {
    id: owner.id * 5000 + index,
    owner,
    slug: slugify(known.name),
    name: known.name,
    description: random.pick(DESCRIPTIONS, 'description', seed),
    tags: [...new Set(tags)].map(toTag),
    created,
    updated: created + (random.hash('edited', seed) % (90 * 24 * HOUR)),
    plays: 50 + (random.hash('plays', seed) % 20000),
    listeners: 10 + (random.hash('listeners', seed) % 900),
    picture: random.picturePath('cloudcast', seed),
    color: random.hex(6, 'shade', seed),
    audioLength: 1800 + (random.hash('length', seed) % 5400),
    tracks: [],
    hosts: [],
    hiddenStats: false,
    disabledComments: false,
    unlisted: false,
    seeded: true,
    ...known.traits,
  };
}

function makeTracks(random: Random, seed: string): Cloudcast['tracks'] {
  return [0, 1, 2, 3, 4, 5].map((position) => ({
    artist: random.pick(ARTISTS, 'artist', seed, position),
    song: random.pick(SONGS, 'song', seed, position),
    ...(position % 3 === 2 ? {} : { start: position * 240 }),
  }));
}

/** Every cloudcast but those of the archive. Creation times differ, as lists by date cannot tell equal seconds apart. */
export function makeCloudcasts(random: Random, users: readonly User[]): Cloudcast[] {
  const plans = users.flatMap((owner) => {
    const known = KNOWN_CLOUDCASTS[owner.username];
    if (known) return known.map((show, index) => ({ owner, index, show }));
    return Array.from({ length: 1 + (owner.id % 2) }, (_, index) => {
      const title = TITLES[(owner.id + index * 7) % TITLES.length] ?? 'Untitled {n}';
      return { owner, index, show: { name: title.replace('{n}', String(index + 1)) } };
    });
  });
  return plans.map(({ owner, index, show }, position) => {
    const created = START_TIME - (plans.length - ((position * 89) % plans.length)) * 13 * HOUR - (position % 3600);
    // Cloudcasts known by name run oldest first within their owner; the others are mixed.
    const ordered = KNOWN_CLOUDCASTS[owner.username]
      ? START_TIME - (400 - index) * 11 * HOUR - owner.id * 61 - 1
      : created;
    return decorate(random, makeCloudcast(random, owner, index, show, ordered), users);
  });
}

/** Adds the rare fields, each to one cloudcast known by name. */
function decorate(random: Random, show: Cloudcast, users: readonly User[]): Cloudcast {
  const name = `${show.owner.username}/${show.slug}`;
  if (name === 'luke/a-nice-mix') return { ...show, tracks: makeTracks(random, name) };
  if (name === 'spartacus/road-to-the-south') return { ...show, hosts: users.slice(0, 2) };
  if (name === 'spartacus/vesuvius-by-night') return { ...show, exclusive: true };
  if (name === 'stationowner/harbour-morning') {
    // Still being processed: it has no length yet.
    const { audioLength: _length, ...rest } = show;
    return rest;
  }
  return show;
}

/** The archive's cloudcasts. */
export function makeArchive(random: Random, owner: User, size: number): Cloudcast[] {
  return Array.from({ length: size }, (_, index) => {
    const tag = TAG_NAMES[index % TAG_NAMES.length] ?? 'Funk';
    const name = `Archive ${String(index + 1).padStart(4, '0')}: ${tag} hour`;
    const created = START_TIME - 400 * 24 * HOUR - (size - index) * 25 * HOUR;
    return makeCloudcast(random, owner, index, { name, tags: [tag] }, created);
  });
}
