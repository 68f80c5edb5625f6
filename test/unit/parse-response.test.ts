import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessDict } from '../../src/shared/models/access-dict.ts';
import { isErrorResponse, toError } from '../../src/shared/models/error-response.ts';
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
    { error: '' },
    { error: ' ' },
    { result: { success: 'false' } },
    { result: false },
  ])('is a plain object: %j', (body) => {
    const model = get(response(body));
    expect(Object.getPrototypeOf(model)).toBe(AccessDict.prototype);
    expect(JSON.stringify(model)).toBe(JSON.stringify(body));
  });

  it.each(['dict', 'result'] as const)('is a plain object where a %s is expected', (expected) => {
    for (const body of [
      { ...bob, result: {} },
      { data: [bob], result: {} },
    ]) {
      expect(Object.getPrototypeOf(get(response(body), { expected }))).toBe(AccessDict.prototype);
    }
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
    ['an empty error object', response({ error: {} })],
    ['an error in words', response({ error: 'no' })],
    ['a status alone', response({ detail: 'no' }, { status: 500 })],
    ['a resource with such a status', response(bob, { status: 400 })],
    ['a list with an error', response({ data: [], error: { message: 'x' } })],
    ['a refused result', response({ result: { success: false, message: 'Tracklist is invalid' } })],
  ])('is returned as an error response, or thrown: %s', (_name, input) => {
    const model = read(input);
    expect(model).toBeInstanceOf(AccessDict);
    if (!isErrorResponse(model)) throw new Error('expected an error response');
    const data = JSON.parse(input.text);
    expect(model.data).toEqual(data);
    const error = thrown(input);
    expect(model.error.message).toBe(error.message);
    expect(JSON.parse(JSON.stringify(model))).toEqual({
      ...data,
      error: { ...(typeof data.error === 'object' ? data.error : {}), message: error.message, type: error.type },
    });
    expect(Object.getPrototypeOf(error)).toBe(MixcloudError.prototype);
    expect(error).toMatchObject({ status: input.status, data, code: 'ERR_MIXCLOUD', method: 'GET', url: sent.url });
    expect(toError(model)).toEqual(error);
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
      method: 'GET',
      url: sent.url,
    });
    expect(String(error)).toBe(
      `UploadException: Refused. (details: ${JSON.stringify(error.details)}) (extra: {"id":7})`,
    );
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
    const nameless = '500 Internal Server Error: the API gave no error message';
    expect(thrown(response({}, { status: 500 })).message).toBe(nameless);
    expect(thrown(response({ error: { message: 5 } }, { status: 500 })).message).toBe(nameless);
    expect(thrown(response({ result: { success: true, message: 'Uploaded' } }, { status: 500 })).message).toBe(
      nameless,
    );
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
  ])('is an error response, or thrown: %s', (_name, input) => {
    const model = read(input);
    expect(isErrorResponse(model)).toBe(true);
    expect(JSON.parse(JSON.stringify(model))).toEqual({
      error: { type: 'MixcloudDecodeError', message: thrown(input).message },
    });
    expect(toError(model)).toEqual(thrown(input));
    for (const error of [thrown(input), thrown(input, { strict: true }, silent)]) {
      expect(Object.getPrototypeOf(error)).toBe(MixcloudDecodeError.prototype);
      expect(error).toMatchObject({ status: input.status, contentType: input.contentType, excerpt: input.text });
    }
  });

  it('says what was expected and what came', () => {
    const { message, cause } = thrown(HTML);
    expect(message).toBe('502 Bad Gateway: expected a JSON object, but got text/html');
    expect(cause).toBeInstanceOf(SyntaxError);
    const found = (input: ApiResponse) =>
      thrown(input).message.replace(/^200 OK: expected a JSON object, but got /, '');
    expect(found(response(' \n'))).toBe('an empty body');
    expect(found(response('x', { contentType: null }))).toBe('a body without a content type');
    expect(found(response('{"key"'))).toBe('invalid JSON (text/javascript)');
    expect([found(response('[]')), found(response('null')), found(response('5'))]).toEqual([
      'an array',
      'null',
      'a number',
    ]);
    expect(thrown(response('', { status: 599 })).message).toMatch(/^status 599: /);
    expect('cause' in thrown(response('null'))).toBe(false);
  });

  it('is shown in part when it is long', () => {
    expect(thrown(response('x'.repeat(201)))).toMatchObject({ excerpt: `${'x'.repeat(200)}…` });
    expect(thrown(response('x'.repeat(200)))).toMatchObject({ excerpt: 'x'.repeat(200) });
  });

  it.each(['list', 'result'] as const)('is an object without what a %s has', (expected) => {
    expect(isErrorResponse(read(response({ data: {}, result: 5 }), { expected }))).toBe(true);
    expect(() => raise(response({}), { expected })).toThrow(MixcloudDecodeError);
    expect(isErrorResponse(read(response({ data: [], result: {} }), { expected }))).toBe(false);
  });
});

describe("a caller's decoder", () => {
  const decoded = (value: unknown) => parseResponse(context({ jsonDecoder: () => value }), sent, response(''));

  it.each([
    Object.assign(Object.create(null), { a: 1 }),
    runInNewContext('({ a: 1 })'),
    new (class Decoded {
      a = 1;
    })(),
  ])('may return any object', (value) => {
    expect(JSON.stringify(decoded(value))).toBe('{"a":1}');
  });

  it.each([new Map([['a', 1]]), Promise.resolve({}), [1], null, undefined, 'x', 5])(
    'returns no object: %o',
    (value) => {
      expect(isErrorResponse(decoded(value))).toBe(true);
    },
  );

  it('makes a body unreadable by throwing, unless the body is JSON', () => {
    const own = new RangeError('own');
    const jsonDecoder = () => {
      throw own;
    };
    const failing = context({ jsonDecoder });
    expect(toError(parseResponse(failing, sent, response('<html>')))).toMatchObject({
      name: 'MixcloudDecodeError',
      cause: own,
    });
    for (const client of [failing, context({ jsonDecoder, raiseExceptions: true })]) {
      expect(() => parseResponse(client, sent, response(bob))).toThrow(own);
    }
  });
});

describe('a text', () => {
  const text = (input: ApiResponse, client = silent) => parseTextResponse(client, sent, input);

  it.each([response('<iframe>'), response('{"html": 1}'), response('{ not JSON'), response('[]', { status: 201 })])(
    'is returned as it is: %o',
    (input) => {
      expect(text(input)).toBe(input.text);
      expect(text(input, raising)).toBe(input.text);
    },
  );

  it.each([silent, raising])('is an error in any setting', (client) => {
    expect(() => text(apiError('ResourceNotFoundException', 404), client)).toThrow(MixcloudError);
    expect(() => text(apiError('X', 200), client)).toThrow(MixcloudError);
    expect(() => text(response('{"result": {"success": false}}'), client)).toThrow(MixcloudError);
    expect(() => text(response(''), client)).toThrow(MixcloudDecodeError);
    for (const status of [300, 302, 304, 404, 502]) {
      expect(() => text({ ...HTML, status }, client)).toThrow(expect.objectContaining({ status, method: 'GET' }));
    }
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
