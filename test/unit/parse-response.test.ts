import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessDict } from '../../src/shared/models/access-dict.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import { type ParseOptions, parseResponse, parseTextResponse } from '../../src/shared/operations/parse-response.ts';
import {
  MixcloudAuthorizationError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudRateLimitError,
} from '../../src/shared/protocol/errors.ts';
import type { ApiResponse } from '../../src/shared/protocol/messages.ts';
import { getRateLimit } from '../../src/shared/protocol/rate-limit.ts';
import { type AnyModel, apiError, context, request, response } from './fakes.ts';

const raising = context({ raiseExceptions: true });
const silent = context();
const sent = request();
const read = (input: ApiResponse, reading?: ParseOptions, client = silent) =>
  parseResponse(client, sent, input, reading);
const raise = (input: ApiResponse, reading?: ParseOptions) => read(input, reading, raising);
const thrown = (input: ApiResponse, reading?: ParseOptions, client = raising): MixcloudError => {
  try {
    read(input, reading, client);
  } catch (error) {
    if (error instanceof MixcloudError) return error;
  }
  throw new Error('expected a MixcloudError');
};

const bob = { key: '/bob/', type: 'user' };
const LIMITED = { retry_after: 452 };
const HTML = response('<html>Bad Gateway</html>', { status: 502, contentType: 'text/html' });

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
    expect(get(response(body))).toBeInstanceOf(type);
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
    const model = get(response(body));
    expect(Object.getPrototypeOf(model)).toBe(AccessDict.prototype);
    expect(JSON.stringify(model)).toBe(JSON.stringify(body));
  });

  it('is full, and has its connections as methods unless told otherwise', () => {
    const data = { ...bob, metadata: { connections: { fans: 'https://api.mixcloud.com/bob/fans/' } } };
    const resource = get(response(data)) as AnyModel;
    expect([resource.full, typeof resource.fans]).toEqual([true, 'function']);
    const bare = get(response(data), { createConnections: false }) as AnyModel;
    expect([bare.full, typeof bare.fans]).toEqual([true, 'undefined']);
  });

  it('is read whatever its content type says', () => {
    expect(get(response(bob, { contentType: 'text/html' }))).toBeInstanceOf(ResourceBase);
    expect(get(response(bob, { contentType: null }))).toBeInstanceOf(ResourceBase);
  });
});

