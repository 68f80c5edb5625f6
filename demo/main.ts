/**
 * `npm run demo`: the package's main job in both forms, against an emulator of the API; no network and no account needed.
 *
 * `-- --live NAME` reads about that user from the real API instead. `-- --fault NAME[:PARAMETER][@PATTERN]` makes the
 * emulator wrong (the names are in `src/testing/faults`), to show that the demo notices.
 */
import { parseArgs } from 'node:util';
import { walkEmulated } from './emulated.ts';
import { aboutNetwork, walkLive } from './live.ts';
import { Reporter } from './reporter.ts';
import { readFault } from './stage.ts';

const { live, fault } = readArguments();
const reporter = new Reporter(process.stdout);
try {
  if (live === undefined) await walkEmulated(reporter, fault === undefined ? null : readFault(fault));
  else await walkLive(reporter, live);
} catch (error) {
  const network = live === undefined ? undefined : aboutNetwork(error);
  process.stderr.write(`\n${network ?? `The demo went wrong at ${reporter.at}: ${explain(error)}`}\n`);
  process.exitCode = 1;
}

function readArguments() {
  try {
    return parseArgs({ options: { live: { type: 'string' }, fault: { type: 'string' } } }).values;
  } catch (error) {
    process.stderr.write(`${explain(error)}\nUsage: npm run demo [-- --live USER | --fault FAULT]\n`);
    process.exit(2);
  }
}

function explain(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
