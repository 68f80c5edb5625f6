import { describe, expect, it } from 'vitest';
import * as actions from '../../src/shared/operations/actions.ts';
import { request } from '../../src/shared/operations/request.ts';
import * as uploads from '../../src/shared/operations/uploads.ts';
import {
  MixcloudAuthorizationError,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
} from '../../src/shared/protocol/errors.ts';
import type { ApiResult } from '../../src/shared/protocol/messages.ts';
import { apiError, batch, context, failure, owner, placeOf, planned, response, TOKEN } from './fakes.ts';

const done = response({ result: { success: true, message: 'Uploaded test', key: '/bob/test/' } });
const bytes = new Uint8Array(3);
const file = { name: 'mp3', file: { from: 'path', path: 'show.mp3', cwd: process.cwd() }, maxSize: 4_294_967_296 };

describe('act', () => {
  it.each([
    ['follow', 'POST', 'follow', 'user'],
    ['unfollow', 'DELETE', 'follow', 'user'],
    ['favorite', 'POST', 'favorite', 'cloudcast'],
    ['unfavorite', 'DELETE', 'favorite', 'cloudcast'],
    ['repost', 'POST', 'repost', 'cloudcast'],
    ['unrepost', 'DELETE', 'repost', 'cloudcast'],
    ['listenLater', 'POST', 'listen-later', 'cloudcast'],
    ['unlistenLater', 'DELETE', 'listen-later', 'cloudcast'],
  ] as const)('%s is a %s of %s, sent once', (action, method, place, argument) => {
    const { requests, result } = batch(actions.act(owner(), action, '/luke/ä', undefined), done);
    expect(requests).toEqual([
      {
        method,
        url: `https://api.mixcloud.com/luke/%C3%A4/${place}/`,
        secrets: { access_token: TOKEN },
        idempotent: false,
        timeout: 60_000,
      },
    ]);
    expect(result).toMatchObject({ result: { success: true } });
    expect(() => batch(actions.act(owner(), action, '', undefined))).toThrow(`${argument}: expected a key`);
    expect(() => batch(actions.act(owner(), action, 'bob', { force: true }))).toThrow(`${action} options: unknown`);
    expect(() => batch(actions.act(context(), action, 'bob', undefined))).toThrow(/^accessToken: this needs/);
  });

  it('takes a time-out', () => {
    expect(planned(actions.act(owner(), 'follow', 'bob', { timeout: 7 })).timeout).toBe(7);
  });
});

describe('upload', () => {
  const upload = (fields?: unknown, client = owner()) => uploads.upload(client, 'show.mp3', 'A show', fields);

  it('is one multipart POST, sent once', () => {
    const { requests, result } = batch(upload({ tags: ['Jazz'], timeout: 9 }), done);
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'https://api.mixcloud.com/upload/',
        secrets: { access_token: TOKEN },
        parts: [{ name: 'name', value: 'A show' }, { name: 'tags-0-tag', value: 'Jazz' }, file],
        idempotent: false,
        timeout: 9,
      },
    ]);
    expect(result).toMatchObject({ result: { key: '/bob/test/' } });
  });

  it('needs a token before anything else is looked at', () => {
    expect(() => batch(uploads.upload(context(), '', '', { nonsense: 1 }))).toThrow(/^accessToken: this needs/);
  });

  it.each([response(''), response('<html>', { status: 502 }), response('[]'), response('null')])(
    'is an error when the answer cannot be read: %o',
    (result) => {
      expect(() => batch(upload(), result)).toThrow(MixcloudDecodeError);
    },
  );

  it('is a success whose key is unknown when the API says no more', () => {
    const { result } = batch(upload(), response({ result: { success: true } }));
    expect(JSON.parse(JSON.stringify(result))).toEqual({ result: { success: true } });
  });

  it('is an error when the API refuses it with status 200', () => {
    const refusal = response({ result: { success: false, message: 'Tracklist is invalid' } });
    expect(batch(upload(), refusal).result).toMatchObject({ error: { message: 'Tracklist is invalid', type: null } });
    const strict = owner({ raiseExceptions: true });
    expect(() => batch(upload({}, strict), refusal)).toThrow(
      expect.objectContaining({ name: 'MixcloudError', message: 'Tracklist is invalid', status: 200 }),
    );
  });

  it('gives the refusal of the API, or throws it', () => {
    const refusal = apiError('OAuthException', 400);
    expect(batch(upload(), refusal).result).toMatchObject({ error: { type: 'OAuthException' } });
    expect(() => batch(upload({}, owner({ raiseExceptions: true })), refusal)).toThrow(MixcloudAuthorizationError);
  });
});

