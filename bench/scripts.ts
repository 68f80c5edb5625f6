/** How long a whole program takes that makes one call, from its start to its end. */
import { deepStrictEqual } from 'node:assert';
import { ASYNC, CURL, hasCurl, MAKE_SYNCHRONOUS, SYNC, SYNC_FETCH, UNDICI } from './contenders.ts';
import { run } from './programs.ts';
import { inTurn, type Timings } from './timings.ts';

const PROGRAMS: readonly (readonly [string, string])[] = [
  [UNDICI, 'undici.mjs'],
  [SYNC, 'sync.mjs'],
  [SYNC_FETCH, 'sync-fetch.mjs'],
  [ASYNC, 'async.mjs'],
  [MAKE_SYNCHRONOUS, 'make-synchronous.mjs'],
  [CURL, 'curl.mjs'],
];

export function measureScripts(origin: string, rounds: number): Promise<Timings> {
  const programs = PROGRAMS.filter(([name]) => name !== CURL || hasCurl());
  const expected = run<unknown>('undici.mjs', origin);
  for (const [name, program] of programs) {
    deepStrictEqual(run(program, origin), expected, `the script on ${name} printed another thing`);
  }
  const contenders = programs.map(([name, program]) => ({
    name,
    burst: 1,
    run: () => {
      run(program, origin);
    },
  }));
  return inTurn('a whole script that makes one call', contenders, rounds);
}
