import { inspect } from 'node:util';
import {
  AccessDict,
  isErrorResponse,
  MixcloudError,
  MixcloudRateLimitError,
  Resource,
  type ResourceList,
  toError,
} from 'mixcloud-client';
import { ResourceSync } from 'mixcloud-client/sync';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: names that no type of an error response has
type Any = any;

describe.each(modes)('an error response ($mode)', ({ Mixcloud, mode }) => {
  const nobody = async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    return { mixcloud, answer: (await mixcloud.get('nobody')) as Any };
  };

  it('reads as the error of the API, in every way', async () => {
    const { mixcloud, answer } = await nobody();
    expect(answer).toBeInstanceOf(AccessDict);
    expect(String(answer)).toBe("<AccessDict: error 'User does not exist.'>");
    expect(inspect(answer)).toMatch(/^<AccessDict: error 'User does not exist.'> \{/);
    expect([answer.error.message, answer.error.type]).toEqual(['User does not exist.', 'ResourceNotFoundException']);
    expect(answer.mixcloud).toBe(mixcloud);
    expect(answer.data).toEqual({ error: { message: 'User does not exist.', type: 'ResourceNotFoundException' } });
    expect([Object.keys(answer), [...answer.keys()], 'error' in answer]).toEqual([['error'], ['error'], true]);
    expect([...answer.items()][0][1]).toBe(answer.error);
    expect([...answer.values()]).toEqual([answer.error]);
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer.data);
    expect(answer.error).not.toBeInstanceOf(Resource);
  });

  it('has an error where the response has none, or a string', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { retries: 0 });
    const read = async (param: string) => {
      await world.clearFaults();
      await world.fault({ name: 'body', param });
      return (await mixcloud.get('bob')) as Any;
    };
    const refused = await read('200 {"result": {"success": false, "message": "Tracklist is invalid"}}');
    expect(refused.data).toEqual({ result: { success: false, message: 'Tracklist is invalid' } });
    expect(JSON.parse(JSON.stringify(refused))).toEqual({
      ...refused.data,
      error: { message: 'Tracklist is invalid', type: null },
    });
    expect(refused.result.success).toBe(false);
    const words = await read('400 {"error": "no"}');
    expect([words.data.error, words.error.message, words.error.type]).toEqual(['no', 'no', null]);
    const bare = await read('418 {"city": "London"}');
    expect([bare.error.message, bare.error.type, bare.city]).toEqual([
      "418 I'm a Teapot: the API gave no error message",
      null,
      'London',
    ]);
    const html = await read('503 <html>');
    expect(html.data).toEqual({
      error: {
        type: 'MixcloudDecodeError',
        message: '503 Service Unavailable: expected a JSON object, but got text/html',
      },
    });
  });

  it('throws from the members that only a resource or a list has', async () => {
    const { answer } = await nobody();
    const failing = { name: 'MixcloudError', message: 'User does not exist.', status: 404 };
    const methods = [
      ...['load', 'loadAll', 'next', 'previous', 'connection', 'follow', 'favorite', 'edit', 'embedHtml', 'oembed'],
      ...['followers', 'cloudcasts', 'similar', 'popular', 'latest', 'listens'],
    ];
    for (const name of methods) {
      if (mode === 'sync') expect(() => answer[name](), name).toThrow(expect.objectContaining(failing));
      else await expect(answer[name](), name).rejects.toMatchObject(failing);
    }
    for (const name of ['map', 'filter', 'forEach', 'find', 'slice', 'at', 'entries', 'sort', 'all']) {
      expect(() => answer[name](() => true), name).toThrow(expect.objectContaining(failing));
    }
    for (const name of ['length', '0', '17', 'me/tonight', '/bob/']) {
      expect(() => answer[name], name).toThrow(expect.objectContaining(failing));
    }
    expect(() => [...answer]).toThrow(expect.objectContaining(failing));
    await expect(
      (async () => {
        for await (const item of answer.all()) void item;
      })(),
    ).rejects.toMatchObject(failing);
    expect([answer.name, answer.city, answer.then, answer.paging, answer.full]).toEqual(Array(5).fill(undefined));
    expect(await answer).toBe(answer);
  });

  it("throws with the caller's line in the stack", async () => {
    const { answer } = await nobody();
    const loading = async () => {
      await answer.load();
    };
    const error = await thrown(MixcloudError, loading);
    expect(error.stack).toMatch(/at .*loading.*error-responses\.test\.ts/);
  });

  it('is told from every other value', async () => {
    const { mixcloud, answer } = await nobody();
    expect(isErrorResponse(answer)).toBe(true);
    const byHand = mode === 'sync' ? ResourceSync : Resource;
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const error = toError(answer);
    for (const value of [
      ...[answer.data, answer.error, error, null, undefined, 'error', 5, {}, [], { error: { message: 'x' } }],
      ...[revoked.proxy, Symbol('x'), () => answer],
      new byHand({ error: { message: 'x', type: 'y' }, type: 'user' }, mixcloud as never),
      new AccessDict({ error: { message: 'x' } }, mixcloud),
      await mixcloud.get('bob'),
      await mixcloud.popular(),
    ]) {
      expect(isErrorResponse(value)).toBe(false);
      expect(toError(value)).toBeNull();
    }
  });

  it('becomes the error that raiseExceptions throws', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { apiRoot: world.faultRoot('rate-limit', 60) });
    const error = toError(await mixcloud.popular());
    expect(error).toBeInstanceOf(MixcloudRateLimitError);
    expect(error).toMatchObject({ retryAfter: 60, status: 403, method: 'GET', url: expect.stringMatching(/popular/) });
    const raising = clientOf(Mixcloud, world, { apiRoot: world.faultRoot('rate-limit', 60), raiseExceptions: true });
    expect(await thrown(MixcloudRateLimitError, () => raising.popular())).toEqual(error);
  });

  it('is what an adjacent page and a connection return, as get does', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const [list, bob] = [await mixcloud.popular(), await mixcloud.get('bob')];
    await world.fault({ name: 'api-error' });
    for (const answer of [await list.next(), await bob.followers(), await bob.connection('feed')]) {
      expect(isErrorResponse(answer)).toBe(true);
    }
    await thrown(MixcloudError, () => list.loadAll());
  });
});

describe.each(modes)('loadAll ($mode)', ({ Mixcloud }) => {
  it('loads the other items when one has no usable key, and names that one', async () => {
    const world = await newWorld();
    const jsonDecoder = (text: string) => JSON.parse(text.replace('"/chris/funky-mix/"', '"//"'));
    const list = (await clientOf(Mixcloud, world, { jsonDecoder }).popular({ limit: 4 })) as ResourceList;
    const error = await thrown(MixcloudError, () => list.loadAll());
    expect(error.message).toBe('Item 0 of the list has no usable key: the API sent "//"');
    expect([...list].map(({ full }) => full)).toEqual([false, true, true, true]);
  });
});
