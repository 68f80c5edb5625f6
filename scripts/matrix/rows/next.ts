/** Next.js: built and started, as it is and as its standalone output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NEXT_EXTERNAL, NEXT_INCLUDES } from '../configuration.ts';
import { EXPECTED, imports, type Mode, main } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';

const LAYOUT = `
export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`;

function handler(mode: Mode): string {
  return `${imports(mode, 'esm')}${main(mode)}
export const dynamic = 'force-dynamic';

export async function GET() {
  return new Response(await main(JSON.parse(process.env.WORLD)));
}
`;
}

async function build(project: Project, config: string): Promise<void> {
  await project.write('next.config.mjs', `export default ${config};`);
  await project.write('app/layout.jsx', LAYOUT);
  await project.write('app/page.jsx', 'export default function Page() { return <p>A page</p>; }');
  await project.write('app/async/route.js', handler('async'));
  await project.write('app/sync/route.js', handler('sync'));
  await project.succeed('next', ['build'], { timeout: 400_000 });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts a server, asks one of its routes, and ends it. */
async function ask(project: Project, args: readonly string[], cwd: string, mode: Mode): Promise<void> {
  const port = String(await freePort());
  const env = { ...process.env, ...project.env, PORT: port, HOSTNAME: '127.0.0.1', NODE_ENV: 'production' } as const;
  const server = spawn(project.node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (log += text));
  const ended = once(server, 'exit');
  try {
    for (let tries = 0; ; tries += 1) {
      const text = await fetch(`http://127.0.0.1:${port}/${mode}`).then(
        (response) => response.text(),
        () => undefined,
      );
      if (text === EXPECTED) return;
      if (text !== undefined || tries > 120) throw new Error(`${text?.slice(0, 500)}\n${log}`);
      await delay(250);
    }
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

const NEXT = join('node_modules', 'next', 'dist', 'bin', 'next');

function startCheck(mode: Mode) {
  return async (project: Project): Promise<string> => {
    await ask(project, [NEXT, 'start', '--hostname', '127.0.0.1'], project.folder, mode);
    return mode === 'async' ? 'bundled' : 'external';
  };
}

function standaloneCheck(mode: Mode) {
  return async (project: Project): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'mixcloud-client-standalone-'));
    try {
      await cp(join(project.folder, '.next/standalone'), folder, { recursive: true, verbatimSymlinks: true });
      await ask(project, ['server.js'], folder, mode);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return mode === 'async' ? 'bundled' : 'external';
  };
}

const PACKAGES = ['next', 'react', 'react-dom'];
const version = (project: Project) => project.versionOf('next');
// The root is named since there may be other lock files above the project.
const BASE = 'outputFileTracingRoot: import.meta.dirname, turbopack: { root: import.meta.dirname }';

export const NEXT_ROWS: readonly Row[] = [
  {
    name: 'next',
    title: 'Next.js, `next build`, `next start`',
    packages: PACKAGES,
    version,
    prepare: (project) => build(project, `{ ${BASE}, ${NEXT_EXTERNAL} }`),
    async: startCheck('async'),
    sync: startCheck('sync'),
  },
  {
    name: 'next-standalone',
    title: 'Next.js, standalone output',
    packages: PACKAGES,
    version,
    prepare: (project) => build(project, `{ ${BASE}, output: 'standalone', ${NEXT_EXTERNAL}, ${NEXT_INCLUDES} }`),
    async: standaloneCheck('async'),
    sync: standaloneCheck('sync'),
  },
  {
    name: 'next-unconfigured',
    title: 'Next.js without the line of configuration',
    packages: PACKAGES,
    version,
    prepare: (project) => build(project, `{ ${BASE} }`),
    async: startCheck('async'),
    async sync(project) {
      await startCheck('sync')(project);
      return 'found in node_modules';
    },
  },
];
