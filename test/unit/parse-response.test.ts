import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessDictBase } from '../../src/shared/models/access-dict.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { interpret, interpretText, type Reading, rateLimitOf } from '../../src/shared/operations/parse-response.ts';
import {
  MixcloudAuthorizationError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudRateLimitError,
} from '../../src/shared/protocol/errors.ts';
import type { Answer } from '../../src/shared/protocol/messages.ts';
import { type AnyModel, answer, apiError, context, request } from './fakes.ts';

const raising = context({ raiseExceptions: true });
const silent = context();
const sent = request();
const read = (given: Answer, reading?: Reading, client = silent) => interpret(client, sent, given, reading);
const raise = (given: Answer, reading?: Reading) => read(given, reading, raising);
const thrown = (given: Answer, reading?: Reading, client = raising): MixcloudError => {
  try {
    read(given, reading, client);
  } catch (error) {
    if (error instanceof MixcloudError) return error;
  }
  throw new Error('expected a MixcloudError');
};

const bob = { key: '/bob/', type: 'user' };
const LIMITED = { retry_after: 452 };
const HTML = answer('<html>Bad Gateway</html>', { status: 502, contentType: 'text/html' });

describe.each([
  ['with', raise],
  ['without', read],
])('an answer that is no error, %s raiseExceptions', (_with, get) => {
  it.each<readonly [string, unknown, unknown]>([
    ['a resource', bob, ResourceBase],
    ['a resource although it has data', { ...bob, data: 'x' }, ResourceBase],
    ['a list', { data: [bob] }, ResourceListBase],
    ['a list although it has a type', { type: 'list', data: [] }, ResourceListBase],
    ['an empty list', { data: [] }, ResourceListBase],
  ])('is %s', (_name, body, type) => {
    expect(get(answer(body))).toBeInstanceOf(type);
  });

  it.each([
    {},
    { result: { success: true } },
    { type: 5 },
    { data: {} },
    { error: null },
    { error: false },
    { error: [] },
  ])('is a plain object: %j', (body) => {
    const model = get(answer(body));
    expect(Object.getPrototypeOf(model)).toBe(AccessDictBase.prototype);
    expect(JSON.stringify(model)).toBe(JSON.stringify(body));
  });

  it('is full, and has its connections as methods unless told otherwise', () => {
    const data = { ...bob, metadata: { connections: { fans: 'https://api.mixcloud.com/bob/fans/' } } };
    const resource = get(answer(data)) as AnyModel;
    expect([resource.full, typeof resource.fans]).toEqual([true, 'function']);
    const bare = get(answer(data), { createConnections: false }) as AnyModel;
    expect([bare.full, typeof bare.fans]).toEqual([true, 'undefined']);
  });

  it('is read whatever its content type says', () => {
    expect(get(answer(bob, { contentType: 'text/html' }))).toBeInstanceOf(ResourceBase);
    expect(get(answer(bob, { contentType: null }))).toBeInstanceOf(ResourceBase);
  });
});

