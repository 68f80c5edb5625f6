import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  renameSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Mixcloud, MixcloudConnectionError, MixcloudTimeoutError } from 'mixcloud-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { emulator } from '../support/world.ts';
import { type Attempt, run } from '../sync/run-script.ts';
import { newFolder, openFiles, sparseFile } from './files.ts';

const MiB = 1024 * 1024;

// Seconds. A program cannot put back a time with its nanoseconds.
const MODIFIED_AT = 1_500_000_000;

describe.each(modes)('files of an upload ($mode)', ({ mode, Mixcloud }) => {
  let world: WorldHandle;
  let mixcloud: Mixcloud;
  let folder: string;

  beforeAll(async () => {
    world = await emulator().world();
  });
  beforeEach(async () => {
    folder = await newFolder();
    mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, timeout: 2000 });
  });
  afterEach(async () => {
    await mixcloud.close();
    await vi.waitFor(() => expect(openFiles(folder)).toEqual([]), { timeout: 3000, interval: 20 });
    await world.clearFaults();
    await world.clearRequests();
  });
  afterAll(() => world.close());

  describe('that cannot be sent are refused before anything is', () => {
    afterEach(async () => {
      expect(await world.requests()).toEqual([]);
    });

    /** Refused as audio and as a picture, by path and by URL, of an upload and of an edit. */
    async function refused(type: typeof TypeError, path: string): Promise<Error[]> {
      const audio = new Uint8Array(1);
      return [
        await thrown(type, () => mixcloud.upload(path, 'A show')),
        await thrown(type, () => mixcloud.upload(pathToFileURL(path), 'A show')),
        await thrown(type, () => mixcloud.upload(audio, 'A show', { picture: path })),
        await thrown(type, () => mixcloud.edit('stationowner/perfect-mix', { picture: path })),
        await thrown(type, () => mixcloud.edit('perfect-mix', { picture: path })),
      ];
    }

    it('a missing one', async () => {
      for (const error of await refused(TypeError, join(folder, 'missing.mp3'))) {
        expect(error).toMatchObject({
          code: 'ENOENT',
          message: expect.stringMatching(/^(?:mp3|picture): cannot read the file: /),
        });
      }
    });

    it('a folder', async () => {
      for (const error of await refused(TypeError, folder)) expect(error.message).toMatch(/is not a regular file$/);
    });

    it('a FIFO, without waiting for its writer', async () => {
      const path = join(folder, 'fifo.mp3');
      execFileSync('mkfifo', [path]);
      for (const error of await refused(TypeError, path)) expect(error.message).toMatch(/is not a regular file$/);
    });

    it('a device', async () => {
      for (const error of await refused(TypeError, '/dev/zero'))
        expect(error.message).toMatch(/is not a regular file$/);
    });

    it('an empty one', async () => {
      const path = await sparseFile(folder, 'empty.mp3', 0);
      for (const error of await refused(RangeError, path)) expect(error.message).toMatch(/empty\.mp3 is empty$/);
    });

    it('a link that leads nowhere, or to itself', async () => {
      await symlink(join(folder, 'missing'), join(folder, 'broken.mp3'));
      await symlink(join(folder, 'loop.mp3'), join(folder, 'loop.mp3'));
      for (const error of await refused(TypeError, join(folder, 'broken.mp3')))
        expect(error).toHaveProperty('code', 'ENOENT');
      for (const error of await refused(TypeError, join(folder, 'loop.mp3')))
        expect(error).toHaveProperty('code', 'ELOOP');
    });

    it('one that is larger than the API takes', async () => {
      const audio = await sparseFile(folder, 'long.mp3', 4096 * MiB + 1);
      const picture = await sparseFile(folder, 'large.jpg', 10 * MiB + 1);
      const long = await thrown(RangeError, () => mixcloud.upload(audio, 'A show'));
      expect(long.message).toMatch(/^mp3: .*long\.mp3 has 4294967297 bytes, but at most 4294967296 are allowed$/);
      const large = await thrown(RangeError, () => mixcloud.edit('perfect-mix', { picture }));
      expect(large.message).toMatch(/^picture: .*large\.jpg has 10485761 bytes, but at most 10485760 are allowed$/);
      const bytes = new Uint8Array(10 * MiB + 1);
      await thrown(RangeError, () => mixcloud.edit('perfect-mix', { picture: bytes }));
      await thrown(RangeError, () => mixcloud.edit('perfect-mix', { picture: new Blob([bytes]) }));
      await thrown(RangeError, () => mixcloud.upload(new Uint8Array(0), 'A show'));
    });
  });

  it('are refused when they may not be read', async () => {
    const path = join(folder, 'private.mp3');
    await writeFile(path, 'x');
    await chmod(path, 0o000);
    // Root may read everything, so the program runs as nobody then.
    const script = new URL('scripts/upload-as-nobody.mjs', import.meta.url).pathname;
    await chmod(folder, 0o755);
    const env = { WORLD: world.origin, MODE: mode, TOKEN: OWNER_TOKEN, FILE: path };
    const { name, code, message } = (await run<Attempt>({ script, env, watchdog: 30 })).error ?? {};
    expect({ name, code }).toEqual({ name: 'TypeError', code: 'EACCES' });
    expect(message).toMatch(/^mp3: cannot read the file: /);
  });

  it('are sent under the name of the link that leads to them', async () => {
    const target = await sparseFile(folder, 'target.bin', 1000);
    const link = join(folder, 'show.mp3');
    await symlink(target, link);
    await mixcloud.upload(link, `By a link (${mode})`);
    const [request] = await world.requests();
    expect(request?.body.files).toMatchObject([{ filename: 'show.mp3', contentType: 'audio/mpeg', size: 1000 }]);
  });

  it.each<[string, (path: string) => void]>([
    ['shrinks', (path) => truncateSync(path, MiB)],
    ['is emptied', (path) => truncateSync(path, 0)],
    ['grows', (path) => appendFileSync(path, 'more')],
    ['is changed', (path) => utimesSync(path, new Date(), new Date(Date.now() + 5000))],
    [
      'is overwritten, and its times are put back,',
      (path) => {
        const file = openSync(path, 'r+');
        writeSync(file, 'other', 1000);
        closeSync(file);
        utimesSync(path, MODIFIED_AT, MODIFIED_AT);
      },
    ],
    ['vanishes', (path) => unlinkSync(path)],
    [
      'is replaced',
      (path) => {
        writeFileSync(`${path}.new`, 'other');
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'becomes a folder',
      (path) => {
        unlinkSync(path);
        execFileSync('mkdir', [path]);
      },
    ],
  ])('fail the upload when one %s while it is sent', async (_how, change) => {
    const path = await sparseFile(folder, 'show.mp3', 24 * MiB);
    utimesSync(path, MODIFIED_AT, MODIFIED_AT);
    await world.fault({ name: 'slow-read', param: 40_000_000 });
    const before = await world.uploads();
    let changed = false;
    const onProgress = () => {
      if (!changed) change(path);
      changed = true;
    };
    const error = await thrown(MixcloudConnectionError, () => mixcloud.upload(path, 'A show', { onProgress }));
    expect(changed).toBe(true);
    expect(error.code).toBe('ERR_MIXCLOUD_FILE_CHANGED');
    expect(error.message).toMatch(/^POST \S+\/upload\/: show\.mp3 \S+.* while it was sent$/);
    await eventually(async () =>
      expect((await world.requests())[0]).toMatchObject({ aborted: true, completed: false }),
    );
    expect(await world.uploads()).toEqual(before);
    expect(await mixcloud.me()).toHaveProperty('key', '/stationowner/');
  });

  it('are found where the program was when it called, wherever it goes', async () => {
    await sparseFile(folder, 'show.mp3', 24 * MiB);
    await sparseFile(folder, 'cover.jpg', MiB);
    await world.fault({ name: 'slow-read', param: 40_000_000 });
    const start = process.cwd();
    try {
      process.chdir(folder);
      const onProgress = () => process.chdir('/');
      const upload = mixcloud.upload('show.mp3', `A moving program (${mode})`, { picture: 'cover.jpg', onProgress });
      process.chdir('/');
      expect(await upload).toMatchObject({ result: { success: true } });
      process.chdir(folder);
      // The file is opened after the name of the user is known.
      const edit = mixcloud.edit('perfect-mix', { picture: 'cover.jpg' });
      process.chdir('/');
      expect(await edit).toMatchObject({ result: { success: true } });
    } finally {
      process.chdir(start);
    }
  });

  it('are refused when their bytes were transferred to somebody else, and the next call works', async () => {
    const bytes = new Uint8Array(1000);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    // The declarations of ES2022 do not have it.
    const buffer = Reflect.construct(ArrayBuffer, [100, { maxByteLength: 100 }]) as ArrayBuffer & {
      resize(n: number): void;
    };
    const outside = new Uint8Array(buffer, 50, 40);
    buffer.resize(20);
    for (const call of [
      () => mixcloud.upload(bytes, 'A show'),
      () => mixcloud.upload(outside, 'A show'),
      () => mixcloud.upload(new Uint8Array(10), 'A show', { picture: bytes }),
      () => mixcloud.edit('perfect-mix', { picture: bytes }),
    ]) {
      expect((await thrown(TypeError, call)).message).toMatch(/: the Uint8Array has no bytes any more/);
    }
    expect(await world.requests()).toEqual([]);
    expect(await mixcloud.me()).toHaveProperty('key', '/stationowner/');
  });

  it.runIf(mode === 'async')('fail the upload when their bytes are transferred while they are sent', async () => {
    const bytes = new Uint8Array(4 * MiB);
    await world.fault({ name: 'slow-read', param: 4_000_000 });
    const onProgress = () => void (bytes.length > 0 && structuredClone(bytes, { transfer: [bytes.buffer] }));
    const error = await thrown(MixcloudConnectionError, () => mixcloud.upload(bytes, 'A show', { onProgress }));
    expect(error).toMatchObject({ code: 'ERR_MIXCLOUD_FILE_CHANGED', sent: true });
    expect(error.message).toMatch(/: mp3 lost its bytes while it was sent$/);
  });

  it('fail the upload when a read gives less than the size that was told', async () => {
    // The system's own files are said to have 4096 bytes, and have fewer.
    const path = '/sys/devices/system/cpu/online';
    if (!existsSync(path)) return expect(process.platform).not.toBe('linux');
    const error = await thrown(MixcloudConnectionError, () => mixcloud.upload(path, 'A show'));
    expect(error.code).toBe('ERR_MIXCLOUD_FILE_CHANGED');
  });

  it.each([
    ['early-answer', 'MixcloudError'],
    ['early-413', 'MixcloudDecodeError'],
    ['early-close', ''],
    ['close-mid-upload', 'MixcloudConnectionError'],
    ['stall-upload', 'MixcloudTimeoutError'],
    ['hang', 'MixcloudTimeoutError'],
    ['reset', 'MixcloudConnectionError'],
  ])('are closed when the server fails (%s)', async (fault, name) => {
    const timeout = name === 'MixcloudTimeoutError' ? 500 : 5000;
    const client = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, timeout, raiseExceptions: true });
    const path = await sparseFile(folder, 'show.mp3', 24 * MiB);
    const picture = await sparseFile(folder, 'cover.jpg', MiB);
    await world.fault({ name: fault });
    let error: unknown;
    try {
      await client.upload(path, 'A show', { picture });
    } catch (caught) {
      error = caught;
    }
    expect(error).toHaveProperty('name', name === '' ? expect.stringMatching(/Connection|Decode/) : name);
    await client.close();
    await vi.waitFor(() => expect(openFiles(folder)).toEqual([]), { timeout: 3000, interval: 20 });
  });

  it('are closed when the caller gives up in the middle', async () => {
    const path = await sparseFile(folder, 'show.mp3', 24 * MiB);
    await world.fault({ name: 'slow-read', param: 20_000_000 });
    const reason = new Error('no more');
    const caller = new AbortController();
    const onProgress = () => {
      if (mode === 'sync') throw reason;
      caller.abort(reason);
    };
    const fields = mode === 'sync' ? { onProgress } : { onProgress, signal: caller.signal };
    const error = await thrown(Error, () => mixcloud.upload(path, 'A show', fields));
    expect(error).toBe(reason);
    await vi.waitFor(() => expect(openFiles(folder)).toEqual([]), { timeout: 3000, interval: 20 });
    await eventually(async () =>
      expect((await world.requests())[0]).toMatchObject({ aborted: true, completed: false }),
    );
  });

  it('may take longer than the time-out, as long as they move', async () => {
    const path = await sparseFile(folder, 'show.mp3', 32 * MiB);
    await world.fault({ name: 'slow-read', param: 12_000_000 });
    const client = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, timeout: 2000 });
    const began = performance.now();
    const response = await client.upload(path, `A slow show (${mode})`);
    expect(performance.now() - began).toBeGreaterThan(2000);
    expect(response).toMatchObject({ result: { success: true } });
    await client.close();
  });

  it('are given up when they stall, one time-out after they last moved', async () => {
    const path = await sparseFile(folder, 'show.mp3', 32 * MiB);
    await world.fault({ name: 'stall-upload', param: 8 * MiB });
    const began = performance.now();
    const error = await thrown(MixcloudTimeoutError, () => mixcloud.upload(path, 'A show', { timeout: 700 }));
    expect(error.timeout).toBe(700);
    expect(performance.now() - began).toBeGreaterThan(690);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('leave no file open when one of two cannot be sent', async () => {
    await mkdir(join(folder, 'cover.jpg'));
    const path = await sparseFile(folder, 'show.mp3', MiB);
    await thrown(TypeError, () => mixcloud.upload(path, 'A show', { picture: join(folder, 'cover.jpg') }));
    expect(openFiles(folder)).toEqual([]);
    expect(await world.requests()).toEqual([]);
  });
});
