import { describe, expect, it } from 'vitest';
import type { AccessDict } from '../../src/shared/models/access-dict.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { getPageLink, type Page } from '../../src/shared/operations/page-sequence.ts';
import { createPager, type Pager, type PagerStep } from '../../src/shared/operations/pager.ts';
import { MixcloudConnectionError, MixcloudDecodeError, MixcloudError } from '../../src/shared/protocol/errors.ts';
import type { ApiResult, NumberedResult } from '../../src/shared/protocol/messages.ts';
import { apiError, context, type FakeMode, FakeRunner, failure, owner, response, TOKEN } from './fakes.ts';

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
function trace(flow: Pager, ...results: readonly ApiResult[]): string[] {
  const left = [...results];
  const reports: string[] = [];
  let input: readonly NumberedResult[] | undefined;
  for (;;) {
    const turn = flow.next(input);
    if (turn.done) break;
    input = [];
    if (turn.value.type === 'item') {
      reports.push((turn.value.item as AccessDict).data.key.slice(1, -1));
      continue;
    }
    const { requests, waitFor } = turn.value.prefetch;
    reports.push(...requests.map(({ request }) => `start ${request.url.replace(API, '')}`));
    const [id] = waitFor;
    if (id === undefined) continue;
    const result = left.shift();
    if (result === undefined) throw new Error(`no reply is left after ${reports.join(' ')}`);
    reports.push('wait');
    input = [{ id, result }];
  }
  expect(left).toEqual([]);
  return reports;
}

/** A step as one word. */
function toWord(step: PagerStep<unknown>): string {
  if (step.type === 'item') return 'item';
  return step.prefetch.waitFor.length > 0 ? 'wait' : 'start';
}

const run = (first: Page, limit: number, ...results: ApiResult[]) =>
  trace(createPager(context(), first, limit === UNLIMITED ? {} : { limit }), ...results);
const second = 'start ?offset=2&metadata=1';
const third = 'start ?offset=4&metadata=1';

describe('a pager', () => {
  it('starts the next page before it gives the items of this one', () => {
    const reports = run(page('ab', 2), UNLIMITED, response(data('cd', 4)), response(data('e')));
    expect(reports).toEqual([second, 'a', 'b', 'wait', third, 'c', 'd', 'wait', 'e']);
  });

  it('of one page asks for nothing', () => {
    expect(run(page('ab'), UNLIMITED)).toEqual(['a', 'b']);
    expect(run(page(''), UNLIMITED)).toEqual([]);
    expect(run(new ResourceListBase({}, context()) as Page, UNLIMITED)).toEqual([]);
  });

  it.each<readonly [number, string[]]>([
    [0, []],
    [1, ['a']],
    [2, ['a', 'b']],
    [3, [second, 'a', 'b', 'wait', 'c']],
    [4, [second, 'a', 'b', 'wait', 'c', 'd']],
    [5, [second, 'a', 'b', 'wait', third, 'c', 'd', 'wait', 'e']],
  ])('with a limit of %d asks for no page that it does not need', (limit, expected) => {
    const results = [response(data('cd', 4)), response(data('ef'))];
    expect(run(page('ab', 2), limit, ...results.slice(0, expected.filter((word) => word === 'wait').length))).toEqual(
      expected,
    );
  });

  it('gives the items that reading the page gives', () => {
    const first = page('ab');
    expect([...createPager(context(), first, {})]).toEqual([
      { type: 'item', item: first[0] },
      { type: 'item', item: first[1] },
    ]);
  });

  it('sends the token to the API only, with the time-out of the call', () => {
    const request = (next: string) => {
      const { value } = createPager(owner(), page('a', next), { timeout: 9 }).next();
      if (value?.type !== 'prefetch') throw new Error('expected it to start');
      return value.prefetch.requests[0]?.request;
    };
    expect(request(`${API}?access_token=${TOKEN}&offset=2`)).toEqual({
      method: 'GET',
      url: `${API}?offset=2&metadata=1`,
      secrets: { access_token: TOKEN },
      idempotent: true,
      timeout: 9,
    });
    expect(request('https://evil.example/?offset=2')).toMatchObject({ secrets: {} });
  });
});