describe('an answer that is an error', () => {
  it.each<readonly [string, Answer]>([
    ['an error object', apiError('ResourceNotFoundException', 404)],
    ['an error object with status 200', apiError('X', 200)],
    ['an error in words', answer({ error: 'no' })],
    ['an empty error', answer({ error: '' })],
    ['a status alone', answer({ detail: 'no' }, { status: 500 })],
    ['a resource with such a status', answer(bob, { status: 400 })],
    ['a list with an error', answer({ data: [], error: { message: 'x' } })],
  ])('is given as it is, or thrown: %s', (_name, given) => {
    const model = read(given);
    expect(Object.getPrototypeOf(model)).toBe(AccessDictBase.prototype);
    expect(JSON.stringify(model)).toBe(given.text);
    const error = thrown(given);
    expect(Object.getPrototypeOf(error)).toBe(MixcloudError.prototype);
    expect(error).toMatchObject({ status: given.status, data: JSON.parse(given.text), code: 'ERR_MIXCLOUD' });
    expect(() => read(given, { raise: true })).toThrow(MixcloudError);
    expect(() => read(given, { strict: true })).not.toThrow();
  });

  it('carries what the API says', () => {
    const body = {
      error: { type: 'UploadException', message: 'Refused.', id: 7, details: { name: ['no'] } },
      details: { tags: ['Too many', 5], picture: 'Too large', hosts: [{ a: 1 }], sections: { toString: 1 } },
    };
    const error = thrown(answer(body, { status: 400 }));
    expect(error.toJSON()).toEqual({
      name: 'MixcloudError',
      code: 'ERR_MIXCLOUD',
      message: 'Refused.',
      type: 'UploadException',
      extra: { id: 7 },
      details: {
        tags: ['Too many', '5'],
        picture: ['Too large'],
        hosts: ['{"a":1}'],
        sections: ['{"toString":1}'],
      },
      status: 400,
    });
    expect(String(error)).toBe('UploadException: Refused. (extra: {"id":7})');
    expect(JSON.parse(JSON.stringify(error))).toEqual(error.toJSON());
    expect(Object.keys(error)).not.toContain('data');
  });

  it('takes details from the error when there are none beside it', () => {
    const body = { error: { message: 'x', details: { name: ['no'] } } };
    expect(thrown(answer(body, { status: 400 }))).toMatchObject({ details: { name: ['no'] }, extra: {} });
    expect(thrown(answer({ error: { message: 'x', details: 'words' } })).details).toEqual({});
  });

  it('has a message in any case', () => {
    expect(thrown(answer({ error: 'no such code' })).message).toBe('no such code');
    const nameless = 'GET https://api.mixcloud.com/bob/?metadata=1: answered with status 500';
    expect(thrown(answer({}, { status: 500 })).message).toBe(nameless);
    expect(thrown(answer({ error: { message: 5 } }, { status: 500 })).message).toBe(nameless);
    expect(String(thrown(answer({ error: 'no' })))).toBe('MixcloudError: no');
  });

  it('is of its own class for a token', () => {
    const error = thrown(apiError('OAuthException'));
    expect(Object.getPrototypeOf(error)).toBe(MixcloudAuthorizationError.prototype);
    expect(error).toMatchObject({ name: 'MixcloudAuthorizationError', code: 'ERR_MIXCLOUD_AUTHORIZATION' });
  });

  it.each<readonly [object, number | null, number | null]>([
    [LIMITED, null, 452],
    [LIMITED, 5, 452],
    [{}, 5, 5],
    [{}, null, null],
    [{ retry_after: 'soon' }, 5, 5],
    [{ retry_after: -1 }, null, null],
    [{ retry_after: 0 }, 5, 0],
  ])('is of its own class for a rate limit: %j, header %s', (further, retryAfter, expected) => {
    const error = thrown({ ...apiError('RateLimitException', 403, further), retryAfter });
    expect(Object.getPrototypeOf(error)).toBe(MixcloudRateLimitError.prototype);
    expect(error).toMatchObject({ retryAfter: expected, status: 403, code: 'ERR_MIXCLOUD_RATE_LIMIT' });
  });
});

