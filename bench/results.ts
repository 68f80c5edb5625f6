/** All that a run of the benchmark found. */
import { measureBytes } from './bytes.ts';
import { measureCalls } from './calls.ts';
import { measureEmulatorRequests, measureEmulatorStart } from './emulator.ts';
import { measureImports } from './imports.ts';
import { measureReading } from './reading.ts';
import { record, type Subject } from './recording.ts';
import { measureScripts } from './scripts.ts';
import { ServerHandle } from './server-handle.ts';
import type { Timings } from './timings.ts';
import { measureUploads, type Uploads } from './upload.ts';

export interface Results {
  readonly calls: ReadonlyMap<Subject, Timings>;
  readonly reading: Timings;
  readonly bytes: ReadonlyMap<string, number>;
  readonly imports: Timings;
  readonly scripts: Timings;
  readonly uploads: Uploads;
  readonly emulatorStart: Timings;
  readonly emulatorRequests: Timings;
}

/** How much is done. */
export interface Effort {
  readonly calls: number;
  readonly reading: number;
  readonly processes: number;
  readonly uploads: number;
  /** Bytes. */
  readonly uploadSize: number;
}

export const FULL: Effort = { calls: 40, reading: 20, processes: 25, uploads: 5, uploadSize: 2 ** 30 };
export const QUICK: Effort = { calls: 8, reading: 5, processes: 5, uploads: 2, uploadSize: 2 ** 28 };

export async function measure(effort: Effort, onStep: (step: string) => void): Promise<Results> {
  onStep('starting the server');
  const server = await ServerHandle.start(await record());
  try {
    const { origin } = server;
    onStep('calls');
    const calls = await measureCalls(origin, effort.calls);
    onStep('reading');
    const reading = await measureReading(origin, effort.reading);
    const bytes = await measureBytes(server);
    onStep('imports');
    const imports = await measureImports(effort.processes);
    onStep('whole scripts');
    const scripts = await measureScripts(origin, effort.processes);
    onStep('uploads');
    const uploads = await measureUploads(server, effort.uploadSize, effort.uploads);
    onStep('the emulator');
    const emulatorStart = await measureEmulatorStart(effort.processes);
    const emulatorRequests = await measureEmulatorRequests(effort.calls);
    return { calls, reading, bytes, imports, scripts, uploads, emulatorStart, emulatorRequests };
  } finally {
    await server.stop();
  }
}
