/** Copies of the project in which the mutants are tried: the work tree is never changed. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const COPIED = ['src', 'test', 'dist', 'sync', 'testing', 'scripts/mutate', 'package.json', 'tsconfig.json'];
const CONFIGURATION = ['tsup.config.ts', 'vitest.config.ts', 'README.md', 'SECURITY.md', 'docs'];

/** A run of tests: whether one failed, which ones, and what was printed. */
export interface TestRun {
  readonly failed: boolean;
  readonly timedOut: boolean;
  readonly tests: readonly string[];
  readonly output: string;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Which tests are run. */
export interface TestSelection {
  readonly files: readonly string[];
  /** A part of the names of the tests. */
  readonly name?: string | undefined;
  /** Whether the tests need the emulator and the built package. */
  readonly built: boolean;
  /** Seconds after which the tests count as failed. */
  readonly limit: number;
}

export class Sandbox {
  readonly folder: string;
  #stop = () => {};

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Sandbox> {
    const folder = await mkdtemp(join(tmpdir(), 'mixcloud-mutate-'));
    for (const name of [...COPIED, ...CONFIGURATION]) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    return new Sandbox(folder);
  }

  /** Returns the text of a file without a fault. The work tree may have changed since it was copied. */
  read(file: string): Promise<string> {
    return readFile(join(this.folder, file), 'utf8');
  }

  /** Runs `action` while a file has another text. */
  async withText<T>(file: string, text: string, action: () => Promise<T>): Promise<T> {
    const path = join(this.folder, file);
    const original = await this.read(file);
    await writeFile(path, text);
    try {
      return await action();
    } finally {
      await writeFile(path, original);
    }
  }

  /** Builds the parts of the package that a mutant may be in. Returns `false` if that fails. */
  async build(): Promise<boolean> {
    const config = 'scripts/mutate/tsup.config.ts';
    const { code } = await this.#run(['node_modules/tsup/dist/cli-default.js', '--config', config, '--silent'], 60);
    return code === 0;
  }

  /** Runs tests until one fails. */
  async test({ files, name, built, limit }: TestSelection): Promise<TestRun> {
    const report = join(this.folder, 'report.json');
    await rm(report, { force: true });
    const config = built ? 'vitest.config.ts' : 'scripts/mutate/vitest.config.ts';
    const names = name === undefined ? [] : ['--testNamePattern', name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')];
    const args = ['run', '--config', config, '--bail=1', '--maxWorkers=1', '--reporter=json', `--outputFile=${report}`];
    const { code, output } = await this.#run(['node_modules/vitest/vitest.mjs', ...args, ...names, ...files], limit);
    const text = await readFile(report, 'utf8').catch(() => '{"testResults":[]}');
    const results = (JSON.parse(text) as Report).testResults.flatMap(({ assertionResults }) => assertionResults);
    const tests = results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return { failed: code !== 0, timedOut: code === null, tests, output };
  }

  async remove(): Promise<void> {
    this.#stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a program of Node.js. Its code is `null` if it was stopped. */
  #run(args: readonly string[], limit: number): Promise<{ code: number | null; output: string }> {
    return new Promise((resolve) => {
      // A group of its own, so that the processes of the tests end with it.
      const child = spawn(process.execPath, args, {
        cwd: this.folder,
        detached: true,
        env: { ...process.env, CI: '1' },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      const stop = () => {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        } catch {
          // Every process of the group has ended.
        }
      };
      this.#stop = stop;
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        stop();
      }, limit * 1000);
      child.on('exit', (code) => {
        clearTimeout(timer);
        stop();
        resolve({ code: timedOut ? null : (code ?? 1), output });
      });
    });
  }
}
