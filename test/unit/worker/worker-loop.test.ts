import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { NumberedResult } from '../../../src/shared/protocol/messages.ts';
import { type JobHandle, WorkerClient } from '../../../src/sync/worker/worker-client.ts';
import { WorkerLoop } from '../../../src/sync/worker/worker-loop.ts';
import { apiResponse, connectionFailure, getRequest } from '../transport/support.ts';

const OPTIONS = { retries: 0, maxRateLimitWait: 0, proxy: null, userAgent: 'test/1' };
const SESSION = 7;

type Body = Parameters<WorkerClient['prefetch']>[1];

const toRequest = (id: number) => ({ id, request: getRequest({ url: `https://api.example/${id}/` }) });
const toResult = (id: number): NumberedResult => ({ id, result: apiResponse() });
const prefetchOf = (ids: readonly number[], waitFor: readonly number[] = []) => ({
  requests: ids.map(toRequest),
  waitFor,
  concurrency: 2,
});
const idsOf = (numbered: readonly { readonly id: number }[]) => numbered.map(({ id }) => id);

/** Stands for the client of the worker: it notes what loops ask for, and replies as it is told. */
class ScriptedClient {
  /** Numbers of the results of each reply. `null` says that the worker has dropped the loop. */
  readonly #replies: (readonly number[] | null)[];
  readonly bodies: Body[] = [];
  readonly asked: JobHandle[] = [];
  readonly listeners: unknown[] = [];
  readonly cancelled: [JobHandle, boolean][] = [];
  readonly throwIfListenerThrew = vi.fn();
  #handles: JobHandle[] = [];

  constructor(...replies: (readonly number[] | null)[]) {
    this.#replies = replies;
    vi.spyOn(WorkerClient, 'get').mockReturnValue(this as never);
  }

  /** Replaces the worker by another, which does not know the loops. */
  replaceWorker(): void {
    this.#handles = [];
  }

  has(handle: JobHandle | undefined): boolean {
    return handle !== undefined && this.#handles.includes(handle);
  }

  openLoop(listener: unknown): JobHandle {
    const handle = { job: this.listeners.push(listener) } as JobHandle;
    this.#handles.push(handle);
    return handle;
  }

  prefetch(handle: JobHandle, body: Body): NumberedResult[] | undefined {
    this.asked.push(handle);
    this.bodies.push(body);
    const reply = this.#replies.shift();
    if (reply === undefined) throw new Error('no reply is left');
    return reply?.map(toResult);
  }

  cancel(handle: JobHandle, isBusy: boolean): void {
    this.cancelled.push([handle, isBusy]);
  }

  /** The requests that each message had, and those of which it said that no result has come. */
  get sent(): [sent: number[], pending: readonly number[]][] {
    return this.bodies.map(({ prefetch, pending }) => [idsOf(prefetch.requests), pending]);
  }
}

describe('a loop on the calling thread', () => {
  const listener = () => {};
  let loop: WorkerLoop;
  beforeEach(() => {
    loop = new WorkerLoop(SESSION, OPTIONS, listener);
  });

  it('sends requests without waiting, all to one loop of the worker', () => {
    const client = new ScriptedClient([], [1, 2, 3], []);
    expect(loop.send(prefetchOf([1, 2]))).toEqual([]);
    expect(loop.send(prefetchOf([3]))).toEqual([1, 2, 3].map(toResult));
    expect(loop.send(prefetchOf([4]))).toEqual([]);
    expect(client.listeners).toEqual([listener]);
    expect(client.bodies[0]).toEqual({
      session: SESSION,
      options: OPTIONS,
      prefetch: prefetchOf([1, 2]),
      pending: [1, 2],
      events: true,
    });
    expect(client.sent.slice(1)).toEqual([
      [[3], [1, 2, 3]],
      [[4], [4]],
    ]);
  });

  it('asks for no events where nobody listens to them', () => {
    const client = new ScriptedClient([]);
    new WorkerLoop(SESSION, OPTIONS, undefined).send(prefetchOf([1]));
    expect([client.listeners, client.bodies[0]?.events]).toEqual([[undefined], false]);
  });

  it('waits for one of the results that are needed, and sends its requests once', () => {
    const client = new ScriptedClient([], [3], [2]);
    expect(idsOf(loop.send(prefetchOf([1, 2, 3], [1, 2])))).toEqual([3, 2]);
    expect(client.sent).toEqual([
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [[], [1, 2, 3]],
      [[], [1, 2]],
    ]);
  });

  it('waits for the only result that is needed', () => {
    const client = new ScriptedClient([], [1]);
    expect(idsOf(loop.send(prefetchOf([1], [1])))).toEqual([1]);
    expect(client.bodies).toHaveLength(2);
  });

  it.each([[[]], [[2]]])(
    'sends every request without a result again when the worker has dropped it (waits for %j)',
    (waitFor) => {
      const client = new ScriptedClient([1], null, [2]);
      loop.send(prefetchOf([1, 2]));
      expect(idsOf(loop.send(prefetchOf([3], waitFor)))).toEqual([2]);
      expect(client.sent.slice(1)).toEqual([
        [[3], [2, 3]],
        [
          [2, 3],
          [2, 3],
        ],
      ]);
    },
  );

  it('goes on in a worker that has replaced its own if it has nothing under way', () => {
    const client = new ScriptedClient([1], []);
    loop.send(prefetchOf([1]));
    client.replaceWorker();
    loop.send(prefetchOf([2]));
    expect(client.asked.map(({ job }) => job)).toEqual([1, 2]);
  });

  it('does not go on in a worker that does not have its request', () => {
    const client = new ScriptedClient([], []);
    loop.send(prefetchOf([1]));
    client.replaceWorker();
    // The client refuses the old handle.
    loop.send(prefetchOf([2]));
    expect(client.asked.map(({ job }) => job)).toEqual([1, 1]);
  });

  it('throws what its listener has thrown, once it has begun', () => {
    const client = new ScriptedClient([]);
    loop.throwIfListenerThrew();
    expect(client.throwIfListenerThrew).not.toHaveBeenCalled();
    loop.send(prefetchOf([1]));
    client.throwIfListenerThrew.mockImplementation(() => {
      throw new Error('stop');
    });
    expect(() => loop.throwIfListenerThrew()).toThrow('stop');
    expect(client.throwIfListenerThrew).toHaveBeenCalledWith(client.asked[0]);
  });

  it.each([
    ['that has a request under way', [1], true],
    ['that has all its results', [1, 2], false],
  ])('%s is cancelled once (busy: %3$s)', (_what, results, isBusy) => {
    const client = new ScriptedClient(results);
    loop.cancel();
    expect(client.cancelled).toEqual([]);
    loop.send(prefetchOf([1, 2]));
    loop.cancel();
    loop.cancel();
    expect(client.cancelled).toEqual([[client.asked[0], isBusy]]);
  });

  it('gives every request without a result the same one when it fails, and ends', () => {
    const client = new ScriptedClient([2]);
    const result = connectionFailure('ECONNRESET');
    loop.send(prefetchOf([1, 2, 3]));
    expect(loop.fail(prefetchOf([4]), result)).toEqual([1, 3, 4].map((id) => ({ id, result })));
    expect(client.cancelled).toEqual([[client.asked[0], true]]);
    expect(loop.fail(prefetchOf([5]), result)).toEqual([{ id: 5, result }]);
  });
});
