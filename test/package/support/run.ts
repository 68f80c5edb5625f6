import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What became of a program. */
export interface Settled {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the program is ended, and `code` is `null`. */
  readonly timeout?: number;
}

/** Runs a program to its end, without what the test runner has put into the environment. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Settled> {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, NODE_ENV: _mode, ...inherited } = process.env;
  const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !/^(VITEST|TEST|npm_)/.test(name)));
  // On Windows, `npm` is a script that only a shell can start.
  const { npm_execpath: npm } = process.env;
  const [program, ...rest] = command === 'npm' && npm ? [process.execPath, npm, ...args] : [command, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: { ...env, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout ?? 60_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs a program that must succeed, and gives what it wrote. */
export async function succeed(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** Returns the program behind a command of an installed package. On Windows, `.bin` has scripts that only a shell can start. */
export function findCommand(folder: string, name: string, command: string): string {
  const home = join(folder, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  const path = bin[command];
  if (path === undefined) throw new Error(`${name} has no command ${command}`);
  return join(home, path);
}