describe('a body that is no JSON object', () => {
  it.each<readonly [string, Answer]>([
    ['empty', answer('')],
    ['HTML with an error status', HTML],
    ['HTML', answer('<html>', { contentType: 'text/html' })],
    ['cut short', answer('{"key": "/bob/')],
    ['an array', answer([bob])],
    ['null', answer('null')],
    ['a text', answer('"bob"')],
    ['a number', answer('5')],
  ])('is an empty object, or thrown: %s', (_name, given) => {
    expect(JSON.stringify(read(given))).toBe('{}');
    for (const error of [
      thrown(given),
      thrown(given, { strict: true }, silent),
      thrown(given, { raise: true }, silent),
    ]) {
      expect(Object.getPrototypeOf(error)).toBe(MixcloudDecodeError.prototype);
      expect(error).toMatchObject({ status: given.status, contentType: given.contentType, excerpt: given.text });
    }
  });

  it('says what was expected and what came', () => {
    const { message, cause } = thrown(HTML);
    expect(message).toBe(
      'GET https://api.mixcloud.com/bob/?metadata=1: expected a JSON object, but got status 502 with text/html: <html>Bad Gateway</html>',
    );
    expect(cause).toBeInstanceOf(SyntaxError);
    expect(thrown(answer(' \n')).message).toMatch(/status 200 with an empty body$/);
    expect(thrown(answer('x', { contentType: null })).message).toMatch(/with a body without content type: x$/);
    expect('cause' in thrown(answer('null'))).toBe(false);
  });

  it('is shown in part when it is long', () => {
    expect(thrown(answer('x'.repeat(1e6)))).toMatchObject({ excerpt: `${'x'.repeat(200)}…` });
  });

  it('is what a decoder makes of it: a class instance is no JSON object, one without a prototype is', () => {
    const decoded = (value: unknown) => interpret(context({ jsonDecoder: () => value }), sent, answer(''));
    expect(JSON.stringify(decoded(new Map([['a', 1]])))).toBe('{}');
    expect(JSON.stringify(decoded(Object.assign(Object.create(null), { a: 1 })))).toBe('{"a":1}');
    const failing = context({
      raiseExceptions: true,
      jsonDecoder: () => {
        throw new Error('own');
      },
    });
    expect(() => interpret(failing, sent, answer(''))).toThrow(
      expect.objectContaining({ name: 'MixcloudDecodeError', cause: expect.objectContaining({ message: 'own' }) }),
    );
  });
});

describe('interpretText', () => {
  const text = (given: Answer, client = silent) => interpretText(client, sent, given);

  it.each([answer('<iframe>'), answer(''), answer('{"html": 1}'), answer('{ not JSON')])(
    'gives the text: %o',
    (given) => {
      expect(text(given)).toBe(given.text);
      expect(text(given, raising)).toBe(given.text);
    },
  );

  it('gives or throws an error', () => {
    const error = apiError('ResourceNotFoundException', 404);
    expect(JSON.stringify(text(error))).toBe(error.text);
    expect(() => text(error, raising)).toThrow(MixcloudError);
    expect(() => text(apiError('X', 200), raising)).toThrow(MixcloudError);
    expect(JSON.stringify(text(HTML))).toBe('{}');
    expect(() => text(HTML, raising)).toThrow(MixcloudDecodeError);
  });
});

describe('rateLimitOf', () => {
  it.each<readonly [string, Answer, number | null]>([
    ['the body', apiError('RateLimitException', 403, LIMITED), 452],
    ['the header', { ...apiError('RateLimitException', 403), retryAfter: 9 }, 9],
    ['neither', apiError('RateLimitException', 403), null],
    ['another error', { ...apiError('OAuthException', 403), retryAfter: 9 }, null],
    ['words', answer({ error: 'RateLimitException' }, { status: 403 }), null],
    ['null', answer('null "RateLimitException"', { status: 403 }), null],
    ['no JSON', answer('<RateLimitException>', { status: 403, retryAfter: 9 }), null],
    ['a success', apiError('RateLimitException', 200, LIMITED), null],
  ])('reads %s', (_name, given, expected) => {
    expect(rateLimitOf(given)).toBe(expected);
  });
});

describe('any body at all', () => {
  it('is a model, or under raiseExceptions a MixcloudError', () => {
    const error = fc.record(
      { error: fc.jsonValue(), details: fc.jsonValue(), data: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const typed = fc.record({
      error: fc.record({ type: fc.constantFrom('RateLimitException', 5), details: fc.object() }),
    });
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      error.map((value) => JSON.stringify(value)),
      typed.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(bodies, fc.constantFrom(200, 400, 403, 500), (body, status) => {
        const given = answer(body, { status });
        expect(read(given)).toBeTypeOf('object');
        expect(rateLimitOf(given)).toBeNull();
        try {
          raise(given);
        } catch (caught) {
          expect(caught).toBeInstanceOf(MixcloudError);
          expect(String(caught)).toBeTypeOf('string');
        }
      }),
      { numRuns: 500 },
    );
  });
});
