import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An audio file that was made for the demo. */
export interface Mp3 {
  readonly path: string;
  readonly size: number;
  /** Of all its bytes, in hex. */
  readonly sha256: string;
  readonly minutes: number;
}

// MPEG 1 layer III at 320 kbit/s and 48 kHz, stereo: every frame is 960 bytes and lasts 24 ms.
const FRAME_HEADER = [0xff, 0xfb, 0xe4, 0x00];
const FRAME_SIZE = 960;
const FRAME_SECONDS = 0.024;
// Twenty minutes.
const FRAMES = 50_000;
const FRAMES_A_WRITE = 1_000;

/** Writes 48 MB of silence to a temporary folder, which is gone when the process ends. */
export async function makeMp3(): Promise<Mp3> {
  const folder = await mkdtemp(join(tmpdir(), 'mixcloud-client-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Without a listener, an interrupt ends the process and the file stays.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));

  const path = join(folder, 'silence.mp3');
  const hash = createHash('sha256');
  await using file = await open(path, 'w');
  const tag = id3('Twenty Minutes of Silence');
  const blocks = Array.from({ length: FRAMES / FRAMES_A_WRITE }, (_, index) => frames(index * FRAMES_A_WRITE));
  for (const block of [tag, ...blocks]) {
    hash.update(block);
    await file.write(block);
  }
  const { size } = await file.stat();
  return { path, size, sha256: hash.digest('hex'), minutes: Math.round((FRAMES * FRAME_SECONDS) / 60) };
}

/** An ID3v2.3 tag with nothing but a title. */
function id3(title: string): Buffer {
  const text = Buffer.concat([Buffer.of(0), Buffer.from(title, 'latin1')]);
  const frame = Buffer.concat([Buffer.from('TIT2'), Buffer.of(0, 0, 0, text.length, 0, 0), text]);
  // The size is written seven bits to a byte; these tags are shorter than two such bytes can say.
  const size = [0, 0, frame.length >> 7, frame.length & 0x7f];
  return Buffer.concat([Buffer.from('ID3'), Buffer.of(3, 0, 0, ...size), frame]);
}

/** Silent frames. Each carries its number at its end, where players look at nothing, so that no two are alike. */
function frames(first: number): Buffer {
  const block = Buffer.alloc(FRAME_SIZE * FRAMES_A_WRITE);
  for (let index = 0; index < FRAMES_A_WRITE; index += 1) {
    const at = index * FRAME_SIZE;
    block.set(FRAME_HEADER, at);
    block.writeUInt32BE(first + index, at + FRAME_SIZE - 4);
  }
  return block;
}
