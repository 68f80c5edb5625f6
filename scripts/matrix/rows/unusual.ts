/** Unusual ways to run Node.js. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PERMISSION_FLAGS } from '../configuration.ts';
import { EXPECTED, type Mode, script } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';
import { elsewhere } from './bundlers.ts';

function permissionRow(node: string): Row {
  const flags = PERMISSION_FLAGS[node] ?? [];
  // On Node.js 20 to 24 the flag itself, and everywhere `--allow-worker`, is announced by a warning.
  const quiet = '--disable-warning=ExperimentalWarning';
  const run = async (project: Project, mode: Mode, extra: readonly string[]) => {
    const file = `${mode}.mjs`;
    await project.write(file, script(mode, 'esm'));
    return project.expectLine(project.node, [...flags, ...extra, quiet, '--disable-warning=SecurityWarning', file]);
  };
  return {
    name: `permission-${node}`,
    title: `Node.js ${node}, \`${flags[0]}\``,
    node,
    version: (project) => project.nodeVersion(),
    async async(project) {
      await run(project, 'async', []);
      await checkMissing(project, 'async', flags, quiet);
      return 'yes';
    },
    async sync(project) {
      await run(project, 'sync', ['--allow-worker']);
      await checkMissing(project, 'sync', [...flags, '--allow-worker'], quiet);
      return 'yes, with `--allow-worker`';
    },
  };
}

/**
 * Leaves out the flag for what a client does; the error names it. Without `--allow-fs-read`, Node.js itself fails before the
 * package. The worker needs no `--allow-net`: Node.js does not restrict worker threads further.
 */
async function checkMissing(project: Project, mode: Mode, flags: readonly string[], quiet: string): Promise<void> {
  for (const missing of flags.filter((flag) => flag === (mode === 'async' ? '--allow-net' : '--allow-worker'))) {
    const left = flags.filter((flag) => flag !== missing);
    await project.write('missing.mjs', simple(mode));
    const says = new RegExp(`Mixcloud\\w*Error: .*${missing}`);
    await project.expectError(says, project.node, [...left, quiet, '--disable-warning=SecurityWarning', 'missing.mjs']);
  }
}

function simple(mode: Mode): string {
  const [name, entry] = mode === 'async' ? ['Mixcloud', 'mixcloud-client'] : ['MixcloudSync', 'mixcloud-client/sync'];
  return `import { ${name} } from '${entry}';
const { apiRoot } = JSON.parse(process.env.WORLD);
console.log((await new ${name}({ apiRoot }).get('bob')).city);
`;
}

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Makes a single executable application of a program, in `dist`. */
async function buildExecutable(project: Project, mode: Mode): Promise<string> {
  await project.write(`${mode}.mjs`, script(mode, 'esm'));
  const options = ['--bundle', '--platform=node', '--format=cjs', '--log-level=error'];
  await project.succeed('esbuild', [`${mode}.mjs`, ...options, `--outfile=build/${mode}.cjs`]);
  const config = { main: `build/${mode}.cjs`, output: `build/${mode}.blob`, disableExperimentalSEAWarning: true };
  await project.write(`build/${mode}.json`, JSON.stringify(config));
  await project.succeed(project.node, ['--experimental-sea-config', `build/${mode}.json`]);
  const binary = `dist/${mode}`;
  await project.write(binary, '');
  await copyFile(project.node, join(project.folder, binary));
  await project.succeed('chmod', ['+x', binary]);
  await project.succeed('postject', [binary, 'NODE_SEA_BLOB', `build/${mode}.blob`, '--sentinel-fuse', FUSE]);
  return binary;
}

const EXECUTABLE: Row = {
  name: 'single-executable',
  title: 'Node.js, single executable application',
  packages: ['esbuild', 'postject'],
  version: (project) => project.nodeVersion(),
  async async(project) {
    const binary = await buildExecutable(project, 'async');
    await elsewhere(project, binary, (cwd, name) => project.expectLine(join(cwd, name), [], { cwd }));
    return 'yes';
  },
  async sync(project) {
    const binary = await buildExecutable(project, 'sync');
    const says = /MixcloudWorkerError: .*single executable/;
    await elsewhere(project, binary, (cwd, name) => project.expectError(says, join(cwd, name), [], { cwd }));
    return 'an error that says what it needs';
  },
};

function undiciRow(node: string): Row {
  return {
    name: `undici-8-node-${node}`,
    title: `Dispatchers of undici 8, Node.js ${node}`,
    node,
    packages: ['undici@8'],
    version: (project) => project.versionOf('undici'),
    async async(project) {
      await project.write('dispatcher.mjs', DISPATCHERS);
      return project.expectLine(project.node, ['dispatcher.mjs']);
    },
    sync: async () => 'no such option',
  };
}

const DISPATCHERS = `
import { Mixcloud } from 'mixcloud-client';
import { Agent, MockAgent, ProxyAgent } from 'undici';

const { apiRoot, proxy, accessToken } = JSON.parse(process.env.WORLD);
const cities = [];
for (const dispatcher of [new Agent(), new ProxyAgent(proxy)]) {
  const mixcloud = new Mixcloud({ apiRoot, accessToken, dispatcher, raiseExceptions: true });
  cities.push((await mixcloud.get('bob')).city);
  const mp3 = new Uint8Array(100_000);
  mp3.set([0x49, 0x44, 0x33]);
  const { result } = await mixcloud.upload(mp3, 'Mix ' + Math.random());
  if (!result.success) throw new Error('not uploaded');
  await mixcloud.close();
  await dispatcher.close();
}
const mock = new MockAgent();
mock.disableNetConnect();
mock.get('http://127.0.0.1:2').intercept({ path: '/bob/?metadata=1' }).reply(200, { key: '/bob/', type: 'user', city: 'Paris' });
cities.push((await new Mixcloud({ apiRoot: 'http://127.0.0.1:2', dispatcher: mock }).get('bob')).city);
await mock.close();
if (String(cities) !== 'London,London,Paris') throw new Error(String(cities));
console.log(${JSON.stringify(EXPECTED)});
`;

/** What looks up \`main\` and folders, and not \`exports\`. */
const WITHOUT_EXPORTS: Row = {
  name: 'without-exports',
  title: 'eslint-plugin-import’s resolver, which ignores `exports`',
  packages: ['eslint-import-resolver-node'],
  version: (project) => project.versionOf('eslint-import-resolver-node'),
  async: (project) => checkResolved(project, 'mixcloud-client'),
  sync: (project) => checkResolved(project, 'mixcloud-client/sync'),
};

async function checkResolved(project: Project, entry: string): Promise<string> {
  const program = `
    const { resolve } = require('eslint-import-resolver-node');
    const { found, path } = resolve('${entry}', __filename, {});
    if (!found) throw new Error('not found');
    if (Object.keys(require(path)).length < 4) throw new Error('empty');
    console.log(${JSON.stringify(EXPECTED)});`;
  await project.write('resolve.cjs', program);
  return project.expectLine(project.node, ['resolve.cjs']);
}

export const UNUSUAL_ROWS: readonly Row[] = [
  ...Object.keys(PERMISSION_FLAGS).map(permissionRow),
  EXECUTABLE,
  WITHOUT_EXPORTS,
  ...['22', '24', '26'].map(undiciRow),
];
