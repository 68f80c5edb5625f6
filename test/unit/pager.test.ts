import { describe, expect, it } from 'vitest';
import type { AccessDictBase } from '../../src/shared/models/access-dict.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { adjacent, type Page, type Walk, walk } from '../../src/shared/operations/pager.ts';
import { MixcloudConnectionError, MixcloudDecodeError, MixcloudError } from '../../src/shared/protocol/errors.ts';
import type { Reply } from '../../src/shared/protocol/messages.ts';
import { answer, apiError, context, type FakeMode, FakeRunner, failure, owner, TOKEN } from './fakes.ts';

const API = 'https://api.mixcloud.com/new/';
const user = (name: string) => ({ key: `/${name}/`, type: 'user' });
/** The data of a page: users of one letter each, and where the next page is. */
const data = (names: string, next?: unknown) => ({
  data: [...names].map(user),
  ...(next === undefined ? {} : { paging: { next: typeof next === 'number' ? `${API}?offset=${next}` : next } }),
});
const page = (names: string, next?: unknown, client = context()): Page => {
  const { data: items, ...rest } = data(names, next);
  return new ResourceListBase({ ...rest, data: items }, client) as Page;
};
const UNLIMITED = Number.POSITIVE_INFINITY;

/** Steps a walk by hand, giving the next of the replies at each wait; tells what it did as one word each. */
function trace(flow: Walk, ...replies: readonly Reply[]): string[] {
  const left = [...replies];
  const told: string[] = [];
  let given: readonly Reply[] | undefined;
  for (;;) {
    const turn = flow.next(given);
    if (turn.done) break;
    given = undefined;
    if (turn.value.do === 'start') {
      expect(turn.value.step.concurrency).toBe(1);
      told.push(...turn.value.step.requests.map(({ url }) => `start ${url.replace(API, '')}`));
    } else if (turn.value.do === 'give') {
      told.push((turn.value.item as AccessDictBase).data.key.slice(1, -1));
    } else {
      const reply = left.shift();
      if (reply === undefined) throw new Error(`no reply is left after ${told.join(' ')}`);
      told.push('wait');
      given = [reply];
    }
  }
  expect(left).toEqual([]);
  return told;
}

const run = (first: Page, limit: number, ...replies: Reply[]) => trace(walk(context(), first, limit, {}), ...replies);
const second = 'start ?offset=2&metadata=1';
const third = 'start ?offset=4&metadata=1';

describe('a walk', () => {
  it('starts the next page before it gives the items of this one', () => {
    const told = run(page('ab', 2), UNLIMITED, answer(data('cd', 4)), answer(data('e')));
    expect(told).toEqual([second, 'a', 'b', 'wait', third, 'c', 'd', 'wait', 'e']);
  });

  it('of one page asks for nothing', () => {
    expect(run(page('ab'), UNLIMITED)).toEqual(['a', 'b']);
    expect(run(page(''), UNLIMITED)).toEqual([]);
  });

  it.each<readonly [number, string[]]>([
    [0, []],
    [1, ['a']],
    [2, ['a', 'b']],
    [3, [second, 'a', 'b', 'wait', 'c']],
    [4, [second, 'a', 'b', 'wait', 'c', 'd']],
    [5, [second, 'a', 'b', 'wait', third, 'c', 'd', 'wait', 'e']],
  ])('with a limit of %d asks for no page that it does not need', (limit, expected) => {
    const replies = [answer(data('cd', 4)), answer(data('ef'))];
    expect(run(page('ab', 2), limit, ...replies.slice(0, expected.filter((word) => word === 'wait').length))).toEqual(
      expected,
    );
  });

  it('gives the items that reading the page gives', () => {
    const first = page('ab');
    expect([...walk(context(), first, UNLIMITED, {})]).toEqual([
      { do: 'give', item: first[0] },
      { do: 'give', item: first[1] },
    ]);
  });

  it('sends the token to the API only, with the time-out of the call', () => {
    const request = (next: string) => {
      const { value } = walk(owner(), page('a', next), UNLIMITED, { timeout: 9 }).next();
      if (value?.do !== 'start') throw new Error('expected it to start');
      return value.step.requests[0];
    };
    expect(request(`${API}?access_token=${TOKEN}&offset=2`)).toEqual({
      method: 'GET',
      url: `${API}?offset=2&metadata=1`,
      secrets: { access_token: TOKEN },
      repeatable: true,
      timeout: 9,
    });
    expect(request('https://evil.example/?offset=2')).toMatchObject({ secrets: {} });
  });
});

