import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describe as describeValue,
  throwRangeError,
  throwTypeError,
  validateCount,
  validateFlag,
  validateMilliseconds,
  validateRecord,
  validateText,
} from '../../src/shared/base/argument.ts';
import { validateOptions } from '../../src/shared/base/options.ts';
import { findNearest } from '../../src/shared/base/spelling.ts';

const fail = () => {
  throw new Error('hostile');
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('describe', () => {
  it.each<readonly [string, unknown]>([
    ['"bob"', 'bob'],
    ['"say \\"hi\\"\\n"', 'say "hi"\n'],
    [`"${'x'.repeat(60)}…"`, 'x'.repeat(61)],
    [`"${'x'.repeat(60)}"`, 'x'.repeat(60)],
    ['1.5', 1.5],
    ['NaN', Number.NaN],
    ['true', true],
    ['undefined', undefined],
    ['null', null],
    ['a bigint', 12n],
    ['a symbol', Symbol('s')],
    ['a function', fail],
    ['an array', [1, 2]],
    ['an object', { a: 1 }],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['an AbortSignal', AbortSignal.abort()],
    ['a Uint8Array', new Uint8Array()],
    ['an object', Object.create(null)],
    ['an object', { toString: fail, toJSON: fail, [Symbol.toPrimitive]: fail }],
  ])('names %s', (expected, value) => {
    expect(describeValue(value)).toBe(expected);
  });

  it('names a revoked proxy', () => {
    expect(describeValue(revoked.proxy)).toBe('an object');
  });

  it('names anything in a few words', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        expect(describeValue(value).length).toBeLessThan(400);
      }),
    );
  });

  it.each(['access_token', 'client_secret'])('does not show the %s in a URL', (name) => {
    const shown = describeValue(`https://api.mixcloud.com/me/?${name}=s3cr&next`);
    expect(shown).toBe(`"https://api.mixcloud.com/me/?${name}=[redacted]&next"`);
  });
});

describe('refusals', () => {
  it('say what was expected and what was given', () => {
    expect(() => throwTypeError('key', 7, 'a key')).toThrow(new TypeError('key: expected a key, but got 7'));
    expect(() => throwRangeError('limit', -1, 'positive')).toThrow(
      new RangeError('limit: must be positive, but got -1'),
    );
  });
});

describe('text', () => {
  it.each(['a', ' a ', '0'])('takes %j as it is', (value) => {
    expect(validateText('name', value)).toBe(value);
  });

  it.each([
    ['', 'not empty'],
    [' \n\t ', 'not empty'],
    [5, 'a string'],
    [null, 'a string'],
    [['a'], 'a string'],
  ])('refuses %j', (value, expected) => {
    expect(() => validateText('name', value)).toThrow(TypeError);
    expect(() => validateText('name', value)).toThrow(expected);
  });
});

describe('count', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('takes %d', (value) => {
    expect(validateCount('limit', value)).toBe(value);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is a RangeError for %d', (value) => {
    expect(() => validateCount('limit', value)).toThrow(RangeError);
    expect(() => validateCount('limit', value)).toThrow(/^limit: must be a whole number of at least 0, but got /);
  });

  it.each(['5', null, true, [5]])('is a TypeError for %j', (value) => {
    expect(() => validateCount('limit', value)).toThrow(TypeError);
  });

  it('can begin at one', () => {
    expect(() => validateCount('perPage', 0, 1)).toThrow('perPage: must be a whole number of at least 1, but got 0');
  });
});

describe('flag', () => {
  it('takes true and false only', () => {
    expect([validateFlag('force', true), validateFlag('force', false)]).toEqual([true, false]);
    for (const value of ['false', 'true', 0, 1, null, {}]) {
      expect(() => validateFlag('force', value)).toThrow(/^force: expected true or false, but got /);
    }
  });
});

describe('milliseconds', () => {
  it.each([0.5, 1, 2_147_483_647])('takes %d', (value) => {
    expect(validateMilliseconds('timeout', value)).toBe(value);
  });

  it.each([0, -1, Number.NaN, 2_147_483_648, Number.POSITIVE_INFINITY])('is a RangeError for %d', (value) => {
    expect(() => validateMilliseconds('timeout', value)).toThrow(RangeError);
  });

  it('is a TypeError for what is no number', () => {
    expect(() => validateMilliseconds('timeout', '60')).toThrow(
      'timeout: expected a number of milliseconds, but got "60"',
    );
  });
});

