import { isMainThread } from 'node:worker_threads';
import { MixcloudConnectionError, MixcloudTimeoutError, type Progress } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio, newFile } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const MEGABYTE = 1_000_000;

/** A server that reads slowly sees the end of a connection after what the system keeps for it. */
const READ_ON = { timeout: 10_000 };

describe.each(modes)('an upload under way ($mode)', ({ mode, Mixcloud }) => {
  const owner = (world: WorldHandle, options = {}) =>
    clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, ...options });

  describe('onProgress', () => {
    it('is told at most ten times a second how much was sent, and at the end that all was', async () => {
      const world = await newWorld();
      await world.fault({ name: 'slow-read', param: 12 * MEGABYTE });
      const path = newFile('show.mp3', audio(18 * MEGABYTE));
      const reports: (Progress & { at: number })[] = [];
      const start = performance.now();
      await owner(world).upload(path, 'A show', {
        onProgress: (progress) => reports.push({ ...progress, at: performance.now() - start }),
      });
      const [request] = await world.requests();
      expect(reports.length).toBeGreaterThan(3);
      expect(reports.map(({ sent }) => sent)).toEqual(reports.map(({ sent }) => sent).sort((a, b) => a - b));
      expect(new Set(reports.map(({ total }) => total))).toEqual(new Set([request?.body.bytes]));
      expect(reports.at(-1)?.sent).toBe(request?.body.bytes);
      for (const { at } of reports) {
        // The one at the end comes besides.
        const within = reports.filter((other) => other.at >= at && other.at < at + 1000);
        expect(within.length).toBeLessThanOrEqual(11);
      }
    });

    it('is told of a small upload once, in numbers only', async () => {
      const world = await newWorld();
      const reports: Progress[] = [];
      await owner(world).upload(audio(1000), 'A show', { onProgress: (progress) => reports.push(progress) });
      const total = (await world.requests())[0]?.body.bytes;
      expect(reports.at(-1)).toEqual({ sent: total, total });
      expect(reports.length).toBeLessThanOrEqual(2);
    });

    it('is called on the calling thread', async () => {
      const world = await newWorld();
      const seen: boolean[] = [];
      await owner(world).upload(audio(1000), 'A show', { onProgress: () => seen.push(isMainThread) });
      expect(seen).toContain(true);
      expect(seen).not.toContain(false);
    });

    it('ends the upload when it throws, with what it threw', async () => {
      const world = await newWorld();
      await world.fault({ name: 'slow-read', param: 8 * MEGABYTE });
      const fault = new RangeError('the bar is full');
      const onProgress = () => {
        throw fault;
      };
      const upload = async () => owner(world).upload(audio(16 * MEGABYTE), 'A show', { onProgress });
      await expect(upload()).rejects.toBe(fault);
      await expect.poll(async () => (await world.requests())[0]?.aborted, READ_ON).toBe(true);
      expect(await world.uploads()).toEqual([]);
    });

    it('is told of an edit too', async () => {
      const world = await newWorld();
      const reports: Progress[] = [];
      const picture = audio(500_000);
      await owner(world).edit('stationowner/perfect-mix', {
        picture,
        onProgress: (progress) => reports.push(progress),
      });
      const total = (await world.requests())[0]?.body.bytes;
      expect(reports.at(-1)).toEqual({ sent: total, total });
    });
  });

  it('is bound by silence, not by how long it takes', async () => {
    const world = await newWorld();
    await world.fault({ name: 'slow-read', param: 8 * MEGABYTE });
    const start = performance.now();
    const response = await owner(world, { timeout: 2000 }).upload(audio(20 * MEGABYTE), 'A show');
    expect(response.result.success).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(2000);
  });

  it.each(['stall-upload', 'hang-after-upload', 'hang'])('ends after so much silence (%s)', async (fault) => {
    const world = await newWorld();
    await world.fault({ name: fault });
    const error = await thrown(MixcloudTimeoutError, () =>
      owner(world).upload(audio(12 * MEGABYTE), 'A show', { timeout: 400 }),
    );
    expect(error.timeout).toBe(400);
    expect((await world.requests()).length).toBeLessThanOrEqual(1);
  });

  it.each(['reset', 'close-at-once', 'close-mid-upload', 'html-503', 'unavailable', 'rate-limit'])(
    'is never sent twice by itself (%s)',
    async (fault) => {
      const world = await newWorld();
      await world.fault({ name: fault, ...(fault === 'rate-limit' ? { param: 1 } : {}) });
      const mixcloud = owner(world, { retries: 5, maxRateLimitWait: 5 });
      const upload = async () => {
        const response = await mixcloud.upload(audio(300_000), 'A show');
        // A rate limit is an answer like another.
        if (response.error) throw new Error(response.error.type);
      };
      await expect(upload()).rejects.toThrow();
      expect(await world.requests()).toHaveLength(1);
      expect(await world.uploads()).toEqual([]);
    },
  );

  it('completes when its own listener closes the client', async () => {
    const world = await newWorld();
    await world.fault({ name: 'slow-read', param: 10 * MEGABYTE });
    const mixcloud = owner(world);
    let calls = 0;
    const onProgress = () => {
      calls += 1;
      void mixcloud.close();
    };
    const response = await mixcloud.upload(audio(10 * MEGABYTE), 'The last show', { onProgress });
    expect(response).toMatchObject({ result: { success: true } });
    expect(calls).toBeGreaterThan(1);
    const next = async () => mixcloud.get('bob');
    await expect(next()).rejects.toHaveProperty('code', 'ERR_MIXCLOUD_CLOSED');
  });

  it('that is cut short is a connection error', async () => {
    const world = await newWorld();
    await world.fault({ name: 'close-mid-upload' });
    const error = await thrown(MixcloudConnectionError, () => owner(world).upload(audio(5 * MEGABYTE), 'A show'));
    expect(error.message).toContain(`POST ${world.origin}/upload/: `);
    expect(error.code).toMatch(/RESET|SOCKET|EPIPE/);
    expect(error.message + error.stack).not.toContain(OWNER_TOKEN);
  });

  if (mode === 'async') {
    it('ends at once when it is aborted, with the reason of the signal', async () => {
      const world = await newWorld();
      await world.fault({ name: 'slow-read', param: 2 * MEGABYTE });
      const controller = new AbortController();
      const reason = new Error('changed my mind');
      const upload = owner(world).upload(newFile('show.mp3', audio(20 * MEGABYTE)), 'A show', {
        signal: controller.signal,
        onProgress: () => controller.abort(reason),
      });
      await expect(upload).rejects.toBe(reason);
      await expect.poll(async () => (await world.requests())[0]?.aborted, READ_ON).toBe(true);
      expect((await world.requests())[0]?.completed).toBe(false);
      expect(await world.uploads()).toEqual([]);
    });

    it('is not begun when it was aborted before', async () => {
      const world = await newWorld();
      const upload = owner(world).upload(audio(1000), 'A show', { signal: AbortSignal.abort() });
      await expect(upload).rejects.toHaveProperty('name', 'AbortError');
      expect(await world.requests()).toEqual([]);
    });
  }
});
