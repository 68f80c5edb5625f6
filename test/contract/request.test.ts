import { openAsBlob } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  type Mixcloud as Client,
  isErrorResponse,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  type MixcloudOptions,
  type Progress,
} from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio, newFile } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery, sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const PUBLISHED = '{"result": {"success": true, "message": "Done", "key": "/bob/x/"}}';

/** A world that answers everything, since the API has no endpoint that takes any fields. */
async function newEndpoint(body = PUBLISHED): Promise<WorldHandle> {
  const world = await newWorld();
  await world.fault({ name: 'body', param: `200 ${body}` });
  return world;
}

describe.each(modes)('request ($mode)', ({ mode, Mixcloud, Resource, ResourceList }) => {
  const owner = (world: WorldHandle, options: MixcloudOptions = {}) =>
    clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, ...options });

  describe('GET', () => {
    it('returns what get returns', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      const bob = await mixcloud.request('GET', 'bob');
      expect([bob instanceof Resource, bob.full, bob.data]).toEqual([true, true, (await mixcloud.get('bob')).data]);
      const list = await mixcloud.request('GET', '/bob/followers/', { params: { limit: 3, offset: 0 } });
      expect([list instanceof ResourceList, list.length]).toEqual([true, 3]);
      expect(isErrorResponse(await mixcloud.request('GET', 'nobody-at-all'))).toBe(true);
      const raising = mixcloud.withOptions({ raiseExceptions: true });
      expect((await thrown(MixcloudError, () => raising.request('GET', 'nobody-at-all'))).message).toBe(
        'User does not exist.',
      );
      expect((await sent(world))[2]).toBe('GET /bob/followers/?metadata=1&limit=3&offset=0');
    });

    it('sends metadata=1, the parameters, and the token', async () => {
      const world = await newWorld();
      await owner(world).request('GET', 'bob', { params: { a: 'x y', b: 2, c: true, d: null } });
      expect(await onlyQuery(world)).toEqual({ metadata: '1', a: 'x y', b: '2', c: 'true', access_token: OWNER_TOKEN });
    });

    it('is tried again after a failure', async () => {
      const world = await newWorld();
      await world.fault({ name: 'html-503', times: 1 });
      expect((await clientOf(Mixcloud, world).request('GET', 'bob')).key).toBe('/bob/');
      expect(await world.requests()).toHaveLength(2);
    });

    it('takes no fields', async () => {
      const world = await newWorld();
      const call = () => owner(world).request('GET', 'bob', { fields: { a: 'x' } });
      expect((await thrown(TypeError, call)).message).toMatch(/^fields: a GET has no body/);
      expect(await world.requests()).toEqual([]);
    });
  });

  describe('POST and DELETE', () => {
    it('act as the methods do that are built on them', async () => {
      const world = await newWorld();
      const mixcloud = owner(world);
      expect((await mixcloud.request('POST', 'bob/follow')).result).toMatchObject({ success: true });
      expect((await mixcloud.request('DELETE', 'bob/follow')).result).toMatchObject({ success: true });
      const token = new URLSearchParams({ access_token: OWNER_TOKEN });
      expect(await sent(world)).toEqual([`POST /bob/follow/?${token}`, `DELETE /bob/follow/?${token}`]);
      expect(await world.requests()).toMatchObject([{ body: { bytes: 0 } }, { body: { bytes: 0 } }]);
    });

    it.each(['POST', 'DELETE'] as const)('%s needs a token', async (method) => {
      const world = await newWorld();
      const call = () => clientOf(Mixcloud, world).request(method, 'bob/follow');
      expect((await thrown(TypeError, call)).message).toMatch(/^accessToken: this needs an access token/);
      expect(await world.requests()).toEqual([]);
    });

    it('send parameters in the query', async () => {
      const world = await newEndpoint();
      await owner(world).request('POST', 'bob/x', { params: { a: 'b' } });
      expect(await onlyQuery(world)).toEqual({ a: 'b', access_token: OWNER_TOKEN });
    });

    it.each(['POST', 'DELETE'] as const)('%s sends fields of every kind as a multipart body', async (method) => {
      const world = await newEndpoint();
      const path = newFile('cover.jpg', audio(300));
      await owner(world).request(method, 'bob/x', {
        fields: {
          text: 'Ω & é',
          empty: '',
          number: 7.5,
          yes: true,
          no: false,
          left: null,
          out: undefined,
          path: 'file:///not/read',
          url: pathToFileURL(path),
          bytes: audio(10),
          blob: new Blob([audio(20)], { type: 'audio/ogg' }),
          file: new File([audio(30)], 'a.mp3', { type: 'audio/mpeg' }),
        },
      });
      const [request] = await world.requests();
      expect(request?.body.fields).toEqual([
        { name: 'text', value: 'Ω & é' },
        { name: 'empty', value: '' },
        { name: 'number', value: '7.5' },
        { name: 'yes', value: '1' },
        { name: 'no', value: '' },
        { name: 'path', value: 'file:///not/read' },
      ]);
      expect(
        request?.body.files.map(({ name, filename, contentType, size }) => [name, filename, contentType, size]),
      ).toEqual([
        ['url', 'cover.jpg', 'image/jpeg', 300],
        ['bytes', 'bytes', 'application/octet-stream', 10],
        ['blob', 'blob', 'audio/ogg', 20],
        ['file', 'a.mp3', 'audio/mpeg', 30],
      ]);
      expect(request?.headers['content-length']).toBe(String(request?.body.bytes));
    });

    it('send no body for fields that are empty', async () => {
      const world = await newEndpoint();
      await owner(world).request('POST', 'bob/x', { fields: { a: null } });
      const [request] = await world.requests();
      expect([request?.body.bytes, request?.headers['content-type']]).toEqual([0, undefined]);
    });

    it.each(['reset', 'html-503'])('are never sent again after a failure (%s)', async (name) => {
      const world = await newWorld();
      await world.fault({ name });
      const call = async () => {
        const answer = await owner(world).request('POST', 'bob/follow');
        if (isErrorResponse(answer)) throw answer;
      };
      await expect(call()).rejects.toBeDefined();
      expect(await world.requests()).toHaveLength(1);
    });

    it('wait for a rate limit, unless they hold a file', async () => {
      const world = await newEndpoint();
      const mixcloud = owner(world, { maxRateLimitWait: 2 });
      await world.clearFaults();
      await world.fault({ name: 'rate-limit', param: 0.2, times: 1 });
      await world.fault({ name: 'body', param: `200 ${PUBLISHED}` });
      expect((await mixcloud.request('POST', 'bob/x', { fields: { a: 'b' } })).result.success).toBe(true);
      expect((await world.requests()).map(({ status }) => status)).toEqual([403, 200]);
      await world.clearFaults();
      await world.clearRequests();
      await world.fault({ name: 'rate-limit', param: 0.2, times: 1 });
      const answer = await mixcloud.request('POST', 'bob/x', { fields: { a: audio(9) } });
      expect(answer.error.type).toBe('RateLimitException');
      expect(await world.requests()).toHaveLength(1);
    });

    it('are an error when they are redirected', async () => {
      const world = await newWorld();
      await world.fault({ name: 'redirect-loop' });
      const error = await thrown(MixcloudConnectionError, () => owner(world).request('POST', 'bob/follow'));
      expect(error.code).toBe('ERR_MIXCLOUD_REDIRECT');
    });

    it('return what get would return for the response', async () => {
      const world = await newEndpoint(
        '{"key": "/bob/x/", "type": "comment", "user": {"key": "/bob/", "type": "user"}}',
      );
      const comment = await owner(world).request('POST', 'bob/x');
      expect([comment instanceof Resource, String(comment.user)]).toEqual([true, "<Resource: User '/bob/'>"]);
    });
  });

  describe('a file', () => {
    it('throws if the response cannot be read, and without a file that is an error response', async () => {
      const world = await newEndpoint('<html>');
      const mixcloud = owner(world);
      await thrown(MixcloudDecodeError, () => mixcloud.request('POST', 'bob/x', { fields: { a: audio(9) } }));
      expect(isErrorResponse(await mixcloud.request('POST', 'bob/x', { fields: { a: 'b' } }))).toBe(true);
    });

    it.each([
      ['is empty', () => new Uint8Array(0), RangeError, /^cover: .*empty/],
      ['does not exist', () => new URL('file:///not/here.jpg'), TypeError, /^cover: cannot read the file: ENOENT/],
      ['is a folder', () => new URL('file:///'), TypeError, /^cover: .*not a regular file/],
    ] as const)('that %s is not sent', async (_what, file, type, message) => {
      const world = await newEndpoint();
      const call = () => owner(world).request('POST', 'bob/x', { fields: { cover: file() } });
      expect((await thrown<Error>(type as typeof Error, call)).message).toMatch(message);
      expect(await world.requests()).toEqual([]);
    });

    it('is streamed, and its progress reported', async () => {
      const world = await newEndpoint();
      const url = pathToFileURL(newFile('big.bin', audio(5_000_000)));
      const reports: Progress[] = [];
      const onProgress = (progress: Progress) => void reports.push(progress);
      await owner(world).request('POST', 'bob/x', { fields: { url }, onProgress });
      const total = (await world.requests())[0]?.body.bytes;
      expect(reports.at(-1)).toEqual({ sent: total, total });
    });

    if (mode === 'sync') {
      it('on disk cannot be a Blob, which cannot cross to the worker', async () => {
        const blob = await openAsBlob(newFile('x.mp3', audio(50)));
        const call = async () => owner(await newWorld()).request('POST', 'bob/x', { fields: { blob } });
        expect((await thrown(TypeError, call)).message).toMatch(/^blob: a Blob that stands for a file on disk/);
      });
    }
  });

  it.each<[string, (mixcloud: Client) => unknown, RegExp]>([
    [
      'a method in lower case',
      (it) => it.request('get' as never, 'bob'),
      /^method: .*upper case, 'GET', but got "get"$/,
    ],
    [
      'another method',
      (it) => it.request('PUT' as never, 'bob'),
      /^method: expected 'GET', 'POST' or 'DELETE', but got "PUT"$/,
    ],
    ['no method', (it) => it.request(undefined as never, 'bob'), /^method: .* but got undefined$/],
    ['a key in place of the method', (it) => it.request('bob' as never, {} as never), /^method: /],
    ['no key', (it) => it.request('GET', ''), /^key: /],
    ['a key that leaves the root', (it) => it.request('POST', '../x'), /^key: /],
    ['a URL elsewhere', (it) => it.request('GET', 'https://evil.example/bob/'), /^key: .*is not a page under/],
    ['an unknown option', (it) => it.request('GET', 'bob', { field: {} } as never), /did you mean "fields"/],
    ['options of get', (it) => it.request('GET', 'bob', { relative: false } as never), /unknown option "relative"/],
    [
      'a field of another kind',
      (it) => it.request('POST', 'x', { fields: { a: [1] as never } }),
      /^fields\.a: .* got an array$/,
    ],
    ['a number that is none', (it) => it.request('POST', 'x', { fields: { a: Number.NaN } }), /^fields\.a: /],
    [
      'a URL that is no file',
      (it) => it.request('POST', 'x', { fields: { a: new URL('https://x.example') } }),
      /^fields\.a: .*a URL$/,
    ],
    [
      'a field without a name',
      (it) => it.request('POST', 'x', { fields: { '': 'x' } }),
      /^fields: .*names that are not empty/,
    ],
    [
      'fields that are no object',
      (it) => it.request('POST', 'x', { fields: 'x' as never }),
      /^fields: expected an object/,
    ],
    [
      'the token as a field',
      (it) => it.request('POST', 'x', { fields: { access_token: OWNER_TOKEN } }),
      /^fields: set the access token/,
    ],
    [
      'the token as a parameter',
      (it) => it.request('GET', 'x', { params: { access_token: OWNER_TOKEN } }),
      /^params: set the access token/,
    ],
    [
      'a listener that is none',
      (it) => it.request('POST', 'x', { onProgress: 5 as never }),
      /^onProgress: expected a function/,
    ],
  ])('rejects %s before anything is sent', async (_what, call, message) => {
    const world = await newWorld();
    const error = await thrown(TypeError, () => call(owner(world)));
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain(OWNER_TOKEN);
    expect(await world.requests()).toEqual([]);
  });

  it('takes every form of a key', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    for (const key of ['luke/a-nice-mix', '/luke/a-nice-mix/', `${world.mixcloudRoot}/luke/a-nice-mix/`]) {
      expect((await mixcloud.request('GET', key)).key).toBe('/luke/a-nice-mix/');
    }
  });
});
