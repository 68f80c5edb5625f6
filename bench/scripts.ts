/** How long a whole program takes that makes one call, from its start to its end. */
import { deepStrictEqual } from 'node:assert';
import {
  ASYNC,
  BARE_SYNCKIT,
  CURL,
  FETCH,
  GOT,
  hasCurl,
  MAKE_SYNCHRONOUS,
  SYNC,
  SYNC_FETCH,
  UNDICI,
} from './contenders.ts';
import { run } from './programs.ts';
import type { Servers } from './servers.ts';
import { inTurn, type Timings } from './timings.ts';

export const PROGRAMS: readonly (readonly [string, string])[] = [
  [UNDICI, 'undici.mjs'],
  [FETCH, 'fetch.mjs'],
  [GOT, 'got.mjs'],
  [SYNC, 'sync.mjs'],
  [BARE_SYNCKIT, 'synckit-undici.mjs'],
  [SYNC_FETCH, 'sync-fetch.mjs'],
  [ASYNC, 'async.mjs'],
  [MAKE_SYNCHRONOUS, 'make-synchronous.mjs'],
  [CURL, 'curl.mjs'],
];

export interface Scripts {
  readonly loopback: Timings;
  /** Over TLS, with latency. */
  readonly distant: Timings;
}

export async function measureScripts({ loopback, distant }: Servers, rounds: number): Promise<Scripts> {
  const title = 'a whole script that makes one call';
  return {
    loopback: await measure(title, loopback.origin, rounds, false),
    distant: await measure(`${title}, over TLS, after 20 ms`, distant.origin, rounds, true),
  };
}

function measure(title: string, origin: string, rounds: number, trusting: boolean): Promise<Timings> {
  const programs = PROGRAMS.filter(([name]) => name !== CURL || hasCurl());
  const call = (program: string) => run<unknown>(program, [origin], { trusting });
  const expected = call('undici.mjs');
  for (const [name, program] of programs) {
    deepStrictEqual(call(program), expected, `the script on ${name} printed another thing`);
  }
  const contenders = programs.map(([name, program]) => ({
    name,
    burst: 1,
    run: () => {
      call(program);
    },
  }));
  return inTurn(title, contenders, rounds);
}
