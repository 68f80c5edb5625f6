import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

/** What became of a script. */
export interface Settled {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From its start to its end. */
  readonly ms: number;
}

/** How a script that may hang is run. */
export interface Running {
  /** Name in `scripts`, or an absolute path. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node.js, before the script. */
  readonly flags?: readonly string[];
  /** Number of files that the process may have open at once. Not on Windows. */
  readonly maxFiles?: number;
  /** Seconds after which it is killed, and the test fails. */
  readonly watchdog?: number;
}

/** A script in a process of its own, so that one that blocks for ever can be killed. */
export class Script {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Settled>;

  constructor({ script, args = [], env = {}, flags = [], maxFiles, watchdog = 15 }: Running) {
    // The test runner's own flags are not the script's.
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...inherited } = process.env;
    const began = performance.now();
    const command = [process.execPath, ...flags, scriptPath(script), ...args];
    if (maxFiles) command.unshift('/bin/sh', '-c', `ulimit -n ${maxFiles} && exec "$@"`, 'sh');
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, { env: { ...inherited, ...env } });
    this.#child = child;
    this.#ended = this.#collect(script, watchdog, began);
    // Whoever waits is told of a failure; a test that failed before that has said what is wrong.
    this.#ended.catch(() => {});
    child.stdin?.on('error', () => {});
  }

  /** Its end; a script that is still running when the watchdog barks is killed, and that is a failure. */
  get ended(): Promise<Settled> {
    return this.#ended;
  }

  /** What it told, once it has ended well. */
  async reports<T>(): Promise<T> {
    const { code, stdout, stderr } = await this.#ended;
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    if (code !== 0 || !last.startsWith('{')) throw new Error(`exit code ${code}\n${stdout}\n${stderr}`);
    return JSON.parse(last) as T;
  }

  /** What it prints that matches, as soon as it is there. */
  line(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      let text = '';
      this.#child[stream]?.on('data', (chunk: string) => {
        text += chunk;
        const match = pattern.exec(text);
        if (match) resolve(match);
      });
      this.#child.once('close', () => reject(new Error(`it ended without printing ${pattern}:\n${text}`)));
    });
  }

  /** Ends it with a signal, as a terminal or a service manager does. */
  end(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Lets a script end that waits for its standard input to close. */
  release(): void {
    this.#child.stdin?.end();
  }

  async #collect(script: string, watchdog: number, began: number): Promise<Settled> {
    const child = this.#child;
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    let killed = false;
    const timer = setTimeout(() => {
      killed = true;
      child.kill('SIGKILL');
    }, watchdog * 1000);
    const exited = once(child, 'exit').then(() => performance.now() - began);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    if (killed) throw new Error(`${script} was still running after ${watchdog} s\n${stdout}\n${stderr}`);
    return { code, stdout, stderr, ms: await exited };
  }
}

/** Runs a script and gives what it told. */
export function run<T>(running: Running): Promise<T> {
  return new Script(running).reports<T>();
}

/** The path of a script in `scripts`; an absolute one stays as it is. */
export function scriptPath(name: string): string {
  return resolve(fileURLToPath(new URL('scripts/', import.meta.url)), name);
}

/** What a call of a script came to, by `attempt` in `scripts/tell.mjs`. */
export interface Attempt<T = unknown> {
  readonly ms: number;
  readonly value?: T;
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly code?: string;
    readonly sent?: boolean;
    readonly worker: boolean;
    readonly mixcloud: boolean;
    readonly stack: string;
    /** Everything that is said of it: itself, its causes and their stacks. */
    readonly text: string;
    readonly cause?: { readonly name: string; readonly message: string };
  };
}

/** Decides over the worker thread of a script, from outside; see `scripts/fate.mjs`. */
export class Fate {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async prepare(): Promise<Fate> {
    const fate = new Fate(await mkdtemp(join(tmpdir(), 'mixcloud-fate-')));
    onTestFinished(() => rm(fate.#directory, { recursive: true, force: true }));
    return fate;
  }

  get #file(): string {
    return join(this.#directory, 'fate');
  }

  get env(): Readonly<Record<string, string>> {
    return { FATE: this.#file, NODE_OPTIONS: `--import ${pathToFileURL(scriptPath('fate.mjs')).href}` };
  }

  /** What becomes of the worker that looks next. */
  seal(fate: string): Promise<void> {
    return writeFile(this.#file, fate);
  }
}
