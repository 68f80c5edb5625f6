import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { Mixcloud } from 'mixcloud-client';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { audio } from '../support/audio.ts';
import { newWorld } from '../support/world.ts';

/** A connection that takes so many bytes a second, and has no buffer that would hide it. */
class SlowLine extends Duplex {
  readonly #socket;
  readonly #rate: number;

  constructor(port: number, rate: number) {
    super({ writableHighWaterMark: 16 * 1024 });
    this.#rate = rate;
    this.#socket = connect({ port, host: '127.0.0.1' });
    this.#socket
      .on('data', (bytes) => this.push(bytes))
      .on('close', () => this.destroy())
      .on('error', () => {});
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    setTimeout(() => this.#socket.write(bytes, done), (bytes.length / this.#rate) * 1000);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

describe('an upload over a slow line', () => {
  // Both modes send with the same code, and only the asynchronous one can be given a line.
  it('does not time out while bytes move', { timeout: 30_000 }, async () => {
    const world = await newWorld();
    const port = Number(new URL(world.origin).port);
    const dispatcher = new Agent({
      connect: (_options, done) => setImmediate(() => done(null, new SlowLine(port, 20_000) as never)),
    });
    onTestFinished(() => dispatcher.destroy());
    const mixcloud = new Mixcloud({ apiRoot: world.apiRoot, accessToken: OWNER_TOKEN, dispatcher, timeout: 3000 });
    const startedAt = performance.now();
    const response = await mixcloud.upload(audio(130_000), 'A slow show');
    expect(response).toMatchObject({ result: { success: true } });
    // The bytes took longer than two timeouts.
    expect(performance.now() - startedAt).toBeGreaterThan(6000);
    await mixcloud.close();
  });
});
