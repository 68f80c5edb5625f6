import { describe, expect, it } from 'vitest';
import { toJsonText } from '../../src/shared/base/json.ts';

describe('toJsonText', () => {
  it('returns the JSON of a value', () => {
    expect(toJsonText({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
  });

  it('never throws, whatever the decoder of the caller returned', () => {
    expect(toJsonText(undefined)).toBe('');
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(toJsonText(deep)).toBe('"[nested too deeply]"');
  });
});
