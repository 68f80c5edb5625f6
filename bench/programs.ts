/** Programs that are measured from outside, in processes of their own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a program of `bench/scripts` and gives what it printed, as JSON. */
export function run<T>(program: string, ...parameters: readonly string[]): T {
  const path = fileURLToPath(new URL(`scripts/${program}`, import.meta.url));
  // Neither the loader of this process nor its coverage is the program's.
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [path, ...parameters], {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error || status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout) as T;
}
