import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withBody } from '../../../src/async/transport/request-body.ts';
import type { Sender } from '../../../src/async/transport/sender.ts';
import type { Part } from '../../../src/shared/protocol/messages.ts';
import { apiResponse, connectionFailure, getRequest, newCall, replying, watchFiles } from './support.ts';

describe('withBody', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mixcloud-body-'));
    file = join(folder, 'show.mp3');
    await writeFile(file, 'ID3 and more');
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  const parts = (path: string): Part[] => [
    { name: 'name', value: 'A show' },
    { name: 'mp3', file: { from: 'path', path, cwd: '/' }, maxSize: 100 },
  ];
  const upload = (path = file) => getRequest({ method: 'POST', idempotent: false, parts: parts(path) });

  /** Reads the body as undici does, and returns `result`. */
  const reading = (result: ReturnType<typeof connectionFailure> | ReturnType<typeof apiResponse>) => {
    const bodies: string[] = [];
    const sender: Sender = async (_request, { body }) => {
      let text = '';
      try {
        for await (const piece of body?.read(() => {}, undefined) ?? []) text += Buffer.from(piece).toString();
      } catch {
        // As the connection does: it is closed, and reports that.
      }
      bodies.push(text);
      return result;
    };
    return { sender, bodies };
  };

  it('opens the body for the next sender, with its length', async () => {
    const { sender, bodies } = reading(apiResponse());
    let size = 0;
    const measured: Sender = (request, call) => {
      size = call.body?.size ?? 0;
      return sender(request, call);
    };
    expect(await withBody(measured, true)(upload(), newCall())).toMatchObject({ status: 200 });
    expect(bodies[0]).toContain('ID3 and more');
    expect(Buffer.byteLength(bodies[0] ?? '')).toBe(size);
  });

  it('fails before anything is sent if a file cannot be read', async () => {
    const { sender, sent } = replying(apiResponse());
    const missing = join(folder, 'missing.mp3');
    expect(await withBody(sender, true)(upload(missing), newCall())).toMatchObject({ kind: 'misuse', code: 'ENOENT' });
    const preflight = getRequest({ preflightParts: parts(missing) });
    expect(await withBody(sender, true)(preflight, newCall())).toMatchObject({ kind: 'misuse', code: 'ENOENT' });
    expect(sent).toHaveLength(0);
  });

  it('sends a request whose later files are fit', async () => {
    const { sender, sent } = replying(apiResponse());
    await withBody(sender, true)(getRequest({ preflightParts: parts(file) }), newCall());
    expect(sent).toHaveLength(1);
  });

  it('has closed later files when it sends the request, and those of the request when it returns', async () => {
    const files = await watchFiles();
    const open: number[] = [];
    const sender: Sender = async () => {
      open.push(files.open());
      return apiResponse();
    };
    await withBody(sender, true)(getRequest({ preflightParts: parts(file) }), newCall());
    await withBody(sender, true)(upload(), newCall());
    expect({ open, left: files.open(), seen: files.seen() }).toEqual({ open: [0, 1], left: 0, seen: 2 });
  });

  it('reports the file rather than the connection that ended because of it', async () => {
    const { sender } = reading(connectionFailure('ECONNRESET'));
    const changing: Sender = async (request, call) => {
      await writeFile(file, 'shorter');
      return sender(request, call);
    };
    expect(await withBody(changing, true)(upload(), newCall())).toMatchObject({ code: 'ERR_MIXCLOUD_FILE_CHANGED' });
  });
});
