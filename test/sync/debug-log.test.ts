import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { newWorld } from '../support/world.ts';
import { Script } from './run-script.ts';

async function runProgram(mode: string, debug: string) {
  const world = await newWorld();
  await world.fault({ name: 'rate-limit', param: 0.2, times: 1, on: '/bob/*' });
  await world.fault({ name: 'reset', times: 1, on: '/peter/' });
  const env = { WORLD: world.origin, NODE_DEBUG: debug };
  const { code, stdout, stderr } = await new Script({ script: 'debug-log.mjs', args: [mode, OWNER_TOKEN], env }).ended;
  expect(code).toBe(0);
  return { world, stderr, types: (JSON.parse(stdout) as { types: string[] }).types };
}

describe.each(['async', 'sync'])('NODE_DEBUG=mixcloud (%s)', (mode) => {
  it('prints one line per event to stderr, in order', async () => {
    const { world, stderr, types } = await runProgram(mode, 'http2,mixcloud');
    const lines = stderr.trimEnd().split('\n');
    const short = lines.map((line) =>
      line
        .replace(/^MIXCLOUD \d+: [\da-f]{8}-(\d+) attempt /, '$1.')
        .replace(world.origin, '')
        .replace(/\d+ bytes, \d+ ms$/, '… bytes, … ms')
        .replace(/waiting \d+ ms$/, 'waiting … ms'),
    );
    expect(short).toEqual([
      '1.1 request POST /bob/follow/',
      '1.1 response POST /bob/follow/: 403, … bytes, … ms',
      '1.1 rate-limit POST /bob/follow/: waiting … ms',
      '1.2 request POST /bob/follow/',
      '1.2 response POST /bob/follow/: 200, … bytes, … ms',
      '2.1 request GET /peter/?metadata=1',
      '2.1 failure GET /peter/?metadata=1: MixcloudConnectionError: read ECONNRESET',
      '2.1 retry GET /peter/?metadata=1: waiting … ms',
      '2.2 request GET /peter/?metadata=1',
      '2.2 response GET /peter/?metadata=1: 200, … bytes, … ms',
      '3.1 request GET /alice/?metadata=1',
      '3.1 response GET /alice/?metadata=1: 200, … bytes, … ms',
      '4.1 request GET /luke/?metadata=1',
      '4.1 response GET /luke/?metadata=1: 200, … bytes, … ms',
      // A percent sign is none of a format.
      '5.1 request GET /100%25/?metadata=1',
      '5.1 response GET /100%25/?metadata=1: 404, … bytes, … ms',
    ]);
    // The listener of the program is called too.
    expect(types).toEqual(short.map((line) => line.split(' ')[1]));
  });

  it('prints nothing for another name', async () => {
    expect((await runProgram(mode, 'http2')).stderr).toBe('');
  });
});
