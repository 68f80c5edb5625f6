import { describe, expect, it } from 'vitest';
import { getMany } from '../../src/shared/operations/reading.ts';
import { MixcloudConnectionError, MixcloudDecodeError, MixcloudError } from '../../src/shared/protocol/errors.ts';
import { answer, apiError, context, failure, owner, placeOf, step, TOKEN } from './fakes.ts';

const user = (name: string) => answer({ key: `/${name}/`, type: 'user' });
const keysOf = (result: object[]) => result.map((model) => (model as { key?: unknown }).key);

describe('getMany', () => {
  it('sends all of the requests in one step', () => {
    const { steps, result } = step(getMany(owner(), ['bob', '/αλίκη/'], { timeout: 9 }), [user('bob'), user('x')]);
    expect(steps).toHaveLength(1);
    expect(steps[0]?.concurrency).toBe(8);
    expect(steps[0]?.requests.map(placeOf)).toEqual([
      '/bob/?metadata=1',
      '/%CE%B1%CE%BB%CE%AF%CE%BA%CE%B7/?metadata=1',
    ]);
    for (const sent of steps[0]?.requests ?? []) {
      expect(sent).toMatchObject({ method: 'GET', secrets: { access_token: TOKEN }, repeatable: true, timeout: 9 });
    }
    expect(keysOf(result)).toEqual(['/bob/', '/x/']);
  });

  it('takes as many at once as it is told', () => {
    expect(step(getMany(context(), ['bob'], { concurrency: 3 }), [user('bob')]).steps[0]?.concurrency).toBe(3);
  });

  it('sends nothing for no keys', () => {
    expect(step(getMany(context(), [], undefined))).toEqual({ steps: [], requests: [], result: [] });
  });

  it('gives errors of the API in their places', () => {
    const replies = [user('bob'), apiError('ResourceNotFoundException', 404), answer('<html>', { status: 502 })];
    const { result } = step(getMany(context(), ['bob', 'x', 'y'], undefined), replies);
    expect(JSON.parse(JSON.stringify(result))).toEqual([
      { key: '/bob/', type: 'user' },
      { error: { type: 'ResourceNotFoundException', message: 'It is a ResourceNotFoundException.' } },
      {},
    ]);
  });

  it('throws the first failure under raiseExceptions', () => {
    const replies = [user('bob'), answer('<html>'), apiError('ResourceNotFoundException', 404)];
    const operation = getMany(context({ raiseExceptions: true }), ['bob', 'x', 'y'], undefined);
    expect(() => step(operation, replies)).toThrow(MixcloudDecodeError);
  });

  it('throws the first failure of a connection in any case', () => {
    const replies = [apiError('X', 500), failure(), failure({ kind: 'timeout' })];
    expect(() => step(getMany(context(), ['a', 'b', 'c'], undefined), replies)).toThrow(MixcloudConnectionError);
    const strict = getMany(context({ raiseExceptions: true }), ['a', 'b', 'c'], undefined);
    expect(() => step(strict, replies)).toThrow(expect.objectContaining({ status: 500, name: MixcloudError.name }));
  });

  it.each<readonly [unknown, unknown, string]>([
    ['bob', undefined, 'keys: expected an array of keys, but got "bob"'],
    [undefined, undefined, 'keys: expected an array of keys, but got undefined'],
    [new Set(['bob']), undefined, 'keys: expected an array of keys, but got an object'],
    [['bob', '..'], undefined, 'keys[1]: '],
    [['bob', 5], undefined, 'keys[1]: '],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[, 'bob'], undefined, 'keys[0]: '],
    [['bob'], { concurrency: '8' }, 'concurrency: expected a number'],
    [['bob'], { limit: 5 }, 'getMany options: unknown option "limit"'],
  ])('of %j with %j is a TypeError before anything is sent', (keys, given, expected) => {
    expect(() => step(getMany(context(), keys, given))).toThrow(TypeError);
    expect(() => step(getMany(context(), keys, given))).toThrow(expected);
  });

  it.each([0, -1, 1.5, Number.POSITIVE_INFINITY])('with a concurrency of %d is a RangeError', (concurrency) => {
    expect(() => step(getMany(context(), ['bob'], { concurrency }))).toThrow(RangeError);
    expect(() => step(getMany(context(), [], { concurrency }))).toThrow(RangeError);
  });
});
