import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as configuration from '../../scripts/matrix/configuration.ts';
import { EXPECTED, imports, script, suite } from '../../scripts/matrix/programs.ts';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { emulator } from '../support/world.ts';
import { type App, installApp } from './support/app.ts';
import { PROJECT } from './support/pack.ts';
import { type RunOptions, run, type Settled } from './support/run.ts';

// The cheapest of what `npm run test:matrix` runs.

const JEST = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');
const DENO = join(PROJECT, 'node_modules', 'deno', 'bin.cjs');

let app: App;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  app = await installApp();
  const [{ apiRoot }, { origin }] = await Promise.all([emulator().world(), emulator().startProxy()]);
  env = { WORLD: JSON.stringify({ apiRoot, accessToken: OWNER_TOKEN, proxy: origin }) };
});
afterAll(() => app.remove());

/** Runs a program of the app with this Node.js. */
function node(args: readonly string[], options: RunOptions = {}): Promise<Settled> {
  return run(process.execPath, args, { cwd: app.folder, ...options, env: { ...env, ...options.env } });
}

async function write(file: string, text: string): Promise<string> {
  const path = join(app.folder, file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

const GOOD = { code: 0, stdout: `${EXPECTED}\n`, stderr: '' };

describe('in Jest', { timeout: 60_000 }, () => {
  /** Runs the tests of a folder. Each file of them has a realm of its own. */
  async function jest(folder: string, config: object, nodeArgs: readonly string[] = []): Promise<Settled> {
    const path = await write(`${folder}/jest.config.json`, JSON.stringify({ testEnvironment: 'node', ...config }));
    return node([...nodeArgs, JEST, '--config', path, '--no-cache', '--runInBand'], {
      env: { RESULT: join(app.folder, folder, 'result') },
    });
  }

  it.each(['async', 'sync'] as const)('the %s client works as CommonJS, which is the default', async (mode) => {
    await write(`jest-${mode}/a.test.js`, suite(mode, 'cjs', {}));
    const { code, stderr } = await jest(`jest-${mode}`, {});
    expect(stderr).toContain('1 passed');
    expect(code).toBe(0);
    expect(await readFile(join(app.folder, `jest-${mode}`, 'result'), 'utf8')).toBe(EXPECTED);
  });

  it('errors of Node.js, which are of another realm there, keep their code, as ES modules too', async () => {
    await write('jest-esm/a.test.mjs', suite('async', 'esm', {}));
    const config = { moduleFileExtensions: ['mjs', 'js', 'json'], testMatch: ['**/*.test.mjs'], transform: {} };
    const { stderr } = await jest('jest-esm', config, ['--experimental-vm-modules', '--no-warnings']);
    expect(stderr).toContain('1 passed');
  });

  it('each file of tests with a blocking client that is closed leaves no thread behind, and spies on it', async () => {
    const use = `${imports('sync', 'cjs')}
const { apiRoot } = JSON.parse(process.env.WORLD);
test('a call', () => {
  const mixcloud = new MixcloudSync({ apiRoot });
  expect(mixcloud.get('bob').city).toBe('London');
  const get = jest.spyOn(mixcloud, 'get').mockReturnValue('a double');
  expect(mixcloud.get('bob')).toBe('a double');
  expect(get).toHaveBeenCalledWith('bob');
  jest.restoreAllMocks();
  jest.spyOn(MixcloudSync.prototype, 'get').mockReturnValueOnce('another');
  expect([mixcloud.get('bob'), mixcloud.get('bob').city]).toEqual(['another', 'London']);
  mixcloud.close();
});
`;
    for (const letter of 'abcde') await write(`jest-threads/${letter}.test.js`, use);
    // The setup is of the outer realm, whose `process` tells of threads.
    await write(
      'jest-threads/setup.cjs',
      `module.exports = () => {
  globalThis.threads = [];
  process.on('worker', (worker) => globalThis.threads.push(new Promise((resolve) => worker.once('exit', resolve))));
};`,
    );
    await write(
      'jest-threads/teardown.cjs',
      `module.exports = async () => {
  await Promise.all(globalThis.threads);
  console.log(globalThis.threads.length + ' threads have ended');
};`,
    );
    const config = { globalSetup: './setup.cjs', globalTeardown: './teardown.cjs' };
    const { stdout, stderr } = await jest('jest-threads', config);
    expect(stderr).toContain('5 passed');
    expect(stdout).toContain('5 threads have ended');
  });
});

describe('in Deno', { timeout: 60_000 }, () => {
  it.each(['async', 'sync'] as const)('the %s client works', async (mode) => {
    await write(`deno-${mode}.mjs`, script(mode, 'esm'));
    const args = [DENO, 'run', '--allow-all', '--no-lock', `deno-${mode}.mjs`];
    const folder = join(app.folder, '.deno');
    expect(await node(args, { env: { DENO_DIR: folder, DENO_NO_UPDATE_CHECK: '1' } })).toEqual(GOOD);
    await rm(folder, { recursive: true, force: true });
  });
});

describe.each(['async', 'sync'] as const)('the %s client', (mode) => {
  it("needs nothing of the entry 'undici', which Bun replaces by one that sends nothing", async () => {
    const replace = `
const { Module } = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => resolve(name === 'undici' ? __dirname + '/replaced.cjs' : name, ...rest);
`;
    await write(
      'replaced.cjs',
      'class Agent {} module.exports = { Agent, ProxyAgent: Agent, EnvHttpProxyAgent: Agent };',
    );
    await write('replace.cjs', replace);
    const file = `replaced-${mode}.cjs`;
    await write(file, script(mode, 'cjs'));
    // NODE_OPTIONS, so that the worker has it too.
    expect(await node([file], { env: { NODE_OPTIONS: `--require "${app.folder}/replace.cjs"` } })).toEqual(GOOD);
  });

  it('works as CommonJS where `document` is defined, as in a jsdom environment', async () => {
    await write(
      `document-${mode}.cjs`,
      `globalThis.document = { baseURI: 'http://localhost/', currentScript: null };\n${script(mode, 'cjs')}`,
    );
    expect(await node([`document-${mode}.cjs`])).toEqual(GOOD);
  });

  it('tells a dependency that cannot be loaded from a failed connection', async () => {
    const block = `
const { Module } = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  if (!name.startsWith('undici')) return resolve(name, ...rest);
  throw new Error('no such module: ' + name);
};
`;
    await write('block.cjs', block);
    const client = mode === 'async' ? 'Mixcloud' : 'MixcloudSync';
    const program = `${imports(mode, 'cjs')}
(async () => {
  const mixcloud = new ${client}({ apiRoot: 'http://127.0.0.1:1', retries: 0 });
  try {
    await mixcloud.get('bob');
  } catch (error) {
    console.log(JSON.stringify([error instanceof MixcloudError, error.name, error.message, error.cause.message]));
  }
})();`;
    await write(`blocked-${mode}.cjs`, program);
    const { stdout } = await node([`blocked-${mode}.cjs`], {
      env: { NODE_OPTIONS: `--require "${app.folder}/block.cjs"` },
    });
    const [isMixcloudError, name, message, cause] = JSON.parse(stdout);
    expect({ isMixcloudError, name }).toEqual({ isMixcloudError: false, name: 'Error' });
    expect(message).toMatch(/^mixcloud-client could not load its dependency 'undici', so nothing was sent: /);
    expect(cause).toBe('no such module: undici');
  });
});

describe('under the permission model', () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const flags = [flag, '--allow-fs-read=*', '--no-warnings'];

  it('the blocking client names the flag for its worker', async () => {
    await write('permission.mjs', script('sync', 'esm'));
    const { code, stderr } = await node([...flags, 'permission.mjs']);
    expect(stderr).toContain('MixcloudWorkerError: The worker of the blocking client could not start: ');
    expect(stderr).toContain('start Node.js with --allow-worker');
    expect(code).toBe(1);
  });

  it('a file that may not be read is reported with the flag', async () => {
    const folder = join(app.folder, 'node_modules');
    const program = `${imports('async', 'esm')}
await new Mixcloud({ apiRoot: 'http://127.0.0.1:1', accessToken: 'x' }).upload('/somewhere.mp3', 'A mix').catch((error) => console.log(error.message));`;
    const file = await write('permission-file.mjs', program);
    const readable = [`${folder}/*`, file, join(app.folder, 'package.json')].map((path) => `--allow-fs-read=${path}`);
    const { stdout } = await node([flag, ...readable, '--no-warnings', file]);
    expect(stdout).toContain('start Node.js with --allow-fs-read');
  });
});

describe('under --jitless, which removes WebAssembly,', () => {
  it.each(['async', 'sync'] as const)('the %s client says so', async (mode) => {
    await write(`jitless-${mode}.cjs`, script(mode, 'cjs'));
    const { stderr } = await node(['--jitless', `jitless-${mode}.cjs`]);
    expect(stderr).toContain("could not load its dependency 'undici', so nothing was sent: it needs WebAssembly");
  });
});

describe('tools that ignore `exports`', () => {
  it.each(['sync', 'testing'])('find mixcloud-client/%s by its folder', async (entry) => {
    const folder = join(app.folder, 'node_modules', 'mixcloud-client', entry);
    const require = createRequire(pathToFileURL(join(folder, 'package.json')));
    const manifest = require('./package.json') as Record<'main' | 'module' | 'types', string>;
    const exported = require('../package.json').exports[`./${entry}`];
    const relative = (path: string) => path.replace(/^\.\./, '.');
    expect({
      main: relative(manifest.main),
      module: relative(manifest.module),
      types: relative(manifest.types),
    }).toEqual({
      main: exported.require.default,
      module: exported.import.default,
      types: exported.require.types,
    });
    for (const path of Object.values(manifest)) expect(() => require.resolve(path)).not.toThrow();
  });
});

describe('every line of configuration that the matrix proves', () => {
  const { NEXT_INCLUDES, ESBUILD_BANNER, PERMISSION_FLAGS, ...short } = configuration;
  const permission = Object.values(PERMISSION_FLAGS).map((flags) => `node ${flags.join(' ')}`);

  it.each([
    ['README.md', [...Object.values(short), ...permission]],
    ['docs/environments.md', [...Object.values(short), ...permission, NEXT_INCLUDES, ESBUILD_BANNER]],
  ])('is in %s', async (page, lines) => {
    const text = await readFile(join(PROJECT, page), 'utf8');
    expect(lines.length).toBeGreaterThan(6);
    expect(lines.filter((line) => !text.includes(line))).toEqual([]);
  });
});
