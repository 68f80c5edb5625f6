import { pathToFileURL } from 'node:url';
import { OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../../emulator/start.ts';
import { run, type Settled } from './run.ts';

/** A program of a consumer's: a file of `consumers`, and how it is run. */
export interface Program {
  readonly title: string;
  readonly file: string;
  /** Arguments in place of the world's addresses. */
  readonly args?: readonly string[];
  /** Builds `NODE_OPTIONS` from the folder of the app. */
  readonly nodeOptions?: (folder: string) => string;
}

const ENTRIES = ['mixcloud-client', 'mixcloud-client/sync'];
const preload = (folder: string) => `--require "${folder}/hook.cjs" --import ${pathToFileURL(`${folder}/hook.mjs`)}`;

/** The programs that run on every Node.js that is supported. Each says `ok` and nothing else, on any channel. */
export const PROGRAMS: readonly Program[] = [
  { title: 'an ES module uses the asynchronous client', file: 'esm.mjs' },
  { title: 'an ES module uses the blocking client', file: 'sync.mjs' },
  { title: 'a CommonJS script uses both clients', file: 'commonjs.cjs' },
  { title: 'an ES module mixes the entries and formats', file: 'mixed.mjs' },
  { title: 'a CommonJS script mixes the entries and formats', file: 'mixed.cjs' },
  { title: "a worker thread of the caller's uses both clients", file: 'thread.mjs' },
  { title: 'hooks of NODE_OPTIONS bother the asynchronous client as little', file: 'esm.mjs', nodeOptions: preload },
  { title: 'hooks of NODE_OPTIONS bother the blocking client as little', file: 'sync.mjs', nodeOptions: preload },
  ...['import', 'require'].flatMap((way) =>
    ENTRIES.map((entry) => ({
      title: `the ${way} of ${entry} does nothing but give its names`,
      file: 'quiet.cjs',
      args: [way, entry],
    })),
  ),
];

/** Runs a program in an app; warnings are told with their origin, and a deprecation is an error. */
export async function runProgram(
  node: string,
  folder: string,
  program: Program,
  world: WorldHandle,
): Promise<Settled & { readonly seconds: number }> {
  const { clientId, clientSecret } = OWNER_APP;
  const { apiRoot, oauthRoot } = world;
  const code = await world.code(clientId);
  const addresses = { apiRoot, oauthRoot, accessToken: OWNER_TOKEN, clientId, clientSecret, code };
  const start = performance.now();
  const args = ['--trace-warnings', '--throw-deprecation', program.file];
  const settled = await run(node, [...args, ...(program.args ?? [JSON.stringify(addresses)])], {
    cwd: folder,
    env: program.nodeOptions ? { NODE_OPTIONS: program.nodeOptions(folder) } : {},
    timeout: 30_000,
  });
  return { ...settled, seconds: (performance.now() - start) / 1000 };
}
