/** How quickly the emulator starts, and what it adds to a request. */

import { startEmulator } from 'mixcloud-client/testing';
import { Agent, request } from 'undici';
import { run } from './programs.ts';
import { USER } from './recording.ts';
import { ServerHandle } from './server-handle.ts';
import { inTurn, type Timings } from './timings.ts';

export const START = 'startEmulator';
export const START_SYNC = 'startEmulatorSync';
export const EMULATOR = 'the emulator';
export const BARE_SERVER = 'a bare node:http server';

export interface Emulator {
  readonly start: Timings;
  readonly requests: Timings;
}

export async function measureEmulator(starts: number, rounds: number): Promise<Emulator> {
  return { start: await measureStart(starts), requests: await measureRequests(rounds) };
}

/** From the call to the handle, each in a new process, whose loading of the entry is not counted. */
function measureStart(rounds: number): Promise<Timings> {
  const contenders = [START, START_SYNC].map((name) => ({
    name,
    burst: 1,
    run: () => run<number>('start-emulator.mjs', [name]),
  }));
  return inTurn('starting an emulator', contenders, rounds);
}

/** The same response, uncompressed, from the emulator and from a server that does nothing else. */
async function measureRequests(rounds: number): Promise<Timings> {
  await using emulator = await startEmulator();
  const path = USER.path;
  const text = await (await fetch(emulator.url + path)).text();
  const server = await ServerHandle.start([{ path, text }]);
  const dispatcher = new Agent();
  const read = async (origin: string) => {
    const { body } = await request(origin + path, { dispatcher });
    const received = await body.text();
    if (received.length !== text.length) throw new Error(`${origin} responded with something else`);
  };
  try {
    return await inTurn(
      'a request of one user',
      [
        { name: BARE_SERVER, burst: 50, run: () => read(server.origin) },
        { name: EMULATOR, burst: 50, run: () => read(emulator.url) },
      ],
      rounds,
    );
  } finally {
    await dispatcher.close();
    await server.stop();
  }
}
