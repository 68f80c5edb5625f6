import { ARCHIVE_SIZE, START_TIME } from '../constants.ts';
import type { Cloudcast, Tag, User } from './entities.ts';
import { hash, hex, pick, pictureId } from './random.ts';
import { slugify } from './slug.ts';
import { ARTISTS, DESCRIPTIONS, SONGS, TAG_NAMES, TITLES } from './words.ts';

const HOUR = 3600;

export const TAGS: readonly Tag[] = TAG_NAMES.map((name) => ({ name, slug: slugify(name) }));

export function tagNamed(name: string): Tag {
  const slug = slugify(name);
  return TAGS.find((tag) => tag.slug === slug) ?? { name, slug };
}

interface Known {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly traits?: Partial<Cloudcast>;
}

/** Cloudcasts that documents and tests call by name, oldest first. */
const KNOWN_SHOWS: Readonly<Record<string, readonly Known[]>> = {
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

function makeShow(owner: User, index: number, known: Known, created: number): Cloudcast {
  const seed = `${owner.username}/${index}`;
  const count = 1 + (hash('tags', seed) % 4);
  const tags = known.tags ?? [0, 1, 2, 3].slice(0, count).map((n) => pick(TAG_NAMES, 'tag', n, seed));
  return {
    id: owner.id * 5000 + index,
    owner,
    slug: slugify(known.name),
    name: known.name,
    description: pick(DESCRIPTIONS, 'description', seed),
    tags: [...new Set(tags)].map(tagNamed),
    created,
    updated: created + (hash('edited', seed) % (90 * 24 * HOUR)),
    plays: 50 + (hash('plays', seed) % 20000),
    listeners: 10 + (hash('listeners', seed) % 900),
    picture: pictureId('cloudcast', seed),
    color: hex(6, 'shade', seed),
    audioLength: 1800 + (hash('length', seed) % 5400),
    tracks: [],
    hosts: [],
    hiddenStats: false,
    disabledComments: false,
    unlisted: false,
    ...known.traits,
  };
}

function trackList(seed: string): Cloudcast['tracks'] {
  return [0, 1, 2, 3, 4, 5].map((position) => ({
    artist: pick(ARTISTS, 'artist', seed, position),
    song: pick(SONGS, 'song', seed, position),
    ...(position % 3 === 2 ? {} : { start: position * 240 }),
  }));
}

/** Everything but the archive's cloudcasts. Creation times differ, as lists by date cannot tell equal seconds apart. */
export function makeShows(users: readonly User[]): Cloudcast[] {
  const plans = users.flatMap((owner) => {
    const known = KNOWN_SHOWS[owner.username];
    if (known) return known.map((show, index) => ({ owner, index, show }));
    return Array.from({ length: 1 + (owner.id % 2) }, (_, index) => {
      const title = TITLES[(owner.id + index * 7) % TITLES.length] ?? 'Untitled {n}';
      return { owner, index, show: { name: title.replace('{n}', String(index + 1)) } };
    });
  });
  return plans.map(({ owner, index, show }, position) => {
    const created = START_TIME - (plans.length - ((position * 89) % plans.length)) * 13 * HOUR - (position % 3600);
    // One's own shows must run oldest first, so within an owner the index decides and the mix of owners stays.
    const ordered = KNOWN_SHOWS[owner.username] ? START_TIME - (400 - index) * 11 * HOUR - owner.id * 61 - 1 : created;
    return decorate(makeShow(owner, index, show, ordered), users);
  });
}

/** The rare fields, each on one cloudcast known by name. */
function decorate(show: Cloudcast, users: readonly User[]): Cloudcast {
  const name = `${show.owner.username}/${show.slug}`;
  if (name === 'luke/a-nice-mix') return { ...show, tracks: trackList(name) };
  if (name === 'spartacus/road-to-the-south') return { ...show, hosts: users.slice(0, 2) };
  if (name === 'spartacus/vesuvius-by-night') return { ...show, exclusive: true };
  if (name === 'stationowner/harbour-morning') {
    // Still being processed: it has no length yet.
    const { audioLength: _length, ...rest } = show;
    return rest;
  }
  return show;
}

/** Made when somebody first asks: most worlds never look into the archive. */
export function makeArchive(owner: User): Cloudcast[] {
  return Array.from({ length: ARCHIVE_SIZE }, (_, index) => {
    const tag = TAG_NAMES[index % TAG_NAMES.length] ?? 'Funk';
    const name = `Archive ${String(index + 1).padStart(4, '0')}: ${tag} hour`;
    const created = START_TIME - 400 * 24 * HOUR - (ARCHIVE_SIZE - index) * 25 * HOUR;
    return makeShow(owner, index, { name, tags: [tag] }, created);
  });
}
