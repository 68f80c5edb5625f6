import { openAsBlob, readdirSync, readlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FileLike, MixcloudConnectionError, type Progress } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { audio, newFile, sha256 } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

// More than one piece of reading, and no multiple of anything.
const BYTES = audio(700_001);
const HASH = sha256(BYTES);

describe.each(modes)('files of an upload ($mode)', ({ mode, Mixcloud }) => {
  const arrives = async (mp3: FileLike, expected: object) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    expect((await mixcloud.upload(mp3, 'A show')).result.success).toBe(true);
    const [request, ...more] = await world.requests();
    expect(more).toEqual([]);
    expect(request?.body.files).toEqual([
      expect.objectContaining({ name: 'mp3', size: BYTES.length, sha256: HASH, ...expected }),
    ]);
    expect(request?.headers['content-length']).toBe(String(request?.body.bytes));
  };

  it('may be a path, absolute or relative', async () => {
    const path = newFile('show.mp3', BYTES);
    await arrives(path, { filename: 'show.mp3', contentType: 'audio/mpeg' });
    await arrives(relative(process.cwd(), path), { filename: 'show.mp3' });
  });

  it('may be a file: URL, as a string or an object', async () => {
    const url = pathToFileURL(newFile('a show, ήχος.mp3', BYTES));
    await arrives(url, { filename: 'a show, ήχος.mp3' });
    await arrives(url.href, { filename: 'a show, ήχος.mp3' });
  });

  it('may be a Uint8Array or a Buffer', async () => {
    await arrives(new Uint8Array(BYTES), { contentType: 'audio/mpeg' });
    await arrives(BYTES, { contentType: 'audio/mpeg' });
  });

  it('may be a slice, of which nothing around it is sent', async () => {
    const around = Buffer.concat([Buffer.from('before'), BYTES, Buffer.from('after')]);
    await arrives(around.subarray(6, 6 + BYTES.length), {});
    await arrives(new Uint8Array(around.buffer, around.byteOffset + 6, BYTES.length), {});
  });

  it('may be a Blob', async () => {
    await arrives(new Blob([BYTES]), { contentType: 'audio/mpeg' });
    await arrives(new Blob([BYTES.subarray(0, 9), BYTES.subarray(9)], { type: 'audio/x-mine' }), {
      contentType: 'audio/x-mine',
    });
    await arrives(new Blob(['x', BYTES, 'y']).slice(1, 1 + BYTES.length), {});
  });

  it('may be a File, with its name and type', async () => {
    const file = new File([BYTES], 'ένα.mp3', { type: 'audio/mpeg' });
    await arrives(file, { filename: 'ένα.mp3', contentType: 'audio/mpeg' });
  });

  if (mode === 'async') {
    it('may be a Blob that stands for a file on disk', async () => {
      const blob = await openAsBlob(newFile('show.mp3', BYTES));
      await arrives(blob, {});
      await arrives(new File([blob], 'renamed.mp3'), { filename: 'renamed.mp3' });
    });
  } else {
    it('cannot be a Blob that stands for a file on disk, since that cannot cross a thread', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
      const blob = await openAsBlob(newFile('show.mp3', BYTES));
      // Node.js would let all but the first cross, and die when the worker reads them.
      for (const mp3 of [blob, blob.slice(5), new File([blob], 'show.mp3'), new Blob(['ID3', blob])]) {
        const error = await thrown(TypeError, () => mixcloud.upload(mp3, 'A show'));
        expect(error.message).toMatch(/^mp3: .*give the path of the file$/);
      }
      expect((await thrown(TypeError, () => mixcloud.upload(BYTES, 'x', { picture: blob }))).message).toMatch(
        /^picture: /,
      );
      expect(await world.requests()).toEqual([]);
    });
  }

  it('may have any name', async () => {
    for (const name of ['with "quotes".mp3', "it's; a=b.mp3", '100%20.mp3', '夜.mp3']) {
      await arrives(newFile(name, BYTES), { filename: expect.any(String), contentType: 'audio/mpeg' });
    }
  });

  it('are the same after they were sent', async () => {
    const bytes = new Uint8Array(BYTES);
    await arrives(bytes, {});
    expect(bytes.length).toBe(BYTES.length);
    expect(sha256(bytes)).toBe(HASH);
  });

  it('hold a picture beside the audio', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    const picture = audio(3000);
    await mixcloud.upload(newFile('show.mp3', BYTES), 'A show', { picture: newFile('cover.png', picture) });
    expect((await world.uploads())[0]?.files).toEqual([
      { name: 'picture', filename: 'cover.png', contentType: 'image/png', size: 3000, sha256: sha256(picture) },
      { name: 'mp3', filename: 'show.mp3', contentType: 'audio/mpeg', size: BYTES.length, sha256: HASH },
    ]);
  });

  it.each<[string, (path: string) => void]>([
    ['shrank', (path) => truncateSync(path, 1000)],
    ['grew', (path) => writeFileSync(path, 'more', { flag: 'a' })],
    ['vanished', (path) => unlinkSync(path)],
  ])('fail the upload when one %s while it is sent', async (how, change) => {
    const world = await newWorld();
    await world.fault({ name: 'slow-read', param: 16_000_000 });
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    const path = newFile('show.mp3', audio(24_000_000));
    let changed = false;
    const onProgress = ({ sent, total }: Progress) => {
      if (changed) return;
      expect(sent).toBeLessThan(total);
      changed = true;
      change(path);
    };
    const error = await thrown(MixcloudConnectionError, () => mixcloud.upload(path, 'A show', { onProgress }));
    expect(error.code).toBe('ERR_MIXCLOUD_FILE_CHANGED');
    expect(error.message).toContain(`show.mp3 ${how} while it was sent`);
    // Not sent again. It may fail before the server has read anything of it.
    expect((await world.requests()).length).toBeLessThanOrEqual(1);
    expect(await world.uploads()).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('are let go, whatever the end', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    const path = newFile('show.mp3', BYTES);
    await mixcloud.upload(path, 'A show');
    await thrown(TypeError, () => mixcloud.upload(path, 'A show', { picture: `${path}.jpg` }));
    await world.fault({ name: 'close-mid-upload' });
    await thrown(MixcloudConnectionError, () => mixcloud.upload(path, 'A show'));
    expect(openFiles().filter((file) => file.startsWith(path))).toEqual([]);
  });
});

/** Files that this process holds open, its threads' among them. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((handle) => {
    try {
      return [readlinkSync(`/proc/self/fd/${handle}`)];
    } catch {
      // The handle of the listing itself.
      return [];
    }
  });
}
