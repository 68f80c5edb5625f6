import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { validateOptions } from '../../src/shared/base/options.ts';
import { EMBED_OPTIONS, toEmbedParams } from '../../src/shared/input/embed-options.ts';
import { PAGINATION, toPaginationParams } from '../../src/shared/input/pagination.ts';
import { validateQueryParams } from '../../src/shared/input/query-params.ts';
import { camelCase } from '../../src/shared/models/resource-state.ts';

const paginate = (input: unknown) => toPaginationParams(validateOptions('page options', input, PAGINATION));
const embed = (input: unknown) => toEmbedParams(validateOptions('display options', input, EMBED_OPTIONS));

describe('toPaginationParams', () => {
  it.each([
    [{}, {}],
    [{ offset: undefined, page: undefined }, {}],
    [{ offset: 0 }, { offset: '0' }],
    [
      { offset: 40, limit: 100 },
      { offset: '40', limit: '100' },
    ],
    [{ page: 0 }, { limit: '20', offset: '0' }],
    [{ page: 2 }, { limit: '20', offset: '40' }],
    [
      { page: 3, perPage: 50 },
      { limit: '50', offset: '150' },
    ],
    [{ perPage: 50 }, { limit: '50', offset: '0' }],
    [
      { page: 1, limit: undefined },
      { limit: '20', offset: '20' },
    ],
    [{ since: 1515931200 }, { since: '1515931200' }],
    [{ since: '1515931200' }, { since: '1515931200' }],
    [{ until: '2018-01-14T12:00:00Z' }, { until: '1515931200' }],
    [{ until: new Date('2018-01-14T12:00:00Z') }, { until: '1515931200' }],
    [{ since: DateTime.fromISO('2018-01-14T12:00:00Z') }, { since: '1515931200' }],
    [
      { since: '2018 Jan 14, 12:00 UTC', until: 1515931201, limit: 5 },
      { limit: '5', since: '1515931200', until: '1515931201' },
    ],
  ])('of %o are %o', (input, expected) => {
    expect(paginate(input)).toEqual(expected);
  });

  it.each([
    [{ page: 1, offset: 20 }, /^offset: cannot be mixed with page and perPage/],
    [{ perPage: 50, limit: 50 }, /^limit: cannot be mixed/],
    [{ page: 0, since: 0 }, /^since: cannot be mixed/],
    [{ page: 0, until: 0 }, /^until: cannot be mixed/],
    [{ limit: '20' }, /^limit: expected a number, but got "20"/],
    [{ page: true }, /^page: expected a number, but got true/],
    [{ since: 'random text' }, /^since: cannot read "random text" as a datetime/],
  ])('of %o are a TypeError', (input, expected) => {
    expect(() => paginate(input)).toThrow(TypeError);
    expect(() => paginate(input)).toThrow(expected);
  });

  it.each([
    { offset: -1 },
    { limit: 1.5 },
    { page: -1 },
    { page: 0.5 },
    { perPage: 0 },
    { perPage: -20 },
    { limit: Number.NaN },
    { page: 2 ** 52 },
  ])('of %o are a RangeError', (input) => {
    expect(() => paginate(input)).toThrow(RangeError);
  });
});

describe('toEmbedParams', () => {
  it.each([
    [{}, {}],
    [{ width: undefined, color: undefined }, {}],
    [
      { width: 300, height: 1 },
      { width: '300', height: '1' },
    ],
    [{ color: 'ff8800' }, { color: 'ff8800' }],
    [{ color: '#FF8800' }, { color: 'FF8800' }],
  ])('of %o are %o', (input, expected) => {
    expect(embed(input)).toEqual(expected);
  });

  it.each([
    { color: 'red' },
    { color: '##ff8800' },
    { color: 'f80' },
    { color: 'ff8800\n' },
    { color: 0xff8800 },
    { width: '300' },
  ])('of %o are a TypeError', (input) => {
    expect(() => embed(input)).toThrow(TypeError);
  });

  it.each([{ width: 0 }, { height: -5 }, { width: 1.5 }])('of %o are a RangeError', (input) => {
    expect(() => embed(input)).toThrow(RangeError);
  });
});

describe('validateQueryParams', () => {
  it('takes texts, numbers and truth values, and leaves out what is undefined', () => {
    expect(validateQueryParams('params', { a: 'b', n: 1.5, yes: true, no: false, none: undefined })).toEqual({
      a: 'b',
      n: '1.5',
      yes: 'true',
      no: 'false',
    });
    expect(validateQueryParams('params', undefined)).toEqual({});
  });

  it('refuses anything else, by its name', () => {
    expect(() => validateQueryParams('params', { tags: ['a'] })).toThrow(
      'params.tags: expected a string, a number or a boolean',
    );
    expect(() => validateQueryParams('params', [])).toThrow('params: expected an object, but got an array');
  });

  it('refuses an access token without showing it', () => {
    expect(() => validateQueryParams('params', { access_token: 's3cret' })).toThrow(
      new TypeError('params: set the access token as accessToken of the client, not as a parameter'),
    );
  });
});

describe('camelCase', () => {
  it.each([
    ['followers', 'followers'],
    ['listen-later', 'listenLater'],
    ['listen_later', 'listenLater'],
    ['a--b c', 'aBC'],
    ['new-δίσκοι', 'newΔίσκοι'],
    ['-', '-'],
  ])('of %s is %s', (name, expected) => {
    expect(camelCase(name)).toBe(expected);
  });
});
