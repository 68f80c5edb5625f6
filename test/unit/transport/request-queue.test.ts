import { describe, expect, it, vi } from 'vitest';
import { RequestQueue } from '../../../src/async/transport/request-queue.ts';
import type { ApiResult, Batch } from '../../../src/shared/protocol/messages.ts';
import { apiResponse, connectionFailure, getRequest } from './support.ts';

/** A queue whose requests are answered by hand. */
function newQueue() {
  const sent: string[] = [];
  const pending = new Map<string, (results: readonly ApiResult[]) => void>();
  const sendAll = ({ requests, concurrency }: Batch) => {
    const url = requests.map((request) => request.url).join();
    sent.push(url);
    expect(concurrency).toBe(1);
    return new Promise<readonly ApiResult[]>((resolve) => pending.set(url, resolve));
  };
  const queue = new RequestQueue(sendAll);
  const add = (ids: readonly number[], concurrency: number) => {
    const requests = ids.map((id) => ({ id, request: getRequest({ url: `/${id}` }) }));
    queue.add({ requests, concurrency, waitFor: [] });
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const answer = async (id: number, result: ApiResult = apiResponse(200, { text: `${id}` })) => {
    pending.get(`/${id}`)?.([result]);
    await turn();
  };
  return { queue, add, answer, sent, turn };
}

/** Whether a promise settles without anything else happening. */
async function settles(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(() => true);
  return Promise.race([settled, new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
}

describe('RequestQueue', () => {
  it('sends requests in their order, as many at once as it may', async () => {
    const { add, answer, sent } = newQueue();
    add([1, 2, 3, 4], 2);
    expect(sent).toEqual(['/1', '/2']);
    await answer(2);
    expect(sent).toEqual(['/1', '/2', '/3']);
    add([5], 2);
    expect(sent).toHaveLength(3);
    add([6], 3);
    expect(sent).toEqual(['/1', '/2', '/3', '/4']);
    await answer(1);
    await answer(3);
    expect(sent).toEqual(['/1', '/2', '/3', '/4', '/5', '/6']);
  });

  it('sends again as many at once after it had nothing to send', async () => {
    const { add, answer, sent } = newQueue();
    add([1, 2], 2);
    await answer(1);
    await answer(2);
    add([3, 4, 5], 2);
    expect(sent).toEqual(['/1', '/2', '/3', '/4']);
  });

  it('sends a request once, however often it is added', async () => {
    const { queue, add, answer, sent } = newQueue();
    add([1], 4);
    add([1, 2], 4);
    await answer(1);
    add([1], 4);
    expect(sent).toEqual(['/1', '/2']);
    expect([queue.has(1), queue.has(2), queue.has(3)]).toEqual([true, true, false]);
  });

  it('keeps results, responses and failures, until the loop has received them', async () => {
    const { queue, add, answer } = newQueue();
    add([1, 2, 3], 3);
    const [response, failure] = [apiResponse(), connectionFailure('ECONNRESET')];
    await answer(2, response);
    await answer(3, failure);
    const arrived = [
      { id: 3, result: failure },
      { id: 2, result: response },
    ];
    expect(queue.collect([3, 1, 2])).toEqual(arrived);
    // The reply may have been lost.
    expect(queue.collect([3, 1, 2])).toEqual(arrived);
    expect(queue.collect([1, 2])).toEqual(arrived.slice(1));
    expect([1, 2, 3].map((id) => queue.has(id))).toEqual([true, true, false]);
    expect(queue.collect([1, 2, 3])).toEqual(arrived.slice(1));
  });

  it('wakes the loop when a request that it waits for has its result, or at once', async () => {
    const { queue, add, answer } = newQueue();
    const [first, second, late] = [vi.fn(), vi.fn(), vi.fn()];
    add([1, 2, 3, 4], 4);
    await answer(1);
    queue.onResult([2], first);
    queue.onResult([2, 3], second);
    await answer(4);
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    await answer(3);
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
    queue.onResult([2, 3], late);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('settles when what was sent has its results, and sends nothing else', async () => {
    const { queue, add, answer, sent, turn } = newQueue();
    expect(await settles(queue.settle())).toBe(true);
    add([1], 2);
    add([2, 3], 2);
    await turn();
    const settled = queue.settle();
    await answer(1);
    expect(await settles(settled)).toBe(false);
    await answer(2);
    expect(await settles(settled)).toBe(true);
    expect(sent).toEqual(['/1', '/2']);
  });
});
