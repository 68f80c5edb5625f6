import { describe, expect, it } from 'vitest';
import { getMany } from '../../src/shared/operations/reading.ts';
import { MixcloudConnectionError, MixcloudDecodeError, MixcloudError } from '../../src/shared/protocol/errors.ts';
import { apiError, batch, context, type FakeMode, failure, owner, placeOf, response, TOKEN } from './fakes.ts';

const user = (name: string) => response({ key: `/${name}/`, type: 'user' });
const keysOf = (result: object[]) => result.map((model) => (model as { key?: unknown }).key);

describe('getMany', () => {
  it('sends all of the requests in one step', () => {
    const { batches, result } = batch(getMany<FakeMode, object>(owner(), ['bob', '/αλίκη/'], { timeout: 9 }), [
      user('bob'),
      user('x'),
    ]);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.concurrency).toBe(8);
    expect(batches[0]?.requests.map(placeOf)).toEqual([
      '/bob/?metadata=1',
      '/%CE%B1%CE%BB%CE%AF%CE%BA%CE%B7/?metadata=1',
    ]);
    for (const sent of batches[0]?.requests ?? []) {
      expect(sent).toMatchObject({ method: 'GET', secrets: { access_token: TOKEN }, idempotent: true, timeout: 9 });
    }
    expect(keysOf(result)).toEqual(['/bob/', '/x/']);
  });

  it('takes as many at once as it is told', () => {
    expect(batch(getMany(context(), ['bob'], { concurrency: 3 }), [user('bob')]).batches[0]?.concurrency).toBe(3);
  });

  it('sends nothing for no keys', () => {
    expect(batch(getMany(context(), [], undefined))).toEqual({ batches: [], requests: [], result: [] });
  });

  it('gives errors of the API in their places', () => {
    const results = [user('bob'), apiError('ResourceNotFoundException', 404), response('<html>', { status: 502 })];
    const { result } = batch(getMany(context(), ['bob', 'x', 'y'], undefined), results);
    expect(JSON.parse(JSON.stringify(result))).toEqual([
      { key: '/bob/', type: 'user' },
      { error: { type: 'ResourceNotFoundException', message: 'It is a ResourceNotFoundException.' } },
      {
        error: {
          type: 'MixcloudDecodeError',
          message: '502 Bad Gateway: expected a JSON object, but got invalid JSON (text/javascript)',
        },
      },
    ]);
  });

  it('throws the first failure under raiseExceptions', () => {
    const results = [user('bob'), response('<html>'), apiError('ResourceNotFoundException', 404)];
    const operation = getMany(context({ raiseExceptions: true }), ['bob', 'x', 'y'], undefined);
    expect(() => batch(operation, results)).toThrow(MixcloudDecodeError);
  });

  it('throws the first failure of a connection in any case', () => {
    const one = [user('a'), failure(), user('c')];
    expect(() => batch(getMany(context(), ['a', 'b', 'c'], undefined), one)).toThrow(MixcloudConnectionError);
    const results = [apiError('X', 500), failure(), failure({ kind: 'timeout' })];
    expect(() => batch(getMany(context(), ['a', 'b', 'c'], undefined), results)).toThrow(MixcloudConnectionError);
    const strict = getMany(context({ raiseExceptions: true }), ['a', 'b', 'c'], undefined);
    expect(() => batch(strict, results)).toThrow(expect.objectContaining({ status: 500, name: MixcloudError.name }));
  });

  it.each<readonly [unknown, unknown, string]>([
    ['bob', undefined, "keys: expected an array of keys such as ['bob', 'peter'], but got \"bob\""],
    [undefined, undefined, "such as ['bob', 'peter'], but got undefined"],
    [new Set(['bob']), undefined, "such as ['bob', 'peter'], but got a Set"],
    [['bob', '..'], undefined, 'keys[1]: '],
    [['bob', 5], undefined, 'keys[1]: '],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[, 'bob'], undefined, 'keys[0]: '],
    [['bob'], { concurrency: '8' }, 'concurrency: expected a number'],
    [['bob'], { limit: 5 }, 'getMany options: unknown option "limit"'],
  ])('of %j with %j is a TypeError before anything is sent', (keys, input, expected) => {
    expect(() => batch(getMany(context(), keys, input))).toThrow(TypeError);
    expect(() => batch(getMany(context(), keys, input))).toThrow(expected);
  });

  it.each([0, -1, 1.5, Number.POSITIVE_INFINITY])('with a concurrency of %d is a RangeError', (concurrency) => {
    expect(() => batch(getMany(context(), ['bob'], { concurrency }))).toThrow(RangeError);
    expect(() => batch(getMany(context(), [], { concurrency }))).toThrow(RangeError);
  });
});
