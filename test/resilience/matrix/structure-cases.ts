import type { Mixcloud, Resource, ResourceList } from 'mixcloud-client';
import { expect } from 'vitest';
import { REDIRECT, RESET } from './codes.ts';
import { case_, disconnects, type FaultCase, gives, london, timesOut, unreadable } from './fault-case.ts';

type Fault = FaultCase['fault'];

const BAD_LINK = { throws: { name: 'MixcloudError', code: 'ERR_MIXCLOUD_LINK', always: true } } as const;

/** Keys of what a loop over a list gives; ends at 500, since a list that never ends must not hang the test. */
export async function pager(mixcloud: Mixcloud, key = 'bob/followers'): Promise<string[]> {
  const list = (await mixcloud.get(key)) as unknown as ResourceList;
  const keys: string[] = [];
  for await (const item of list.all({ limit: 500 })) keys.push((item as Resource).key);
  return keys;
}

function walked(length: number) {
  return gives((keys) => {
    expect(keys).toHaveLength(length);
    expect(new Set(keys as string[]).size).toBe(length);
  });
}

// Links name the page size, and the first request does not: the second page and those after it.
const LATER_PAGES = 'limit=';

function onLaterPages(name: string): Fault {
  return { name, query: LATER_PAGES };
}

async function useHostile(mixcloud: Mixcloud): Promise<unknown> {
  const bob = await mixcloud.get('bob');
  // Members win over fields and connections of their names, and nothing calls what is a mere string.
  expect(await bob).toBe(bob);
  expect(String(bob)).toBe("<Resource: User '/bob/'>");
  expect(bob.constructor).toBeTypeOf('function');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.keys(bob)).toContain('__proto__');
  expect(JSON.parse(JSON.stringify(bob)).then).toBe('hostile');
  await bob.load({ force: true });
  const followers = await bob.connection('followers', { limit: 3 });
  expect(followers).toHaveLength(3);
  return bob;
}

/** Well-formed JSON that says something odd, and pages that do. */
export const STRUCTURE_CASES: readonly FaultCase[] = [
  case_('hostile-keys', london, { call: useHostile, options: { timeout: 3000 } }),
  case_('blank-connection', london, { call: async (mixcloud) => (await mixcloud.get('bob')).load() }),
  case_('self-link', walked(20), { call: (mixcloud) => pager(mixcloud), options: { timeout: 3000 } }),
  case_('first-link', walked(20), { call: (mixcloud) => pager(mixcloud), options: { timeout: 3000 } }),
  case_('repeat-page', walked(20), { call: (mixcloud) => pager(mixcloud), options: { timeout: 3000 } }),
  case_('empty-pages', walked(0), { call: (mixcloud) => pager(mixcloud), options: { timeout: 3000 } }),
  case_('bad-links', BAD_LINK, { call: (mixcloud) => pager(mixcloud) }),
  case_('bad-links', BAD_LINK, {
    name: 'bad-links of a connection',
    call: async (mixcloud) => (await mixcloud.get('bob')).connection('followers'),
  }),
  case_('numeric-links', walked(20), { call: (mixcloud) => pager(mixcloud), options: { timeout: 3000 } }),
  case_('numeric-links', london, { name: 'numeric-links of a resource' }),
  case_(
    'mixed-data',
    gives((list) => expect(list).toHaveLength(25)),
    {
      call: async (mixcloud) => {
        const list = await mixcloud.get('bob/followers');
        await (list as unknown as ResourceList).loadAll();
        return list;
      },
      options: { timeout: 5000 },
    },
  ),
  ...['reset', 'end-early'].map((name) =>
    case_(onLaterPages(name), disconnects(RESET), {
      name: `${name} of a later page of a walk`,
      call: (mixcloud) => pager(mixcloud),
    }),
  ),
  case_(onLaterPages('hang'), timesOut(), {
    name: 'hang of a later page of a walk',
    call: (mixcloud) => pager(mixcloud),
  }),
  case_(onLaterPages('html-200'), unreadable(200, true), {
    name: 'html-200 in place of a later page of a walk',
    call: (mixcloud) => pager(mixcloud),
  }),
  case_('reset', disconnects(RESET), {
    name: 'reset of one of many',
    fault: { name: 'reset', on: '/peter/*' },
    call: (mixcloud) => mixcloud.getMany(['bob', 'peter', 'chris']),
  }),
  case_('redirect-loop', disconnects(REDIRECT, /which a POST does not follow/), {
    name: 'redirect of a POST',
    call: (mixcloud) => mixcloud.follow('peter'),
  }),
  case_('redirect-loop', disconnects(REDIRECT, /which a DELETE does not follow/), {
    name: 'redirect of a DELETE',
    call: (mixcloud) => mixcloud.unfollow('peter'),
  }),
  case_('reset', disconnects(RESET), {
    name: 'reset of a POST, which is not sent again',
    fault: { name: 'reset', times: 1 },
    call: (mixcloud) => mixcloud.follow('peter'),
    options: { retries: 3, timeout: 5000 },
  }),
];
