import { basename, dirname } from 'node:path';
import { MixcloudClosedError, MixcloudConnectionError, MixcloudError, MixcloudTimeoutError } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio, newFile } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { emulator, newWorld } from '../support/world.ts';

const MP3 = audio(1000);

describe.each(modes)('what errors say ($mode)', ({ Mixcloud }) => {
  const owner = (world: WorldHandle, options = {}) =>
    clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, retries: 0, ...options });

  it('which request of many failed, without the token', async () => {
    const world = await newWorld();
    const mixcloud = owner(world, { raiseExceptions: true });
    const error = await thrown(MixcloudError, () => mixcloud.getMany(['bob', 'nobody', 'peter']));
    expect([error.method, error.url]).toEqual(['GET', `${world.apiRoot}/nobody/?metadata=1`]);
    await world.fault({ name: 'reset' });
    const reset = await thrown(MixcloudConnectionError, () => mixcloud.follow('bob'));
    expect([reset.method, reset.url]).toEqual(['POST', `${world.apiRoot}/bob/follow/`]);
  });

  describe('sent', () => {
    it('is false when there was no connection', async () => {
      const world = await newWorld();
      await world.close();
      const error = await thrown(MixcloudConnectionError, () => owner(world, { retries: 1 }).upload(MP3, 'x'));
      expect([error.sent, error.code]).toEqual([false, 'ECONNREFUSED']);
      const get = await thrown(MixcloudConnectionError, () => owner(world, { retries: 1 }).get('bob'));
      expect(get.sent).toBe(false);
    });

    it.each(['reset', 'close-at-once', 'corrupt-gzip'])('is true when bytes were sent (%s)', async (name) => {
      const world = await newWorld();
      await world.fault({ name });
      expect((await thrown(MixcloudConnectionError, () => owner(world).upload(MP3, 'x'))).sent).toBe(true);
    });

    it('tells whether a timeout came before or after the first byte', async () => {
      const world = await newWorld();
      await world.fault({ name: 'hang' });
      const after = await thrown(MixcloudTimeoutError, () => owner(world).upload(MP3, 'x', { timeout: 2000 }));
      expect(after.sent).toBe(true);
      const proxy = await emulator().startProxy({ mode: 'hang' });
      const mixcloud = new Mixcloud({ apiRoot: 'https://api.example', accessToken: 'abc', proxy: proxy.origin });
      const before = await thrown(MixcloudTimeoutError, () => mixcloud.upload(MP3, 'x', { timeout: 500 }));
      expect(before.sent).toBe(false);
      await mixcloud.close();
      await proxy.close();
    });

    it('is true if an earlier attempt sent some', async () => {
      const world = await newWorld();
      await world.fault({ name: 'reset' });
      const error = await thrown(MixcloudConnectionError, () => owner(world, { retries: 2 }).get('bob'));
      expect(error.sent).toBe(true);
    });
  });

  it('that the proxy refused, with its address but not its password', async () => {
    const gone = await emulator().startProxy();
    await gone.close();
    const url = gone.origin.replace('//', '//me:s3cr3t-password@');
    const mixcloud = new Mixcloud({ apiRoot: 'https://api.example', proxy: url, retries: 0 });
    const error = await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
    expect(error.message).toContain(`the proxy ${gone.origin} cannot be reached: `);
    expect(error.message).not.toContain('s3cr3t');
    expect([error.code, error.sent]).toEqual(['ECONNREFUSED', false]);
    await mixcloud.close();
  });

  it('that the proxy answered instead of connecting', async () => {
    const proxy = await emulator().startProxy({ mode: 'refuse' });
    const mixcloud = new Mixcloud({ apiRoot: 'https://api.example', proxy: proxy.origin, retries: 0 });
    const error = await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
    expect(error.message).toContain(`the proxy ${proxy.origin} responded to CONNECT with status 502`);
    await mixcloud.close();
    await proxy.close();
  });

  it('in which folder a missing file was looked for', async () => {
    const world = await newWorld();
    const error = await thrown(TypeError, () => owner(world).upload('no-such-show.mp3', 'x'));
    expect(error.message).toContain(`(looked for no-such-show.mp3 in the folder ${process.cwd()})`);
    expect(error).toHaveProperty('code', 'ENOENT');
    const picture = await thrown(TypeError, () => owner(world).edit('show', { picture: '/no/such.jpg' }));
    expect(picture.message).not.toContain('folder');
    expect(await world.requests()).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('and a relative path is of the folder of the call', async () => {
    const world = await newWorld();
    const path = newFile('show.mp3', MP3);
    const before = process.cwd();
    // Worker threads have no `chdir`; this test runs in a process of its own.
    process.chdir(dirname(path));
    const uploading = owner(world).upload(basename(path), 'x');
    process.chdir(before);
    expect((await uploading).result.success).toBe(true);
  });

  it('the type, the message, the details and what else the API said, as a text', async () => {
    const world = await newWorld();
    await world.fault({ name: 'api-error' });
    const error = await thrown(MixcloudError, () => owner(world, { raiseExceptions: true }).upload(MP3, 'x'));
    expect(String(error)).toBe(
      'DoesNotExist: The object is not here. (details: {"name":["Too short.","Too plain."]}) ' +
        '(extra: {"extra_field":"seen","owner":{"key":"/bob/"}})',
    );
  });

  it('that the client is closed', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    await mixcloud.close();
    const error = await thrown(MixcloudClosedError, () => mixcloud.get('bob'));
    expect([error.code, error.method]).toEqual(['ERR_MIXCLOUD_CLOSED', 'GET']);
  });
});
