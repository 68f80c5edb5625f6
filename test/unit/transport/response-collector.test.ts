import { describe, expect, it, vi } from 'vitest';
import { BODY_MAX_SIZE, ResponseCollector } from '../../../src/async/transport/response-collector.ts';
import { connectionFailure } from './support.ts';

type Controller = Parameters<ResponseCollector['onRequestStart']>[0];

const newController = () => ({ abort: vi.fn() }) as unknown as Controller;
const aborted = { type: 'failure', kind: 'aborted', message: 'aborted' } as const;

function newCollector() {
  const settle = vi.fn();
  const onSent = vi.fn();
  return { collector: new ResponseCollector(settle, onSent), settle, onSent, controller: newController() };
}

describe('a response that is collected', () => {
  it('has the status, the headers and the whole body, however small its chunks are', () => {
    const { collector, settle, onSent, controller } = newCollector();
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
    collector.onRequestStart(controller);
    expect(onSent).toHaveBeenCalledTimes(1);
    collector.onResponseStart(controller, 201, { server: 'test' });
    for (let start = 0; start < bytes.length; start += 1) {
      collector.onResponseData(controller, bytes.subarray(start, start + 1));
    }
    collector.onResponseEnd();
    expect(settle.mock.calls).toEqual([[{ type: 'response', status: 201, headers: { server: 'test' }, body: bytes }]]);
    expect(controller.abort).not.toHaveBeenCalled();
  });

  it('copies small chunks twice at most, a thousand at a time', () => {
    const { collector, controller } = newCollector();
    const concat = vi.spyOn(Buffer, 'concat');
    for (let count = 0; count < 5000; count += 1) collector.onResponseData(controller, Buffer.from('x'));
    collector.onResponseEnd();
    const lists = concat.mock.calls.map(([chunks]) => chunks);
    expect(lists.map((chunks) => chunks.length)).toEqual([1024, 1024, 1024, 1024, 4 + 904]);
    const sizes = lists.map((chunks) => chunks.reduce((sum, { length }) => sum + length, 0));
    expect(sizes).toEqual([1024, 1024, 1024, 1024, 5000]);
    concat.mockRestore();
  });

  it('may have 64 MiB, and no more', () => {
    expect(BODY_MAX_SIZE).toBe(67_108_864);
    for (const [extra, code] of [
      [0, undefined],
      [1, 'ERR_MIXCLOUD_BODY_SIZE'],
    ] as const) {
      const { collector, settle, controller } = newCollector();
      collector.onRequestStart(controller);
      collector.onResponseStart(controller, 200, {});
      collector.onResponseData(controller, Buffer.alloc(BODY_MAX_SIZE));
      if (extra > 0) collector.onResponseData(controller, Buffer.alloc(extra));
      collector.onResponseEnd();
      expect(settle).toHaveBeenCalledTimes(1);
      expect(settle.mock.calls[0]?.[0].code).toBe(code);
      expect(controller.abort).toHaveBeenCalledTimes(extra);
    }
  });

  it('is not asked for if the request has ended while it waited for a connection', () => {
    const { collector, settle, onSent, controller } = newCollector();
    collector.end(aborted);
    collector.onRequestStart(controller);
    expect(controller.abort).toHaveBeenCalledTimes(1);
    expect(onSent).not.toHaveBeenCalled();
    collector.onResponseError(controller, new Error('aborted'));
    expect(settle.mock.calls).toEqual([[aborted]]);
  });

  it('ends with the request, for the reason of its end', () => {
    const { collector, settle, controller } = newCollector();
    collector.onRequestStart(controller);
    collector.end(aborted);
    expect(controller.abort).toHaveBeenCalledTimes(1);
    collector.onResponseError(controller, new Error('other'));
    collector.onResponseEnd();
    expect(settle.mock.calls).toEqual([[aborted]]);
  });

  it('is a failure if the connection fails', () => {
    const { collector, settle, controller } = newCollector();
    collector.onResponseError(controller, Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' }));
    expect(settle.mock.calls).toMatchObject([[connectionFailure('ECONNRESET')]]);
  });

  it('is a mistake of the caller with a dispatcher of undici 6 or older', () => {
    const abort = vi.fn();
    for (const call of ['onConnect', 'onError'] as const) {
      const { collector, settle } = newCollector();
      collector[call](abort);
      const message = 'dispatcher: made by undici 6 or older, but undici 7 or later is needed';
      expect(settle.mock.calls).toEqual([[{ type: 'failure', kind: 'misuse', message }]]);
    }
    // `onConnect` is where such a request can be stopped.
    expect(abort).toHaveBeenCalledTimes(1);
  });

  it('tells once that it has settled, at once if it has already', () => {
    const { collector } = newCollector();
    const [early, late] = [vi.fn(), vi.fn()];
    collector.onSettled(early);
    expect(early).not.toHaveBeenCalled();
    collector.end(aborted);
    collector.onResponseEnd();
    collector.onSettled(late);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 1]);
  });
});
