import { describe, expect, it } from 'vitest';
import { all } from '../../src/shared/models/load.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import type { Page } from '../../src/shared/operations/page-sequence.ts';
import type { Pager } from '../../src/shared/operations/pager.ts';
import { MixcloudClosedError, MixcloudConnectionError, MixcloudWorkerError } from '../../src/shared/protocol/errors.ts';
import type { Failure, NumberedRequest, NumberedResult } from '../../src/shared/protocol/messages.ts';
import { type AnyModel, context, failure, response } from './fakes.ts';

const PAGES = 'https://api.mixcloud.com/new/';
const PER_PAGE = 4;
const mixOf = (index: number) => ({ key: `/bob/${index}/`, type: 'cloudcast' });
const pageData = (page: number) => ({
  data: Array.from({ length: PER_PAGE }, (_, index) => mixOf(page * PER_PAGE + index)),
  paging: { next: `${PAGES}?page=${page + 1}` },
});

const begin = (options: object, client = context()): Pager =>
  all(client, new ResourceListBase(pageData(0), client) as Page, { load: true, ...options });

/** The result of a request of a server that has a page for every number. */
function toResult({ id, request }: NumberedRequest): NumberedResult {
  const page = new URL(request.url).searchParams.get('page');
  const index = Number(/(\d+)\/\?/.exec(request.url)?.[1]);
  return { id, result: response(page === null ? { ...mixOf(index), name: `Mix ${index}` } : pageData(Number(page))) };
}

const isPage = ({ request }: NumberedRequest) => request.url.startsWith(PAGES);

