import { START_TIME } from '../constants.ts';
import type { User } from './entities.ts';
import { hash, hex, pick, pictureId } from './random.ts';
import { BIOGS, FIRST_WORDS, KNOWN_USERS, PLACES, SECOND_WORDS } from './words.ts';

const DAY = 86400;

function person(id: number, username: string, name: string, place: { city?: string; country?: string }): User {
  const created = START_TIME - 15 * 365 * DAY + id * 31 * DAY + (hash('joined', username) % DAY);
  return {
    id,
    username,
    name,
    biog: username === 'bob' ? 'Bob plays what the neighbours ask for.' : pick(BIOGS, 'biog', username),
    created,
    updated: created + (hash('updated', username) % (200 * DAY)),
    ...place,
    // The two users with a token, and most others, have a colour; where it is unset the key must be absent.
    ...(id < 12 || hash('color', username) % 4 > 0 ? { color: hex(6, 'color', username) } : {}),
    hasCover: id < 3 || hash('cover', username) % 2 === 0,
    picture: pictureId('user', username),
    isPro: hash('pro', username) % 7 === 0,
    isPremium: hash('premium', username) % 9 === 0,
  };
}

/** A hundred users: those known by name, then pairs of words, with and without upper case in their names. */
export function makeUsers(): User[] {
  const users = KNOWN_USERS.map(({ username, name, ...place }, id) => person(id, username, name, place));
  for (const first of FIRST_WORDS) {
    for (const second of SECOND_WORDS) {
      const id = users.length;
      const styles = [`${first}${second}`, `${first}_${second}`.toLowerCase(), `${first}-${second}FM`];
      const [city, country] = pick(PLACES, 'place', id);
      users.push(
        person(
          id,
          styles[id % 3] ?? first,
          `${first} ${second}`,
          id % 5 === 0 ? {} : id % 7 === 0 ? { country } : { city, country },
        ),
      );
    }
  }
  return users;
}