describe('an answer that is an error', () => {
  it.each<readonly [string, ApiResponse]>([
    ['an error object', apiError('ResourceNotFoundException', 404)],
    ['an error object with status 200', apiError('X', 200)],
    ['an error in words', response({ error: 'no' })],
    ['an empty error', response({ error: '' })],
    ['a status alone', response({ detail: 'no' }, { status: 500 })],
    ['a resource with such a status', response(bob, { status: 400 })],
    ['a list with an error', response({ data: [], error: { message: 'x' } })],
  ])('is given as it is, or thrown: %s', (_name, input) => {
    const model = read(input);
    expect(Object.getPrototypeOf(model)).toBe(AccessDict.prototype);
    expect(JSON.stringify(model)).toBe(input.text);
    const error = thrown(input);
    expect(Object.getPrototypeOf(error)).toBe(MixcloudError.prototype);
    expect(error).toMatchObject({ status: input.status, data: JSON.parse(input.text), code: 'ERR_MIXCLOUD' });
    expect(() => read(input, { raise: true })).toThrow(MixcloudError);
    expect(() => read(input, { strict: true })).not.toThrow();
  });

  it('carries what the API says', () => {
    const body = {
      error: { type: 'UploadException', message: 'Refused.', id: 7, details: { name: ['no'] } },
      details: { tags: ['Too many', 5], picture: 'Too large', hosts: [{ a: 1 }], sections: { toString: 1 } },
    };
    const error = thrown(response(body, { status: 400 }));
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
    expect(thrown(response(body, { status: 400 }))).toMatchObject({ details: { name: ['no'] }, extra: {} });
    expect(thrown(response({ error: { message: 'x', details: 'words' } })).details).toEqual({});
  });

  it('has a message in any case', () => {
    expect(thrown(response({ error: 'no such code' })).message).toBe('no such code');
    const nameless = 'GET https://api.mixcloud.com/bob/?metadata=1: answered with status 500';
    expect(thrown(response({}, { status: 500 })).message).toBe(nameless);
    expect(thrown(response({ error: { message: 5 } }, { status: 500 })).message).toBe(nameless);
    expect(String(thrown(response({ error: 'no' })))).toBe('MixcloudError: no');
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
  it.each<readonly [string, ApiResponse]>([
    ['empty', response('')],
    ['HTML with an error status', HTML],
    ['HTML', response('<html>', { contentType: 'text/html' })],
    ['cut short', response('{"key": "/bob/')],
    ['an array', response([bob])],
    ['null', response('null')],
    ['a text', response('"bob"')],
    ['a number', response('5')],
  ])('is an empty object, or thrown: %s', (_name, input) => {
    expect(JSON.stringify(read(input))).toBe('{}');
    for (const error of [
      thrown(input),
      thrown(input, { strict: true }, silent),
      thrown(input, { raise: true }, silent),
    ]) {
      expect(Object.getPrototypeOf(error)).toBe(MixcloudDecodeError.prototype);
      expect(error).toMatchObject({ status: input.status, contentType: input.contentType, excerpt: input.text });
    }
  });

  it('says what was expected and what came', () => {
    const { message, cause } = thrown(HTML);
    expect(message).toBe(
      'GET https://api.mixcloud.com/bob/?metadata=1: expected a JSON object, but got status 502 with text/html: <html>Bad Gateway</html>',
    );
    expect(cause).toBeInstanceOf(SyntaxError);
    expect(thrown(response(' \n')).message).toMatch(/status 200 with an empty body$/);
    expect(thrown(response('x', { contentType: null })).message).toMatch(/with a body without content type: x$/);
    expect('cause' in thrown(response('null'))).toBe(false);
  });

  it('is shown in part when it is long', () => {
    expect(thrown(response('x'.repeat(1e6)))).toMatchObject({ excerpt: `${'x'.repeat(200)}…` });
  });

  it('is what a decoder makes of it: a class instance is no JSON object, one without a prototype is', () => {
    const decoded = (value: unknown) => parseResponse(context({ jsonDecoder: () => value }), sent, response(''));
    expect(JSON.stringify(decoded(new Map([['a', 1]])))).toBe('{}');
    expect(JSON.stringify(decoded(Object.assign(Object.create(null), { a: 1 })))).toBe('{"a":1}');
    const failing = context({
      raiseExceptions: true,
      jsonDecoder: () => {
        throw new Error('own');
      },
    });
    expect(() => parseResponse(failing, sent, response(''))).toThrow(
      expect.objectContaining({ name: 'MixcloudDecodeError', cause: expect.objectContaining({ message: 'own' }) }),
    );
  });
});

describe('interpretText', () => {
  const text = (input: ApiResponse, client = silent) => parseTextResponse(client, sent, input);

  it.each([response('<iframe>'), response(''), response('{"html": 1}'), response('{ not JSON')])(
    'gives the text: %o',
    (input) => {
      expect(text(input)).toBe(input.text);
      expect(text(input, raising)).toBe(input.text);
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
  it.each<readonly [string, ApiResponse, number | null]>([
    ['the body', apiError('RateLimitException', 403, LIMITED), 452],
    ['the header', { ...apiError('RateLimitException', 403), retryAfter: 9 }, 9],
    ['neither', apiError('RateLimitException', 403), null],
    ['another error', { ...apiError('OAuthException', 403), retryAfter: 9 }, null],
    ['words', response({ error: 'RateLimitException' }, { status: 403 }), null],
    ['null', response('null "RateLimitException"', { status: 403 }), null],
    ['no JSON', response('<RateLimitException>', { status: 403, retryAfter: 9 }), null],
    ['a success', apiError('RateLimitException', 200, LIMITED), null],
  ])('reads %s', (_name, input, expected) => {
    expect(getRateLimit(input)).toBe(expected);
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
        const input = response(body, { status });
        expect(read(input)).toBeTypeOf('object');
        expect(getRateLimit(input)).toBeNull();
        try {
          raise(input);
        } catch (caught) {
          expect(caught).toBeInstanceOf(MixcloudError);
          expect(String(caught)).toBeTypeOf('string');
        }
      }),
      { numRuns: 500 },
    );
  });
});
