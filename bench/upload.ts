/** How fast a file goes out, and how much memory that takes. */
import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASYNC, CURL, hasCurl, SYNC } from './contenders.ts';
import { run } from './programs.ts';
import { record } from './recording.ts';
import { ServerHandle } from './server-handle.ts';
import { type Contender, inTurn, type Timings } from './timings.ts';

/** What one upload came to. */
interface Uploaded {
  readonly milliseconds: number;
  readonly growth: number;
  readonly key: string;
}

export interface Uploads {
  readonly timings: Timings;
  /** Bytes by which the memory of the process grew at most, by contender. */
  readonly growth: ReadonlyMap<string, readonly number[]>;
}

const KEY = '/bench/upload/';
// Of a multipart body around a file.
const MOST_EXTRA = 4096;

// Bytes, and bytes per second.
const LINE_SIZE = 5_000_000;
const LINE_SPEED = 1_000_000;

/** A large file, as fast as it can be. */
export function measureUploads(server: ServerHandle, size: number, rounds: number): Promise<Uploads> {
  return measure(`upload of ${size / 2 ** 20} MiB`, server, size, rounds);
}

/** A file over a line that is slower than anybody who sends. */
export async function measureLine(rounds: number): Promise<Uploads> {
  const server = await ServerHandle.start(await record(), { bytesPerSecond: LINE_SPEED });
  try {
    return await measure('upload of 5 MB over a line of 1 MB/s', server, LINE_SIZE, rounds);
  } finally {
    await server.stop();
  }
}

async function measure(title: string, server: ServerHandle, size: number, rounds: number): Promise<Uploads> {
  const folder = await mkdtemp(join(tmpdir(), 'mixcloud-bench-'));
  const path = join(folder, 'show.mp3');
  const growth = new Map<string, number[]>([
    [ASYNC, []],
    [SYNC, []],
  ]);
  const own = (name: string, mode: string): Contender => ({
    name,
    burst: 1,
    run: async () => {
      const uploaded = run<Uploaded>('upload.mjs', [mode, server.origin, path]);
      growth.get(name)?.push(uploaded.growth);
      await verify(server, size, name, uploaded.key);
      return uploaded.milliseconds;
    },
  });
  const curl: Contender = { name: CURL, burst: 1, run: () => uploadByCurl(server, path, size) };
  const contenders = [...(hasCurl() ? [curl] : []), own(ASYNC, 'async'), own(SYNC, 'sync')];
  try {
    // Sparse where the file system can: what is measured is the way out, not the disk.
    const file = await open(path, 'w');
    await file.truncate(size);
    await file.close();
    // So that the first one does not pay for what the file system keeps for the others.
    for await (const _chunk of createReadStream(path)) {
    }
    return { timings: await inTurn(title, contenders, rounds), growth };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Gives curl's own milliseconds, without the start of its process. */
async function uploadByCurl(server: ServerHandle, path: string, size: number): Promise<number> {
  const form = ['--form', `mp3=@${path}`, '--form', 'name=A long show'];
  const url = `${server.origin}/upload/?access_token=bench`;
  const printed = execFileSync('curl', ['--silent', '--show-error', '--write-out', '\n%{time_total}', ...form, url]);
  const [body = '', seconds] = printed.toString('utf8').split('\n');
  await verify(server, size, CURL, JSON.parse(body).result.key);
  return Number(seconds) * 1000;
}

async function verify(server: ServerHandle, size: number, name: string, key: string): Promise<void> {
  const { uploaded } = await server.counts();
  if (key !== KEY) throw new Error(`${name} read another answer to its upload`);
  if (uploaded < size || uploaded > size + MOST_EXTRA) throw new Error(`${name} sent ${uploaded} bytes of ${size}`);
}
