import { describe, expect, it } from 'vitest';
import type { PlainEvent } from '../../src/shared/protocol/events.ts';
import { EventInbox } from '../../src/sync/worker/event-inbox.ts';

const event = (id: string): PlainEvent => ({
  type: 'request',
  id,
  attempt: 1,
  method: 'GET',
  url: 'https://x.example/',
});
const of = (job: number, id: string) => ({ job, event: event(id) });

describe('EventInbox', () => {
  it('delivers events to the listeners of their jobs, and counts them', () => {
    const inbox = new EventInbox();
    const seen: string[] = [];
    inbox.open(1, ({ id }) => seen.push(`1 ${id}`));
    inbox.open(2, ({ id }) => seen.push(`2 ${id}`));
    inbox.receive([of(1, 'a'), of(2, 'b'), of(3, 'nobody'), of(1, 'c')]);
    inbox.forget(1);
    inbox.receive([of(1, 'd'), of(2, 'e')]);
    expect(seen).toEqual(['1 a', '2 b', '1 c', '2 e']);
    expect(inbox.received).toBe(6);
    inbox.reset();
    expect(inbox.received).toBe(0);
  });

  it('keeps the order when a listener makes a call of its own', () => {
    const inbox = new EventInbox();
    const seen: string[] = [];
    inbox.open(1, ({ id }) => {
      seen.push(id);
      if (id !== 'a') return;
      inbox.open(2, (nested) => seen.push(nested.id));
      inbox.receive([of(2, 'nested')]);
      seen.push('nested call returns');
    });
    inbox.receive([of(1, 'a'), of(1, 'b')]);
    expect(seen).toEqual(['a', 'b', 'nested', 'nested call returns']);
  });

  it('keeps what a listener throws for its own call, and calls it no more', () => {
    const inbox = new EventInbox();
    const broken = new RangeError('full');
    let calls = 0;
    const others: string[] = [];
    inbox.open(1, () => {
      calls += 1;
      throw broken;
    });
    inbox.open(2, ({ id }) => others.push(id));
    inbox.receive([of(1, 'a'), of(1, 'b'), of(2, 'c')]);
    expect([calls, others]).toEqual([1, ['c']]);
    expect(() => inbox.throwIfListenerThrew(2)).not.toThrow();
    expect(() => inbox.throwIfListenerThrew(1)).toThrow(broken);
    inbox.forget(1);
    expect(() => inbox.throwIfListenerThrew(1)).not.toThrow();
  });
});