describe('a walk ends', () => {
  const ends = (...replies: Reply[]) => run(page('ab', 2), UNLIMITED, ...replies);
  const begun = [second, 'a', 'b', 'wait'];

  it.each<readonly [string, Reply]>([
    ['an empty page', answer(data('', 4))],
    ['the same page', answer(data('ab', 4))],
    ['an object without items', answer({})],
    ['items that are no array', answer({ data: 'cd' })],
    ['a resource', answer(user('c'))],
  ])('at %s', (_name, reply) => {
    expect(ends(reply)).toEqual(begun);
  });

  it('at a page that came before, however long ago', () => {
    const told = ends(answer(data('cd', 4)), answer(data('ef', 6)), answer(data('cd', 4)));
    expect(told.filter((word) => /^[a-z]$/.test(word)).join('')).toBe('abcdef');
  });

  it('not at a page that shares items with the one before', () => {
    expect(ends(answer(data('bc')))).toEqual([...begun, 'b', 'c']);
  });

  it('at a repeated page of items without keys', () => {
    const items = { data: [{ n: 1 }, 'x', null], paging: { next: `${API}?offset=2` } };
    const first = new ResourceListBase(items, context()) as Page;
    const steps: string[] = [];
    const flow = walk(context(), first, UNLIMITED, {});
    let turn = flow.next();
    while (!turn.done) {
      steps.push(turn.value.do);
      turn = flow.next(turn.value.do === 'wait' ? [answer(items)] : undefined);
    }
    expect(steps).toEqual(['start', 'give', 'give', 'give', 'wait']);
  });

  it.each([undefined, '', null, 5, {}, ['x']])('where the link to the next page is %j', (next) => {
    const first = new ResourceListBase({ data: [user('a')], paging: { next } }, context()) as Page;
    expect(run(first, UNLIMITED)).toEqual(['a']);
  });

  it.each([undefined, null, 'x', [`${API}?offset=2`]])('where paging is %j', (paging) => {
    const first = new ResourceListBase({ data: [user('a')], paging }, context()) as Page;
    expect(run(first, UNLIMITED)).toEqual(['a']);
    expect(adjacent(first, 'next')).toBeUndefined();
  });
});

describe('a walk throws', () => {
  it.each<readonly [string, Reply, new (...args: never[]) => Error]>([
    ['an error of the API', apiError('X', 200), MixcloudError],
    ['a body that cannot be read', answer('<html>', { status: 502 }), MixcloudDecodeError],
    ['a failed connection', failure(), MixcloudConnectionError],
  ])('%s, even without raiseExceptions, once the items before it are given', (_name, reply, type) => {
    const client = new FakeRunner({}, () => reply);
    const flow = walk(client, page('ab', 2, client), UNLIMITED, {});
    expect([flow.next(), flow.next(), flow.next(), flow.next()].map(({ value }) => value?.do)).toEqual([
      'start',
      'give',
      'give',
      'wait',
    ]);
    expect(() => flow.next([reply])).toThrow(type);
  });

  it.each(['javascript:alert(1)', '/new/?offset=2', 'https://bob:word@evil.example/'])(
    'an error for the link %s, which is not followed',
    (next) => {
      expect(() => run(page('ab', next), UNLIMITED)).toThrow(
        /^The API sent a link to the next page that is no absolute/,
      );
    },
  );

  it('a defect of its driver', () => {
    const flow = walk(context(), page('a', 2), UNLIMITED, {});
    flow.next();
    flow.next();
    flow.next();
    expect(() => flow.next(undefined)).toThrow('A driver must reply to every request');
  });
});

describe('all', () => {
  const replies: Readonly<Record<string, Reply>> = { '2': answer(data('cd', 4)), '4': answer(data('e')) };
  const server = (next: { readonly url: string }) =>
    replies[new URL(next.url).searchParams.get('offset') ?? ''] ?? failure();

  it('gives every item of every page', () => {
    const client = new FakeRunner({}, server);
    const list = new ResourceListBase<FakeMode>(data('ab', 2), client);
    expect([...list.all()].map((item) => (item as { key: string }).key)).toEqual(['/a/', '/b/', '/c/', '/d/', '/e/']);
    expect(client.sent).toEqual([`GET ${API}?offset=2&metadata=1`, `GET ${API}?offset=4&metadata=1`]);
    expect([...list.all({ limit: 3 })]).toHaveLength(3);
  });

  it('refuses misuse when it is called, not when it is looped over', () => {
    const list = new ResourceListBase<FakeMode>(data('ab', 2), context());
    expect(() => list.all({ limit: -1 })).toThrow(RangeError);
    expect(() => list.all({ limit: '5' as never })).toThrow(TypeError);
    expect(() => list.all({ page: 1 } as never)).toThrow(/^all options: unknown option "page"/);
  });
});
