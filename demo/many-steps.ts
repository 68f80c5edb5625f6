import assert from 'node:assert/strict';
import type { Cloudcast, User } from 'mixcloud-client';
import type { EitherList, EitherResource } from './either.ts';
import type { Step } from './story.ts';
import type { Subject } from './subject.ts';

/** More than two pages, and not too much to ask of the real API. */
export const LIMIT = 25;

export function everyShow({ known }: Subject): Step<readonly EitherResource<Cloudcast>[]> {
  return {
    title: 'A whole list, a page read ahead',
    code: `for await (const show of (await user.cloudcasts({ limit: 10 })).all({ limit: ${LIMIT} })) …`,
    tell: (shows, story) => {
      if (known) assert.equal(shows.length, known.cloudcasts);
      assert.equal(new Set(shows.map(({ key }) => key)).size, shows.length, 'a show came twice');
      story.say(`${shows.length} shows, from ${shows[0]?.name} to ${shows.at(-1)?.name}`);
    },
  };
}

export function several(keys: readonly string[]): Step<readonly EitherResource<User>[]> {
  return {
    title: 'Several at once, in the order they were asked for',
    code: `await mixcloud.getMany<User>(['${keys.slice(0, 2).join("', '")}', …])`,
    tell: (users, story) => {
      assert.deepEqual(
        users.map(({ key }) => key),
        keys,
      );
      assert.equal(
        users.every(({ full }) => full),
        true,
      );
      story.list(users.map(({ name, city }) => `${name}, ${city ?? 'a place untold'}`));
    },
  };
}

export function loadEach(): Step<EitherList<Cloudcast>> {
  return {
    title: 'The rest of every item of a list',
    code: 'await popular.loadAll()',
    tell: (list, story) => {
      assert.equal(
        [...list].every(({ full, description }) => full && typeof description === 'string'),
        true,
      );
      story.say(`${list.length} items, all full`);
    },
  };
}
