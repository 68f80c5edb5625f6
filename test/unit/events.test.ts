import { describe, expect, it } from 'vitest';
import { describeEvent, fromPlainEvent, withDebugLog } from '../../src/shared/protocol/events.ts';

const base = { id: 'a1-7', attempt: 2, method: 'GET', url: 'https://api.mixcloud.com/bob/' } as const;

describe('describeEvent', () => {
  const failure = (message: string) => describeEvent({ type: 'failure', ...base, error: new RangeError(message) });

  it('is a line for each type', () => {
    const rest = { status: 200, headers: {}, bytes: 1234, elapsed: 41.4 };
    expect(describeEvent({ type: 'request', ...base })).toBe(
      'a1-7 attempt 2 request GET https://api.mixcloud.com/bob/',
    );
    expect(describeEvent({ type: 'response', ...base, ...rest })).toMatch(/ response .*: 200, 1234 bytes, 41 ms$/);
    expect(describeEvent({ type: 'retry', ...base, wait: 150.2 })).toMatch(/ retry .*: waiting 150 ms$/);
    expect(describeEvent({ type: 'rate-limit', ...base, wait: 2000 })).toMatch(/ rate-limit .*: waiting 2000 ms$/);
    expect(failure(`GET ${base.url}: reset`)).toMatch(/bob\/: RangeError: reset$/);
  });

  it('is one line, whatever a server sends', () => {
    expect(failure('a\r\nMIXCLOUD 1: forged\u001b[2J\u2028b\u0085c\0')).toMatch(/: a MIXCLOUD 1: forged \[2J b c $/);
  });
});

describe('fromPlainEvent', () => {
  const plain = {
    ...base,
    type: 'failure',
    timeout: 9,
    failure: { type: 'failure', kind: 'aborted', message: 'x' },
  } as const;

  it('has the reason of an abort, if that is an error', () => {
    const reason = new Error('enough');
    expect(fromPlainEvent(plain, reason)).toEqual({ type: 'failure', ...base, error: reason });
    for (const other of [undefined, 'enough']) {
      expect(fromPlainEvent(plain, other)).toMatchObject({ error: { name: 'AbortError' } });
    }
  });
});

describe('withDebugLog', () => {
  const log = (enabled: boolean, lines: string[] = []) =>
    Object.assign((_format: string, line: string) => void lines.push(line), { enabled });

  it('adds nothing unless the log is enabled', () => {
    const listener = () => {};
    expect(withDebugLog(listener, log(false))).toBe(listener);
    expect(withDebugLog(null, log(false))).toBeUndefined();
  });

  it('prints before the listener is called, which may throw', () => {
    const lines: string[] = [];
    const listener = withDebugLog(
      () => {
        throw new RangeError('full');
      },
      log(true, lines),
    );
    expect(() => listener?.({ type: 'request', ...base })).toThrow('full');
    withDebugLog(null, log(true, lines))?.({ type: 'request', ...base });
    expect(lines).toHaveLength(2);
  });
});
