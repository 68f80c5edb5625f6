/** All that a run of the benchmark found. */
import { measureBytes } from './bytes.ts';
import { type Calls, measureCalls, measureDistantCalls, measureOthers } from './calls.ts';
import { measureCpu } from './cpu.ts';
import { type Emulator, measureEmulator } from './emulator.ts';
import { measureImports } from './imports.ts';
import { measureItems } from './items.ts';
import { type Memory, measureMemory } from './memory.ts';
import { measureReading } from './reading.ts';
import { measureScripts, type Scripts } from './scripts.ts';
import { type Servers, withServers } from './servers.ts';
import type { Timings } from './timings.ts';
import { measureLine, measureUploads, type Uploads } from './upload.ts';

/** What each part of a run finds. */
interface Parts {
  readonly calls: { readonly timings: Calls; readonly bytes: ReadonlyMap<string, number> };
  readonly others: Calls;
  readonly tls: Calls;
  readonly items: Timings;
  readonly cpu: Timings;
  readonly reading: Timings;
  readonly imports: Timings;
  readonly scripts: Scripts;
  readonly memory: Memory;
  readonly uploads: Uploads;
  readonly line: Uploads;
  readonly emulator: Emulator;
}

export type PartName = keyof Parts;

/** Those of the parts that were measured. */
export type Results = Partial<Parts>;

/** How much is done. */
export interface Effort {
  readonly calls: number;
  readonly distantCalls: number;
  readonly items: number;
  readonly cpu: number;
  readonly reading: number;
  readonly processes: number;
  readonly memory: number;
  readonly uploads: number;
  /** Bytes. */
  readonly uploadSize: number;
  readonly line: number;
}

export const FULL: Effort = {
  calls: 40,
  distantCalls: 25,
  items: 12,
  cpu: 9,
  reading: 20,
  processes: 25,
  memory: 7,
  uploads: 15,
  uploadSize: 2 ** 30,
  line: 3,
};

export const QUICK: Effort = {
  calls: 8,
  distantCalls: 4,
  items: 3,
  cpu: 1,
  reading: 5,
  processes: 5,
  memory: 3,
  uploads: 2,
  uploadSize: 2 ** 28,
  line: 1,
};

const MEASURE: { readonly [Name in PartName]: (servers: Servers, effort: Effort) => Promise<Parts[Name]> } = {
  calls: async ({ loopback }, { calls }) => ({
    timings: await measureCalls(loopback.origin, calls),
    bytes: await measureBytes(loopback),
  }),
  others: ({ loopback }, { calls }) => measureOthers(loopback.origin, calls),
  tls: ({ distant }, { distantCalls }) => measureDistantCalls(distant.origin, distantCalls),
  items: ({ distant }, { items }) => measureItems(distant.origin, items),
  cpu: ({ loopback }, { cpu }) => measureCpu(loopback.origin, cpu),
  reading: ({ loopback }, { reading }) => measureReading(loopback.origin, reading),
  imports: (_servers, { processes }) => measureImports(processes),
  scripts: (servers, { processes }) => measureScripts(servers, processes),
  memory: async (servers, { memory }) => measureMemory(servers, memory),
  uploads: ({ loopback }, { uploads, uploadSize }) => measureUploads(loopback, uploadSize, uploads),
  line: (_servers, { line }) => measureLine(line),
  emulator: (_servers, { processes, calls }) => measureEmulator(processes, calls),
};

export const PART_NAMES = Object.keys(MEASURE) as readonly PartName[];

export async function measure(
  names: readonly PartName[],
  effort: Effort,
  onStep: (step: string) => void,
): Promise<Results> {
  onStep('starting the servers');
  return await withServers(async (servers) => {
    const results: Record<string, unknown> = {};
    for (const name of names) {
      onStep(name);
      results[name] = await MEASURE[name](servers, effort);
    }
    return results as Results;
  });
}
