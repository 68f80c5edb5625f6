/** Programs that are measured from outside, in processes of their own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TRUST } from './trust.ts';

export interface ProgramOptions {
  /** Whether it calls the server with TLS. The others are not to pay for reading certificates. */
  readonly trusting?: boolean;
  /** Another program of `bench/scripts`, which runs before it in its process. */
  readonly preload?: string;
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of `bench/scripts` and gives what it printed, as JSON. */
export function run<T>(program: string, parameters: readonly string[], options: ProgramOptions = {}): T {
  return JSON.parse(execute(program, parameters, options).stdout) as T;
}

/** Runs a program of `bench/scripts`. */
export function execute(program: string, parameters: readonly string[], options: ProgramOptions = {}): Output {
  const { trusting = false, preload } = options;
  const preloading = preload === undefined ? [] : ['--require', pathOf(preload)];
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...preloading, pathOf(program), ...parameters],
    { env: environment(trusting), encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (error || status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  return { stdout, stderr };
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(`scripts/${program}`, import.meta.url));
}

/** Neither the loader of this process, nor its coverage, nor its certificates are the program's. */
function environment(trusting: boolean): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  for (const name of Object.keys(TRUST)) delete env[name];
  return trusting ? { ...env, ...TRUST } : env;
}