describe('edit', () => {
  const edit = (key: unknown, fields: unknown = { name: 'New' }, client = owner()) => uploads.edit(client, key, fields);
  const parts = [{ name: 'name', value: 'New' }];

  it('of a whole key is one POST', () => {
    expect(planned(edit('/bob/perfect-mix/', { name: 'New', timeout: 9 }))).toEqual({
      method: 'POST',
      url: 'https://api.mixcloud.com/upload/bob/perfect-mix/edit/',
      secrets: { access_token: TOKEN },
      parts,
      idempotent: false,
      timeout: 9,
    });
  });

  it('of a key without a user asks who the user is first', () => {
    const { requests, result } = batch(edit('perfect-mix'), response({ key: '/αλίκη/', type: 'user' }), done);
    expect(requests.map((sent) => [sent.method, placeOf(sent), sent.secrets])).toEqual([
      ['GET', '/me/?metadata=1', { access_token: TOKEN }],
      ['POST', '/upload/%CE%B1%CE%BB%CE%AF%CE%BA%CE%B7/perfect-mix/edit/', { access_token: TOKEN }],
    ]);
    expect(requests[1]).toMatchObject({ parts, idempotent: false });
    expect(result).toMatchObject({ result: { success: true } });
  });

  it('ends with the answer about the user when that is an error', () => {
    const { requests, result } = batch(edit('perfect-mix'), apiError('OAuthException'));
    expect(requests).toHaveLength(1);
    expect(result).toMatchObject({ error: { type: 'OAuthException' } });
    const strict = owner({ raiseExceptions: true });
    expect(() => batch(edit('perfect-mix', { name: 'New' }, strict), apiError('OAuthException'))).toThrow(
      MixcloudAuthorizationError,
    );
  });

  it.each<readonly [ApiResult, abstract new (...args: never[]) => MixcloudError]>([
    [response(''), MixcloudDecodeError],
    [failure(), MixcloudConnectionError],
    ...[undefined, 5, '', '/', '/../', '/bob/mix/', 'a\n'].map(
      (key) => [response({ key, type: 'user' }), MixcloudError] as const,
    ),
    [response({}), MixcloudError],
    [response({ data: [] }), MixcloudError],
    [response([]), MixcloudDecodeError],
  ])('throws when the user cannot be read: %o', (result, type) => {
    for (const raiseExceptions of [false, true]) {
      const client = owner({ raiseExceptions });
      expect(() => batch(edit('perfect-mix', { name: 'x' }, client), result)).toThrow(type);
    }
  });

  it('is an error when the answer cannot be read', () => {
    expect(() => batch(edit('bob/perfect-mix'), response('<html>'))).toThrow(MixcloudDecodeError);
  });

  it.each<readonly [unknown, unknown, string]>([
    ['bob/mix', undefined, 'edit fields: nothing to change'],
    ['bob/mix', {}, 'edit fields: nothing to change'],
    ['bob/mix', { timeout: 5 }, 'edit fields: nothing to change'],
    ['bob/mix', { mp3: 'x.mp3' }, 'edit fields: unknown field "mp3"'],
    ['..', { name: 'x' }, 'key: '],
    ['mix', { name: 'x', timeout: 'long' }, 'timeout: '],
  ])('of %j with %j is a TypeError before anything is sent', (key, fields, expected) => {
    const { client } = { client: owner() };
    expect(() => batch(uploads.edit(client, key, fields))).toThrow(TypeError);
    expect(() => batch(uploads.edit(client, key, fields))).toThrow(expected);
  });

  it('needs a token', () => {
    expect(() => batch(edit('mix', { name: 'x' }, context()))).toThrow(/^accessToken: this needs/);
  });
});

describe('request', () => {
  const send = (method: string, input?: object, client = owner()) => request(client, method, 'bob/x', input);

  it('of a GET has parameters and no body', () => {
    const sent = planned(send('GET', { params: { limit: 5 } }));
    expect([sent.method, placeOf(sent), sent.parts]).toEqual(['GET', '/bob/x/?metadata=1&limit=5', undefined]);
    expect(() => batch(send('GET', { fields: { a: 1 } }))).toThrow(/^fields: a GET has no body/);
  });

  it('of a POST has parameters and a body', () => {
    const sent = planned(send('POST', { params: { limit: 5 }, fields: { a: 1 } }));
    expect([placeOf(sent), sent.parts]).toEqual(['/bob/x/?limit=5', [{ name: 'a', value: '1' }]]);
  });

  it.each([undefined, {}, { a: null }])('with the fields %j has no body', (fields) => {
    expect(planned(send('DELETE', { fields }))).not.toHaveProperty('parts');
  });

  it('throws an unreadable response only if it sent a file', () => {
    const unreadable = response('<html>');
    expect(() => batch(send('POST', { fields: { mp3: bytes } }), unreadable)).toThrow(MixcloudDecodeError);
    for (const fields of [undefined, { a: 1 }]) {
      expect(batch(send('POST', { fields }), unreadable).result).toMatchObject({
        error: { type: 'MixcloudDecodeError' },
      });
    }
  });
});

describe('a file of an upload', () => {
  it('is plain data that whoever sends it opens', () => {
    const sent = planned(uploads.upload(owner(), bytes, 'x', { picture: new URL('file:///tmp/a%20b.png') }));
    expect(sent.parts).toEqual([
      { name: 'name', value: 'x' },
      { name: 'picture', file: { from: 'path', path: '/tmp/a b.png', cwd: process.cwd() }, maxSize: 10_485_760 },
      { name: 'mp3', file: { from: 'bytes', bytes, filename: 'mp3', type: 'audio/mpeg' }, maxSize: 4_294_967_296 },
    ]);
  });
});