describe('items that are loaded ahead', () => {
  it('are as many as concurrency says, whatever has arrived, and pages no more than one beyond them', () => {
    const flow = begin({ concurrency: 3 });
    let pages = 1;
    let requested = 0;
    let yielded = 0;
    let input: NumberedResult[] | undefined;
    while (yielded < 40) {
      const { value: step } = flow.next(input);
      if (!step) throw new Error('ended');
      input = undefined;
      if (step.type === 'prefetch') {
        const { requests } = step.prefetch;
        pages += requests.filter(isPage).length;
        requested += requests.filter((sent) => !isPage(sent)).length;
        // Everything arrives at once.
        input = requests.map(toResult);
        continue;
      }
      yielded += 1;
      expect(requested).toBe(yielded + 3);
      expect(pages).toBe(1 + Math.ceil(requested / PER_PAGE));
    }
  });

  it('are requested after the page that all later ones wait for', () => {
    const { value: step } = begin({ concurrency: 2 }).next();
    if (step?.type !== 'prefetch') throw new Error('expected requests');
    expect(step.prefetch.requests.map(isPage)).toEqual([true, false, false, false]);
    // The first item, and not those after it.
    expect(step.prefetch.waitFor).toEqual([2]);
    expect(step.prefetch.concurrency).toBe(2);
  });

  it('are waited for together with a page that there is room for', () => {
    const { value: step } = begin({ concurrency: 8 }).next();
    expect(step).toMatchObject({ prefetch: { waitFor: [2, 1] } });
  });

  it.each([
    ['a page', 1],
    ['a page with the first item', 2],
  ])('are requested as soon as %s has arrived, before an item is yielded', (_what, count) => {
    const flow = begin({ concurrency: 8 });
    const { value: first } = flow.next();
    if (first?.type !== 'prefetch') throw new Error('expected requests');
    const { value: step } = flow.next(first.prefetch.requests.slice(0, count).map(toResult));
    if (step?.type !== 'prefetch') throw new Error('expected requests');
    expect(step.prefetch.requests.filter((sent) => !isPage(sent))).toHaveLength(PER_PAGE);
    expect(step.prefetch.waitFor[0]).toBe(count === 1 ? 2 : undefined);
  });

  it('are waited for one after another when nothing is left to request', () => {
    const flow = begin({ concurrency: 8, limit: PER_PAGE });
    const { value: first } = flow.next();
    if (first?.type !== 'prefetch') throw new Error('expected requests');
    const steps = first.prefetch.requests.flatMap((sent) => [flow.next([toResult(sent)]), flow.next()]);
    expect(steps.map(({ value }) => value?.type)).toEqual([
      ...Array.from({ length: PER_PAGE - 1 }, () => ['item', 'prefetch']).flat(),
      'item',
      undefined,
    ]);
  });

  it('come before the error of a driver', () => {
    const flow = begin({ concurrency: 2, onError: () => expect.unreachable() });
    const { value: first } = flow.next();
    if (first?.type !== 'prefetch') throw new Error('expected requests');
    const turns = [flow.next(first.prefetch.requests.slice(1, 3).map(toResult)), flow.next()];
    turns.push(flow.throw(new MixcloudWorkerError('dead')));
    expect(turns.map(({ value }) => value?.type)).toEqual(['item', 'prefetch', 'item']);
    expect(() => flow.next()).toThrow(MixcloudWorkerError);
  });

  it.each<readonly [Failure['kind'], object, new (...args: never[]) => Error]>([
    ['connection', {}, MixcloudConnectionError],
    ['closed', { onError: () => expect.unreachable() }, MixcloudClosedError],
  ])('are not requested behind one that ends the loop (%s, %o)', (kind, options, type) => {
    const flow = begin({ concurrency: 2, ...options });
    const { value: step } = flow.next();
    if (step?.type !== 'prefetch') throw new Error('expected requests');
    const [, first, second] = step.prefetch.requests;
    if (!first || !second) throw new Error('expected the requests of two items');
    const { value: item } = flow.next([toResult(first), { id: second.id, result: failure({ kind }) }]);
    expect(item?.type).toBe('item');
    // Without another step for the items after it.
    expect(() => flow.next()).toThrow(type);
  });

  it('each fail with the error of the step that was under way', () => {
    const failures: string[] = [];
    const onError = (error: Error, item: AnyModel) => failures.push(`${item.key} ${error.message}`);
    const flow = begin({ concurrency: 1, limit: PER_PAGE, onError });
    flow.next();
    flow.throw(new RangeError('first'));
    flow.throw(new RangeError('second'));
    expect(failures.slice(0, 2)).toEqual(['/bob/0/ first', '/bob/1/ first']);
  });

  it('are replaced by items of the next page if they are skipped', () => {
    const skipped: string[] = [];
    const flow = begin({
      concurrency: 8,
      limit: PER_PAGE,
      onError: (_: Error, item: AnyModel) => skipped.push(item.key),
    });
    const items: string[] = [];
    let input: NumberedResult[] | undefined;
    for (let turn = flow.next(); !turn.done; turn = flow.next(input)) {
      input = undefined;
      if (turn.value.type === 'item') items.push((turn.value.item as AnyModel).key);
      else {
        const { requests } = turn.value.prefetch;
        expect(requests.length).toBeGreaterThan(0);
        input = requests.map((sent) => (sent.id === 1 ? { id: 1, result: failure() } : toResult(sent)));
      }
    }
    expect(skipped).toEqual(['/bob/0/']);
    expect(items).toEqual(['/bob/1/', '/bob/2/', '/bob/3/', '/bob/4/']);
  });

  it('are named by their place in the list if they have no key', () => {
    const client = context();
    const keyless = { key: 5, type: 'cloudcast' };
    const list = new ResourceListBase({ data: [keyless, 'text', keyless] }, client) as Page;
    const messages: string[] = [];
    const flow = all(client, list, { load: true, onError: ({ message }: Error) => messages.push(message) });
    expect([...flow].filter(({ type }) => type === 'item')).toEqual([{ type: 'item', item: 'text' }]);
    expect(messages.map((message) => message.split(':')[0])).toEqual([
      'Item 0 of the list has no usable key',
      'Item 2 of the list has no usable key',
    ]);
  });

  it('end the loop if the decoder throws what is no error, because onError would not expect it', () => {
    const thrown = { not: 'an error' };
    const client = context({
      jsonDecoder: () => {
        throw thrown;
      },
    });
    const flow = begin({ onError: () => expect.unreachable() }, client);
    const { value: step } = flow.next();
    if (step?.type !== 'prefetch') throw new Error('expected requests');
    const second = step.prefetch.requests.slice(1, 2).map(toResult);
    let failure: unknown;
    try {
      flow.next(second);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBe(thrown);
  });
});
