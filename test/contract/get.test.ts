import {
  type Cloudcast,
  isErrorResponse,
  type Listing,
  MixcloudConnectionError,
  MixcloudDecodeError,
  toError,
  type User,
} from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery, sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('get ($mode)', ({ Mixcloud, Resource, ResourceList }) => {
  it('fetches a user by key', async () => {
    const world = await newWorld();
    const mixcloud = new Mixcloud({ apiRoot: world.origin });
    const bob = await mixcloud.get<User>('bob');
    expect(bob).toBeInstanceOf(Resource);
    expect(bob.city).toBe('London');
    expect(bob.created_time.isValid).toBe(true);
    expect(await sent(world)).toEqual(['GET /bob/?metadata=1']);
  });

  it('fetches a cloudcast, with what only its own page has', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const mix = await mixcloud.get<Cloudcast>('luke/a-nice-mix');
    expect(mix.full).toBe(true);
    expect(mix.description).toEqual(expect.any(String));
    expect(mix.sections?.length).toBeGreaterThan(0);
    expect(mix.user.full).toBe(false);
  });

  it('fetches a list', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const followers = await mixcloud.get<Listing<User>>('bob/followers');
    expect(followers).toBeInstanceOf(ResourceList);
    expect(followers[0]?.username).toEqual(expect.any(String));
  });

  it('gives an AccessDict for an object without a type', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const response = await mixcloud.get('luke/a-nice-mix/embed-json');
    expect(response).not.toBeInstanceOf(Resource);
    expect(String(response)).toBe('<AccessDict>');
    expect(response.html).toContain('<iframe');
  });

  describe('relative: false', () => {
    it('takes an absolute URL, and adds metadata to what it asks', async () => {
      const world = await newWorld();
      const list = await clientOf(Mixcloud, world).get<Listing<User>>(`${world.origin}/bob/followers/?limit=2`, {
        relative: false,
      });
      expect(list).toHaveLength(2);
      expect(await sent(world)).toEqual(['GET /bob/followers/?limit=2&metadata=1']);
    });

    it('may lead to another origin than the API, without the access token', async () => {
      const [world, other] = await Promise.all([newWorld(), newWorld()]);
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      expect((await mixcloud.get(`${other.origin}/peter/`, { relative: false })).key).toBe('/peter/');
      expect(await sent(other)).toEqual(['GET /peter/?metadata=1']);
      expect(await world.requests()).toEqual([]);
    });

    it.each(['bob', '/bob/', '//host/bob', 'file:///etc/passwd', 'http://', ''])('refuses %j', async (url) => {
      const mixcloud = clientOf(Mixcloud, await newWorld());
      await thrown(TypeError, () => mixcloud.get(url, { relative: false }));
    });
  });

  it('creates no connection methods when it is told not to', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    expect((await mixcloud.get('bob')).followers).toEqual(expect.any(Function));
    const bare = await mixcloud.get('bob', { createConnections: false });
    expect(bare.followers).toBeUndefined();
    expect(await bare.connection('followers')).not.toHaveLength(0);
  });

  it('passes params on, as text', async () => {
    const world = await newWorld();
    const params = { limit: 3, 'a b': 'c&d', flag: true, not: undefined };
    await clientOf(Mixcloud, world).get('bob/followers', { params });
    expect(await onlyQuery(world)).toEqual({ metadata: '1', limit: '3', 'a b': 'c&d', flag: 'true' });
  });

  it('refuses the access token among the params', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const error = await thrown(TypeError, () => mixcloud.get('bob', { params: { access_token: OWNER_TOKEN } }));
    expect(error.message).not.toContain(OWNER_TOKEN);
    expect(await world.requests()).toEqual([]);
  });

  it.each([
    [{ relativ: false }, 'unknown option "relativ", did you mean "relative"?'],
    [{ relative: 'no' }, 'relative: expected true or false, but got "no"'],
    [{ createConnections: 1 }, 'createConnections: expected true or false, but got 1'],
    [{ params: 'a=b' }, 'params: expected an object, but got "a=b"'],
    [{ params: { a: {} } }, 'params.a: expected a string, a number or a boolean, but got an object'],
    [{ timeout: '5' }, 'timeout: expected a number of milliseconds, but got "5"'],
    ['followers', 'get options: expected an object, but got a string'],
  ])('refuses the options %j before anything is sent', async (options, message) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await thrown(TypeError, () => mixcloud.get('bob', options as never))).message).toContain(message);
    expect(await world.requests()).toEqual([]);
  });

  describe('redirects', () => {
    it('are followed within the origin, five at most', async () => {
      const world = await newWorld();
      const mixcloud = new Mixcloud({ apiRoot: world.faultRoot('redirect-chain', 5) });
      expect((await mixcloud.get('bob')).key).toBe('/bob/');
      expect(await world.requests()).toHaveLength(6);
      await world.clearRequests();
      const longer = new Mixcloud({ apiRoot: world.faultRoot('redirect-chain', 6) });
      const error = await thrown(MixcloudConnectionError, () => longer.get('bob'));
      expect(error.code).toBe('ERR_MIXCLOUD_REDIRECT');
      expect(await world.requests()).toHaveLength(6);
    });

    it('are not followed to another origin', async () => {
      const [world, other] = await Promise.all([newWorld(), newWorld()]);
      const mixcloud = new Mixcloud({
        apiRoot: world.faultRoot('redirect-abroad', other.origin),
        accessToken: OWNER_TOKEN,
      });
      const error = await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
      expect(error.code).toBe('ERR_MIXCLOUD_REDIRECT');
      expect(error.message).toContain(`a redirect to another origin, ${other.origin}`);
      expect(await other.requests()).toEqual([]);
    });

    it('are no hop of an ordinary call, since its path ends in a slash', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      await mixcloud.get('bob');
      await mixcloud.get('luke/a-nice-mix');
      await mixcloud.popular();
      expect((await world.requests()).map(({ status }) => status)).toEqual([200, 200, 200]);
    });
  });

  describe('a body that is not a JSON object', () => {
    it.each(['empty', 'array', 'null', 'string', 'number', 'truncated-json', 'html-200', 'html-500'])(
      'is an error response, or a MixcloudDecodeError under raiseExceptions (%s)',
      async (fault) => {
        const world = await newWorld();
        const apiRoot = world.faultRoot(fault);
        const response = await new Mixcloud({ apiRoot }).get('bob');
        expect(isErrorResponse(response)).toBe(true);
        expect(response.error.type).toBe('MixcloudDecodeError');
        const raising = new Mixcloud({ apiRoot, raiseExceptions: true });
        const error = await thrown(MixcloudDecodeError, () => raising.get('bob'));
        expect(toError(response)).toEqual(error);
      },
    );

    it.each(['wrong-type', 'no-type', 'bom', 'gzip', 'deflate', 'br', 'chunked'])(
      'is not judged by what surrounds it (%s)',
      async (fault) => {
        const world = await newWorld();
        expect((await new Mixcloud({ apiRoot: world.faultRoot(fault) }).get('bob')).city).toBe('London');
      },
    );
  });
});
