import { describe, expect, it } from 'vitest';
import { joinTables, validateOptions } from '../../src/shared/base/options.ts';

const asText = (_argument: string, value: unknown) => String(value);

describe('two tables of options', () => {
  const page = { limit: asText };
  const call = { timeout: asText };

  it('are joined once, since every call needs the result', () => {
    const joined = joinTables(page, call);
    expect(joined).toEqual({ limit: asText, timeout: asText });
    expect(joinTables(page, call)).toBe(joined);
    expect(joinTables({ limit: asText }, call)).not.toBe(joined);
    expect(joinTables(page, { timeout: asText })).not.toBe(joined);
  });

  it('have the options of both', () => {
    expect(validateOptions('options', { limit: 1, timeout: 2 }, joinTables(page, call))).toEqual({
      limit: '1',
      timeout: '2',
    });
    expect(() => validateOptions('options', { limits: 1 }, joinTables(page, call))).toThrow(/known: limit, timeout/);
  });
});
