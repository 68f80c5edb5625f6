/** How much of the processors many calls take, on all threads of a process of their own. */
import { ASYNC, SYNC, UNDICI } from './contenders.ts';
import { run } from './programs.ts';
import { inTurn, type Timings } from './timings.ts';

const CONTENDERS: readonly (readonly [string, string])[] = [
  [UNDICI, 'undici'],
  [ASYNC, 'async'],
  [SYNC, 'sync'],
];

export function measureCpu(origin: string, rounds: number): Promise<Timings> {
  const contenders = CONTENDERS.map(([name, argument]) => ({
    name,
    burst: 1,
    run: () => run<number>('cpu.mjs', [argument, origin]),
  }));
  return inTurn('processor time of 10 000 calls for one user', contenders, rounds);
}
