import { START_TIME } from './constants.ts';
import type { User } from './entities.ts';
import type { Random } from './random.ts';
import { BIOGS, FIRST_WORDS, KNOWN_USERS, PLACES, SECOND_WORDS } from './words.ts';

const DAY = 86400;

/** Nobody and nothing is related to this user, in either direction: all of their lists are empty. */
export const LONELY_USER = 'SilentNewcomer';

/** Their lists fill several pages. */
export const FAMOUS_USERS: ReadonlySet<string> = new Set(['bob', 'peter', 'alice', 'spartacus']);

/** The user with {@link ARCHIVE_SIZE} cloudcasts. */
export const ARCHIVE_USER = 'archive';

function makeUser(
  random: Random,
  id: number,
  username: string,
  name: string,
  place: { city?: string; country?: string },
): User {
  const created = START_TIME - 15 * 365 * DAY + id * 31 * DAY + (random.hash('joined', username) % DAY);
  return {
    id,
    username,
    name,
    biog: username === 'bob' ? 'Bob plays what the neighbours ask for.' : random.pick(BIOGS, 'biog', username),
    created,
    updated: created + (random.hash('updated', username) % (200 * DAY)),
    ...place,
    // Most users have a colour; where it is unset the key must be absent.
    ...(id < 12 || random.hash('color', username) % 4 > 0 ? { color: random.hex(6, 'color', username) } : {}),
    hasCover: id < 3 || random.hash('cover', username) % 2 === 0,
    picture: random.picturePath('user', username),
    isPro: random.hash('pro', username) % 7 === 0,
    isPremium: random.hash('premium', username) % 9 === 0,
    seeded: true,
  };
}

/** A hundred users: those known by name, then pairs of words, with and without upper case in their names. */
export function makeUsers(random: Random): User[] {
  const users = KNOWN_USERS.map(({ username, name, ...place }, id) => makeUser(random, id, username, name, place));
  for (const first of FIRST_WORDS) {
    for (const second of SECOND_WORDS) {
      const id = users.length;
      const styles = [`${first}${second}`, `${first}_${second}`.toLowerCase(), `${first}-${second}FM`];
      const [city, country] = random.pick(PLACES, 'place', id);
      const place = id % 5 === 0 ? {} : id % 7 === 0 ? { country } : { city, country };
      users.push(makeUser(random, id, styles[id % 3] ?? first, `${first} ${second}`, place));
    }
  }
  return users;
}