describe('record', () => {
  it('takes an object, or nothing for an empty one', () => {
    const input = { a: 1 };
    expect(validateRecord('options', input)).toBe(input);
    expect(validateRecord('options', undefined)).toEqual({});
    expect(validateRecord('options', Object.create(null))).toEqual({});
  });

  it.each([
    ['a Map', new Map([['a', 1]])],
    ['a URLSearchParams', new URLSearchParams('a=1')],
    ['a Date', new Date(0)],
    [
      'a Point',
      new (class Point {
        x = 1;
      })(),
    ],
  ])('rejects %s, because nothing of it would be read', (shown, value) => {
    expect(() => validateRecord('options', value)).toThrow(
      new TypeError(`options: expected a plain object, but got ${shown}`),
    );
  });

  it('takes an object of another realm', () => {
    const value = runInNewContext('({ a: 1 })');
    expect(validateRecord('options', value)).toBe(value);
  });

  it.each<readonly [unknown, string]>([
    [20, 'expected an object such as { limit: 20 }, but got 20'],
    ['user', 'expected an object such as { type: "user" }, but got "user"'],
    [true, 'expected an object, but got true'],
  ])('names the option that %j means', (value, expected) => {
    expect(() => validateRecord('options', value, { number: 'limit', string: 'type' })).toThrow(expected);
  });

  it.each([[null], ['text'], [5], [[]], [fail]])('rejects %s', (value) => {
    expect(() => validateRecord('options', value)).toThrow(/^options: expected an object, but got /);
  });

  it('rejects a revoked proxy, which throws for every question', () => {
    expect(() => validateRecord('options', revoked.proxy)).toThrow(
      new TypeError('options: expected a plain object, but got an object'),
    );
  });
});

describe('options', () => {
  const known = { limit: validateText, perPage: validateText, raiseExceptions: validateFlag };

  it('are validated by their names; one that is undefined is not given', () => {
    expect(validateOptions('page options', { limit: '5', perPage: undefined }, known)).toEqual({ limit: '5' });
    expect(() => validateOptions('page options', { raiseExceptions: 1 }, known)).toThrow(/^raiseExceptions: expected/);
  });

  it('are not shown if they are a text, which may be an access token', () => {
    expect(() => validateOptions('get options', 's3cret', known)).toThrow(
      new TypeError('get options: expected an object, but got a string'),
    );
    expect(() => validateOptions('page options', 'x', known, { string: 'limit' })).toThrow('such as { limit: "x" }');
  });

  it('refuses an unknown name with the one that was probably meant', () => {
    expect(() => validateOptions('page options', { perpage: 5 }, known)).toThrow(
      new TypeError(
        'page options: unknown option "perpage", did you mean "perPage"? (known: limit, perPage, raiseExceptions)',
      ),
    );
  });

  it('refuses a name that is like no other, or that every object has', () => {
    for (const name of ['somethingElse', '__proto__', 'constructor']) {
      const input = Object.fromEntries([[name, 1]]);
      expect(() => validateOptions('page options', input, known)).toThrow(`unknown option "${name}" (known:`);
    }
  });
});

describe('nearest', () => {
  const known = ['limit', 'perPage', 'raiseExceptions', 'disableComments', 'publishDate'];

  it.each([
    ['per_page', 'perPage'],
    ['PERPAGE', 'perPage'],
    ['limits', 'limit'],
    ['lmit', 'limit'],
    ['raise_exceptions', 'raiseExceptions'],
    ['raiseException', 'raiseExceptions'],
    ['disable-comment', 'disableComments'],
    ['publish_dates', 'publishDate'],
    ['tags', undefined],
    ['colour', undefined],
  ])('of %s is %s', (name, expected) => {
    expect(findNearest(name, known)).toBe(expected);
  });

  it('of a known name is that name', () => {
    for (const name of known) expect(findNearest(name, known)).toBe(name);
  });

  it('is found or given up at once, however long the name', () => {
    expect(findNearest('x'.repeat(1e6), known)).toBeUndefined();
  });
});
