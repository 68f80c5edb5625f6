import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { OWNER_TOKEN, type WorldHandle } from '../../test/emulator/start.ts';
import { run, type Settled, succeed } from '../../test/package/support/run.ts';
import { EXPECTED } from './programs.ts';
import type { Row } from './row.ts';

const MANIFEST = { name: 'an-app', version: '1.0.0', private: true };
const NPM_OPTIONS = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
// The newest versions of these, whatever a row's own packages are.
const INSTALLERS = { pnpm: 'pnpm', yarn: '@yarnpkg/cli-dist' };

interface ProjectInit {
  /** Path of the Node.js that runs it. */
  readonly node: string;
  readonly tarball: string;
  readonly world: WorldHandle;
  /** URL of a proxy. */
  readonly proxy: string;
}

interface RunSettings {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Milliseconds. @default 90 000 */
  readonly timeout?: number;
}

/** A user's project in a temporary folder, with the package installed from its tarball. */
export class Project {
  readonly folder: string;
  /** Path of the Node.js that runs it. */
  readonly node: string;
  /** The emulated API that its programs talk to. */
  readonly world: WorldHandle;
  readonly #proxy: string;
  readonly #tarball: string;
  readonly #root: string;

  private constructor(root: string, { node, tarball, world, proxy }: ProjectInit) {
    this.#root = root;
    this.folder = join(root, 'an app');
    this.node = node;
    this.world = world;
    this.#proxy = proxy;
    this.#tarball = tarball;
  }

  /** Makes the folder and installs the row's packages. */
  static async create(row: Row, init: ProjectInit): Promise<Project> {
    const root = await mkdtemp(join(tmpdir(), `mixcloud-client-${row.name.replaceAll(/\W+/g, '-')}-`));
    const project = new Project(root, init);
    await project.write('package.json', JSON.stringify(MANIFEST));
    await project.#install(row.installer ?? 'npm', row.packages ?? []);
    return project;
  }

  async #install(installer: 'npm' | 'pnpm' | 'yarn', packages: readonly string[]): Promise<void> {
    const wanted = [...packages, `mixcloud-client@file:${this.#tarball}`];
    if (installer === 'npm') {
      await this.succeed('npm', ['install', ...NPM_OPTIONS, ...wanted], { timeout: 400_000 });
      return;
    }
    const tools = join(this.#root, 'tools');
    await mkdir(tools);
    await writeFile(join(tools, 'package.json'), JSON.stringify(MANIFEST));
    await succeed('npm', ['install', ...NPM_OPTIONS, INSTALLERS[installer]], { cwd: tools, timeout: 180_000 });
    if (installer === 'yarn') {
      // Yarn neither reads npm's configuration nor accepts a lock file that it has yet to write.
      await this.write('.yarnrc.yml', 'nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\n');
      await this.write('yarn.lock', '');
    }
    await this.succeed(installer, ['add', ...wanted], { env: await registryOfYarn(), timeout: 400_000 });
  }

  /** Writes a file of the project. */
  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  /** Runs a command with the project's tools and its Node.js first in `PATH`. */
  run(command: string, args: readonly string[], { env, cwd, timeout = 90_000 }: RunSettings = {}): Promise<Settled> {
    return run(command, args, { cwd: cwd ?? this.folder, env: { ...this.env, ...env }, timeout });
  }

  /** Runs a command that must succeed, and returns its output. */
  async succeed(command: string, args: readonly string[], settings: RunSettings = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, args, settings);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Runs a program that must print the expected line and nothing else, on any channel. */
  async expectLine(command: string, args: readonly string[], settings: RunSettings = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, args, settings);
    if (code === 0 && stdout.trim() === EXPECTED && stderr === '') return 'yes';
    throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  }

  /** Runs a program that must fail with a message, and prints it. */
  async expectError(pattern: RegExp, command: string, args: readonly string[], settings: RunSettings = {}) {
    const { code, stdout, stderr } = await this.run(command, args, settings);
    if (code !== 0 && code !== null && pattern.test(stdout + stderr)) return;
    throw new Error(`expected ${pattern}, but ${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  }

  /** Runs a test runner, whose test must have written the expected line. */
  async expectResult(command: string, args: readonly string[], settings: RunSettings = {}): Promise<string> {
    const result = join(this.#root, 'result.txt');
    await rm(result, { force: true });
    const output = await this.succeed(command, args, { ...settings, env: { ...settings.env, RESULT: result } });
    const line = await readFile(result, 'utf8').catch(() => `no test was run:\n${output}`);
    if (line !== EXPECTED) throw new Error(line);
    return 'yes';
  }

  get env(): NodeJS.ProcessEnv {
    const paths = [
      dirname(this.node),
      join(this.folder, 'node_modules/.bin'),
      join(this.#root, 'tools/node_modules/.bin'),
    ];
    return {
      PATH: [...paths, process.env.PATH].join(delimiter),
      WORLD: JSON.stringify({ apiRoot: this.world.apiRoot, accessToken: OWNER_TOKEN, proxy: this.#proxy }),
      // Some of the tools would call home.
      NEXT_TELEMETRY_DISABLED: '1',
      DENO_NO_UPDATE_CHECK: '1',
      PARCEL_DISABLE_TELEMETRY: '1',
      CI: 'true',
    };
  }

  /** Version of an installed package. */
  async versionOf(name: string): Promise<string> {
    const manifest = JSON.parse(await this.read(`node_modules/${name}/package.json`)) as { version: string };
    return manifest.version;
  }

  /** Version of the Node.js that runs it. */
  async nodeVersion(): Promise<string> {
    return (await this.succeed(this.node, ['--version'])).trim().slice(1);
  }

  remove(): Promise<void> {
    return rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** npm's settings, in Yarn's words. */
async function registryOfYarn(): Promise<NodeJS.ProcessEnv> {
  const get = async (name: string) => (await succeed('npm', ['config', 'get', name])).trim();
  const [registry, cafile] = [await get('registry'), await get('cafile')];
  return {
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
    ...(cafile !== 'null' && { YARN_HTTPS_CA_FILE_PATH: cafile }),
    // In CI, Yarn otherwise refuses to write a new lock file.
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
}
