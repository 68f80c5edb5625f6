/** How much memory a whole program takes that makes one call, at its highest. */
import { CURL, SYNC_FETCH } from './contenders.ts';
import { execute } from './programs.ts';
import { PROGRAMS } from './scripts.ts';
import type { Servers } from './servers.ts';

export const EMPTY = 'an empty process';

/** Bytes, by contender. */
export type Peaks = ReadonlyMap<string, readonly number[]>;

export interface Memory {
  readonly loopback: Peaks;
  /** Over TLS, where the certificates count too. */
  readonly distant: Peaks;
}

export function measureMemory({ loopback, distant }: Servers, rounds: number): Memory {
  return { loopback: measure(loopback.origin, rounds, false), distant: measure(distant.origin, rounds, true) };
}

function measure(origin: string, rounds: number, trusting: boolean): Peaks {
  // The memory of those two is mostly that of another process.
  const calling = PROGRAMS.filter(([name]) => name !== CURL && name !== SYNC_FETCH);
  const programs = [[EMPTY, 'empty.mjs'] as const, ...calling];
  const peaks = new Map(programs.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, program] of programs) {
      const { stderr } = execute(program, [origin], { trusting, preload: 'print-memory.cjs' });
      peaks.get(name)?.push(toBytes(stderr));
    }
  }
  return peaks;
}

/** The last line; a version of Node.js may have put warnings before it. */
function toBytes(stderr: string): number {
  const bytes = Number(stderr.trim().split('\n').at(-1));
  if (!(bytes > 0)) throw new Error(`no number of bytes: ${stderr}`);
  return bytes;
}