describe('a pager ends', () => {
  const ends = (...results: ApiResult[]) => run(page('ab', 2), UNLIMITED, ...results);
  const begun = [second, 'a', 'b', 'wait'];

  it.each<readonly [string, ApiResult]>([
    ['an empty page', response(data('', 4))],
    ['the same page', response(data('ab', 4))],
  ])('at %s', (_name, result) => {
    expect(ends(result)).toEqual(begun);
  });

  it.each<readonly [string, ApiResult]>([
    ['an object without items', response({})],
    ['items that are no array', response({ data: 'cd' })],
    ['a resource', response(user('c'))],
  ])('with an error at %s', (_name, result) => {
    expect(() => ends(result)).toThrow('expected a JSON object with a data array');
  });

  it('at a page that came before, however long ago', () => {
    const reports = ends(response(data('cd', 4)), response(data('ef', 6)), response(data('cd', 4)));
    expect(reports.filter((word) => /^[a-z]$/.test(word)).join('')).toBe('abcdef');
  });

  it('not at a page that shares items with the one before', () => {
    expect(ends(response(data('bc')))).toEqual([...begun, 'b', 'c']);
  });

  it('at a repeated page of items without keys', () => {
    const items = { data: [{ n: 1 }, 'x', null], paging: { next: `${API}?offset=2` } };
    const first = new ResourceListBase(items, context()) as Page;
    const steps: string[] = [];
    const flow = createPager(context(), first, {});
    let turn = flow.next();
    while (!turn.done) {
      steps.push(toWord(turn.value));
      turn = flow.next(steps.at(-1) === 'wait' ? [{ id: 1, result: response(items) }] : []);
    }
    expect(steps).toEqual(['start', 'item', 'item', 'item', 'wait']);
  });

  it('not at another page of items without keys', () => {
    const items = (first: number, next?: string) => ({ data: [{ n: first }, { n: first + 1 }], paging: { next } });
    const first = new ResourceListBase(items(1, `${API}?offset=2`), context()) as Page;
    const flow = createPager(context(), first, {});
    const numbers: number[] = [];
    let turn = flow.next();
    while (!turn.done) {
      if (turn.value.type === 'item') numbers.push((turn.value.item as AccessDict).data.n);
      turn = flow.next(toWord(turn.value) === 'wait' ? [{ id: 1, result: response(items(3)) }] : []);
    }
    expect(numbers).toEqual([1, 2, 3, 4]);
  });

  it.each([undefined, '', null, 5, {}, ['x']])('where the link to the next page is %j', (next) => {
    const first = new ResourceListBase({ data: [user('a')], paging: { next } }, context()) as Page;
    expect(run(first, UNLIMITED)).toEqual(['a']);
  });

  it.each([undefined, null, 'x', [`${API}?offset=2`]])('where paging is %j', (paging) => {
    const first = new ResourceListBase({ data: [user('a')], paging }, context()) as Page;
    expect(run(first, UNLIMITED)).toEqual(['a']);
    expect(getPageLink(first, 'next')).toBeUndefined();
  });
});

describe('a pager throws', () => {
  it.each<readonly [string, ApiResult, new (...args: never[]) => Error]>([
    ['an error of the API', apiError('X', 200), MixcloudError],
    ['a body that cannot be read', response('<html>', { status: 502 }), MixcloudDecodeError],
    ['a failed connection', failure(), MixcloudConnectionError],
  ])('%s, even without raiseExceptions, once the items before it are given', (_name, result, type) => {
    const client = new FakeRunner({}, () => result);
    const flow = createPager(client, page('ab', 2, client), {});
    const turns = [flow.next(), flow.next([]), flow.next(), flow.next()];
    expect(turns.map(({ value }) => value && toWord(value))).toEqual(['start', 'item', 'item', 'wait']);
    expect(() => flow.next([{ id: 1, result }])).toThrow(type);
  });

  it.each(['javascript:alert(1)', '/new/?offset=2', 'https://bob:word@evil.example/'])(
    'an error for the link %s, which is not followed',
    (next) => {
      expect(() => run(page('ab', next), UNLIMITED)).toThrow(
        /^The API sent a link to the next page that is no absolute/,
      );
    },
  );

  it('what its driver throws, once the items before it are given', () => {
    const flow = createPager(context(), page('ab', 2), {});
    flow.next();
    const turns = [flow.throw(new RangeError('no driver')), flow.next()];
    expect(turns.map(({ value }) => value && toWord(value))).toEqual(['item', 'item']);
    expect(() => flow.next()).toThrow('no driver');
  });
});

describe('all', () => {
  const results: Readonly<Record<string, ApiResult>> = { '2': response(data('cd', 4)), '4': response(data('e')) };
  const server = (next: { readonly url: string }) =>
    results[new URL(next.url).searchParams.get('offset') ?? ''] ?? failure();

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
