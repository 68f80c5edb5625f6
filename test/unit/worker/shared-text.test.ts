import { describe, expect, it } from 'vitest';
import { decodeTexts, mapTexts, type SentText } from '../../../src/sync/worker/shared-text.ts';
import { TextMemory } from '../../../src/sync/worker/text-memory.ts';
import type { WorkerReply } from '../../../src/sync/worker/worker-messages.ts';
import { apiResponse, connectionFailure } from '../transport/support.ts';

const CAPACITY = 2 * 2 ** 20;

/** Replies with texts as the worker would. */
function share(memory: TextMemory, reply: WorkerReply): WorkerReply<SentText> {
  return mapTexts(reply, ({ text }) => memory.write(Buffer.from(text)) ?? text);
}

describe('texts in shared memory', () => {
  const failure = connectionFailure('ECONNRESET');
  const plain = apiResponse(404, { text: 'Αθήνα', contentType: 'text/plain', retryAfter: 7 });
  const marked = apiResponse(200, { text: '\uFEFF{}' });
  const unmarked = apiResponse(200, { text: '{}' });

  it('are what the worker has read, in the results of a call', () => {
    const reply: WorkerReply = { type: 'reply', results: [plain, failure, marked], progress: { sent: 1, total: 2 } };
    const sent = structuredClone(share(new TextMemory(), reply));
    expect(JSON.stringify(sent)).not.toContain('Αθήνα');
    expect(decodeTexts(sent)).toEqual({ ...reply, results: [plain, failure, unmarked] });
  });

  it('are what the worker has read, in the results of a loop', () => {
    const results = [plain, failure, marked].map((result, id) => ({ id, result }));
    const sent = structuredClone(share(new TextMemory(), { type: 'prefetched', results }));
    expect(JSON.stringify(sent)).not.toContain('Αθήνα');
    const read = [plain, failure, unmarked].map((result, id) => ({ id, result }));
    expect(decodeTexts(sent)).toEqual({ type: 'prefetched', results: read });
  });

  it.each<WorkerReply>([
    { type: 'reply', results: null, progress: null },
    { type: 'reply', results: [plain, failure], progress: null },
    { type: 'prefetched', results: [{ id: 1, result: plain }] },
    { type: 'dropped' },
    { type: 'error', error: { name: 'Error', message: 'broken' } },
  ])('need not be there: %j', (reply) => {
    expect(decodeTexts(reply)).toEqual(reply);
  });
});

describe('the memory of texts', () => {
  it('is filled to its last byte, and no further', () => {
    const memory = new TextMemory();
    const first = memory.write(new Uint8Array(CAPACITY - 3).fill(1));
    expect(first).toMatchObject({ offset: 0, length: CAPACITY - 3 });
    expect(memory.write(new Uint8Array(4))).toBeUndefined();
    const last = memory.write(new Uint8Array([7, 8, 9]));
    expect(last).toMatchObject({ offset: CAPACITY - 3, length: 3 });
    expect(last?.memory).toBe(first?.memory);
    expect([...new Uint8Array(last?.memory ?? new ArrayBuffer(), CAPACITY - 4)]).toEqual([1, 7, 8, 9]);
    expect(memory.write(new Uint8Array(1))).toBeUndefined();
  });

  it('is used again for the next reply', () => {
    const memory = new TextMemory();
    const before = memory.write(new Uint8Array(CAPACITY));
    memory.clear();
    const after = memory.write(new Uint8Array([5]));
    expect(after).toMatchObject({ offset: 0, length: 1 });
    expect(after?.memory).toBe(before?.memory);
  });
});
