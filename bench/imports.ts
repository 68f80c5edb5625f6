/** How long importing takes, on the thread that does it. */
import { run } from './programs.ts';
import { inTurn, type Timings } from './timings.ts';

const NAMES = ['mixcloud-client/sync', 'mixcloud-client', 'undici', 'sync-fetch', 'make-synchronous', 'luxon'];

export function measureImports(rounds: number): Promise<Timings> {
  const imports = NAMES.map((name) => ({ name, burst: 1, run: () => run<number>('import.mjs', [name]) }));
  const requires = NAMES.slice(0, 2).map((name) => ({
    name: `${name}, by require`,
    burst: 1,
    run: () => run<number>('require.cjs', [name]),
  }));
  return inTurn('importing', [...imports, ...requires], rounds);
}
