import { describe, expect, it } from 'vitest';
import { quote } from '../../src/shared/base/quote.ts';

describe('quote', () => {
  // The right side is what `repr` returns in Python 3.
  it.each([
    ['Jazz', `'Jazz'`],
    ["Spartacus's", `"Spartacus's"`],
    ['the "best"', `'the "best"'`],
    [`it's the "best"`, `'it\\'s the "best"'`],
    ['a\\b\tc\nd\re', `'a\\\\b\\tc\\nd\\re'`],
    ['\0\x1b\x7f', `'\\x00\\x1b\\x7f'`],
    ['\u00a0\u00ad', `'\\xa0\\xad'`],
    ['\u200b\u2028\ufeff', `'\\u200b\\u2028\\ufeff'`],
    ['\ud800', `'\\ud800'`],
    ['\u{e0001}', `'\\U000e0001'`],
    ['夜雨 😀', `'夜雨 😀'`],
    ['', `''`],
  ])('of %j is %s', (text, expected) => {
    expect(quote(text)).toBe(expected);
  });
});
