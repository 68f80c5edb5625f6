import {
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
} from 'mixcloud-client';
import type { FaultOptions } from 'mixcloud-client/testing';
import { describe, expect, it } from 'vitest';
import { audio } from '../support/audio.ts';
import { thrown } from '../support/thrown.ts';
import { handles, newEmulator } from './modes.ts';

const MP3 = audio(2000);

describe.each(handles)('faults ($mode)', ({ startEmulator, Mixcloud }) => {
  async function setUp(...faults: readonly FaultOptions[]) {
    const emulator = await newEmulator(startEmulator);
    for (const fault of faults) await emulator.fault(fault);
    const options = { ...emulator.options({ as: 'stationowner' }), retries: 0, timeout: 3000 };
    return { emulator, mixcloud: new Mixcloud(options), raising: new Mixcloud({ ...options, raiseExceptions: true }) };
  }

  it('happen to as many matching requests as they are for', async () => {
    const { emulator, mixcloud, raising } = await setUp({
      on: 'POST /upload/',
      name: 'rate-limit',
      retryAfter: 2,
      times: 1,
    });
    expect((await mixcloud.get('bob')).key).toBe('/bob/');
    const error = await thrown(MixcloudRateLimitError, () => raising.upload(MP3, 'Late Show'));
    expect(error.retryAfter).toBe(2);
    expect(await emulator.uploads()).toEqual([]);
    expect((await mixcloud.upload(MP3, 'Late Show')).result.key).toBe('/stationowner/late-show/');
    expect((await emulator.requests()).map(({ path, status }) => [path, status])).toEqual([
      ['/bob/', 200],
      ['/upload/', 403],
      ['/upload/', 200],
    ]);
  });

  it('match the whole path without the query, with * for any characters', async () => {
    const { emulator, mixcloud } = await setUp(
      { on: '/*/cloudcasts/', name: 'html-503' },
      { on: '/νυχτερινός/', name: 'html-502' },
    );
    for (const key of ['bob/cloudcasts', 'bob', 'νυχτερινός', 'bob/favorites']) {
      await mixcloud.get(key, { params: { limit: 1 } });
    }
    expect((await emulator.requests()).map(({ status }) => status)).toEqual([503, 200, 502, 200]);
  });

  it('act one at a time, the oldest first', async () => {
    const { emulator, mixcloud } = await setUp(
      { name: 'html-500', times: 1 },
      { on: '/bob/', name: 'html-502', times: 1 },
      { name: 'html-504' },
    );
    for (let call = 0; call < 3; call += 1) await mixcloud.get('bob');
    expect((await emulator.requests()).map(({ status }) => status)).toEqual([500, 502, 504]);
  });

  it('stay until the emulator is reset', async () => {
    const { emulator, raising } = await setUp({ name: 'api-error', status: 418, type: 'Teapot', message: 'Short.' });
    for (let call = 0; call < 3; call += 1) {
      const error = await thrown(MixcloudError, () => raising.get('bob'));
      expect(error).toMatchObject({ status: 418, type: 'Teapot', message: 'Short.' });
    }
    await emulator.reset();
    expect((await raising.get('bob')).key).toBe('/bob/');
  });

  it.each([
    ['reset', MixcloudConnectionError],
    ['open', MixcloudTimeoutError],
  ] as const)('lost-response: the show is up, and nobody says so (%s)', async (connection, type) => {
    const { emulator, mixcloud } = await setUp({ on: 'POST /upload/', name: 'lost-response', connection, times: 1 });
    await thrown(type, () => mixcloud.upload(MP3, 'Late Show'));
    expect((await emulator.uploads()).map(({ key }) => key)).toEqual(['/stationowner/late-show/']);
    expect((await emulator.requests()).at(-1)).toMatchObject({ path: '/upload/', status: null });
    expect((await mixcloud.get('stationowner/late-show')).key).toBe('/stationowner/late-show/');
  });

  it('late-listing: an uploaded show is missing from lists for a while', async () => {
    const { emulator, mixcloud } = await setUp({ name: 'late-listing', times: 2 });
    const { key } = (await mixcloud.upload(MP3, 'Late Show')).result;
    await emulator.addCloudcast('stationowner', { name: 'An old show' });
    const list = async () => {
      const { data } = await mixcloud.get('me/cloudcasts');
      return data.data.map((show: { readonly key: string }) => show.key);
    };
    expect((await mixcloud.get(key ?? '')).key).toBe(key);
    expect(await list()).not.toContain(key);
    const second = await list();
    expect(second).not.toContain(key);
    expect(second).toContain('/stationowner/an-old-show/');
    expect(await list()).toContain(key);
  });

  it('late-listing: the while may be some seconds', async () => {
    const { mixcloud } = await setUp({ name: 'late-listing', seconds: 0.5 });
    const { key } = (await mixcloud.upload(MP3, 'Late Show')).result;
    const list = async () => JSON.stringify((await mixcloud.get('stationowner/cloudcasts')).data);
    expect(await list()).not.toContain(key);
    await expect.poll(list, { timeout: 10_000, interval: 100 }).toContain(key);
  });

  it('refused-upload: in both of the forms that the API has', async () => {
    const details = { tags: ['Too many.'] };
    const { emulator, mixcloud, raising } = await setUp(
      { name: 'refused-upload', times: 1 },
      { name: 'refused-upload', message: 'No.', details, times: 1 },
    );
    expect((await mixcloud.get('bob')).key).toBe('/bob/');
    const first = await mixcloud.upload(MP3, 'Late Show');
    expect(first.data).toEqual({ result: { success: false, message: 'Tracklist is invalid' } });
    const second = await thrown(MixcloudError, () => raising.upload(MP3, 'Late Show'));
    expect(second).toMatchObject({ status: 400, type: 'PostValidationError', message: 'No.', details });
    expect(await emulator.uploads()).toEqual([]);
  });

  it('keyless-upload: a success without its key', async () => {
    const { emulator, mixcloud } = await setUp({ name: 'keyless-upload', times: 1 });
    expect((await mixcloud.upload(MP3, 'Late Show')).data).toEqual({ result: { success: true } });
    expect(await emulator.uploads()).toHaveLength(1);
  });

  it.each<FaultOptions>([
    { name: 'reset' },
    { name: 'close-at-once' },
    { name: 'reset-mid-body' },
    { name: 'end-early' },
  ])('$name: there is no whole response', async (fault) => {
    const { mixcloud } = await setUp(fault);
    await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
  });

  it.each<FaultOptions>([{ name: 'empty' }, { name: 'html-200' }, { name: 'truncated-json', bytes: 40 }])(
    '$name: the response cannot be read',
    async (fault) => {
      const { raising } = await setUp(fault);
      await thrown(MixcloudDecodeError, () => raising.get('bob'));
    },
  );

  it('slow: takes as long as the bytes take', async () => {
    const { emulator } = await setUp({ name: 'slow', bytesPerSecond: 10_000 });
    const start = performance.now();
    const headers = { 'accept-encoding': 'identity' };
    const text = await (await fetch(`${emulator.url}/bob/`, { headers })).text();
    expect(JSON.parse(text)).toMatchObject({ key: '/bob/' });
    // A part is sent at once, and each of the others after a pause.
    expect(performance.now() - start).toBeGreaterThan((text.length / 10_000) * 1000 * 0.5);
  });

  it('delay: responds late', async () => {
    const { mixcloud } = await setUp({ name: 'delay', milliseconds: 300 });
    const start = performance.now();
    expect((await mixcloud.get('bob')).key).toBe('/bob/');
    expect(performance.now() - start).toBeGreaterThan(290);
  });
});
