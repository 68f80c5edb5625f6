import assert from 'node:assert/strict';
import type { Cloudcast, PartialUser, User } from 'mixcloud-client';
import type { EitherList, EitherResource } from './either.ts';
import type { Step } from './story.ts';
import type { Subject } from './subject.ts';

/** How many items a page has in the demo. */
export const PAGE = 5;

export function fetchUser({ user: name, known }: Subject): Step<EitherResource<User>> {
  return {
    title: 'Fetch a user',
    code: `const user = await mixcloud.get<User>('${name}')`,
    tell: (user, story) => {
      assert.ok(user.type === 'user', `the API answered ${JSON.stringify(user)} in place of a user`);
      assert.equal(user.key.toLowerCase(), `/${name.toLowerCase()}/`);
      if (known) assert.deepEqual([user.name, user.city], [known.name, known.city]);
      if (known) assert.deepEqual([user.cloudcast_count, user.follower_count], [known.cloudcasts, known.followers]);
      story.say(`${user}`);
      const place = user.city === undefined ? 'a place untold' : user.city;
      story.say(`${user.name}, of ${place}: ${user.cloudcast_count} shows, ${user.follower_count} followers`);
    },
  };
}

export function readDates(): Step<EitherResource<User>> {
  return {
    title: 'Dates are dates',
    code: 'user.created_time',
    tell: (user, story) => {
      const joined = user.created_time;
      assert.equal(joined.isValid, true);
      assert.equal(joined.zoneName, 'UTC');
      assert.equal(`${joined.toISO({ suppressMilliseconds: true })}`, user.data.created_time);
      story.say(`a DateTime: ${joined.toFormat('cccc, d MMMM yyyy, HH:mm', { locale: 'en' })} UTC`);
      story.say(`user.data keeps what the API sent: '${user.data.created_time}'`);
    },
  };
}

export function search({ query, known }: Subject): Step<EitherList<Cloudcast>> {
  return {
    title: 'Search',
    code: `await mixcloud.search('${query}', { page: 0, perPage: ${PAGE} })`,
    tell: (found, story) => {
      assert.ok(Array.isArray(found), `the API answered ${JSON.stringify(found)} in place of a list`);
      assert.equal(found.length > 0 && found.length <= PAGE, true, `a page of a search has ${found.length} items`);
      if (known) assert.equal(found.length, PAGE);
      story.list([...found].map(titleOf));
    },
  };
}

export function popular({ known }: Subject): Step<EitherList<Cloudcast>> {
  return {
    title: 'A list',
    code: `const popular = await mixcloud.popular({ limit: ${PAGE} })`,
    tell: (list, story) => {
      assert.equal(list.length, PAGE);
      if (known) assert.deepEqual([list.name, list[0]?.key], ['Popular Cloudcasts', `/${known.mostPopular}/`]);
      story.say(`${list}`);
      story.list([...list].map(titleOf));
    },
  };
}

export function nextPage(first: EitherList<Cloudcast>): Step<EitherList<Cloudcast> | null> {
  return {
    title: 'The next page of it',
    code: 'await popular.next()',
    tell: (second, story) => {
      assert.ok(second, 'there is a second page');
      assert.equal(second.length, PAGE);
      const before = new Set([...first].map(({ key }) => key));
      assert.equal([...second].filter(({ key }) => before.has(key)).length, 0, 'the second page repeats the first');
      story.list([...second].map(titleOf));
    },
  };
}

export function byKey(list: EitherList<Cloudcast>, key: string): Step<EitherResource<Cloudcast>> {
  return {
    title: 'An item of it, by its key',
    code: `const mix = popular['${key}']`,
    tell: (mix, story) => {
      assert.equal(mix, list[0]);
      assert.equal(mix.full, false);
      assert.equal(mix.description, undefined);
      story.say(`${mix}`);
      story.say(`full: ${mix.full}, as in every list: it has no description, for one`);
    },
  };
}

/** An item that has to be there. */
export function found<T>(item: T | undefined): T {
  assert.ok(item, 'the list has no such item');
  return item;
}

export function load(): Step<EitherResource<Cloudcast>> {
  return {
    title: 'Load the rest of it',
    code: 'await mix.load()',
    tell: (mix, story) => {
      assert.equal(mix.full, true);
      assert.equal(typeof mix.description, 'string');
      story.say(`full: ${mix.full}, description: ${JSON.stringify(mix.description?.slice(0, 60))}`);
    },
  };
}

export function followers({ user, known }: Subject): Step<EitherList<PartialUser>> {
  return {
    title: 'A connection',
    code: `await user.followers({ limit: ${PAGE} })`,
    tell: (list, story) => {
      if (known) assert.deepEqual([list.name, list.length], [`${known.name}'s followers`, PAGE]);
      for (const follower of list) assert.equal(follower.type, 'user');
      story.say(`${list}, of ${user}`);
      story.list([...list].map(({ name }) => name));
    },
  };
}

export function embed({ known }: Subject): Step<string> {
  return {
    title: 'Embed code',
    code: 'await mix.embedHtml({ width: 300, height: 150 })',
    tell: (html, story) => {
      assert.match(html, /^<iframe\s[^>]*>/);
      if (known) assert.match(html, /width="300" height="150"/);
      story.say(html.trim());
    },
  };
}

function titleOf({ name, user }: { readonly name: string; readonly user: { readonly name: string } }): string {
  return `${name} (${user.name})`;
}
