import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newWorld } from '../support/world.ts';
import { run, Script, scriptPath } from './run-script.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mixcloud-sync-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describe('a process with a blocking client', () => {
  it.each([
    ['that never calls close()', 'calls'],
    ['that makes no call', 'unused'],
    ['that calls process.exit() in the middle', 'exit'],
    ['with a page on its way', 'ahead'],
  ])('exits at once (one %s)', async (_what, how) => {
    const world = await newWorld();
    if (how === 'ahead') await world.fault({ name: 'hang', query: 'until=' });
    const script = new Script({ script: 'exits.mjs', args: [how], env: { WORLD: world.origin } });
    const { ms } = await script.reports<{ ms: number }>();
    // A pool that kept the process alive would do so for 4 s.
    expect(ms).toBeLessThan(2000);
    // The whole of it, with the start of Node.js and of the worker.
    expect((await script.ended).ms).toBeLessThan(10_000);
    expect((await script.ended).stderr).toBe('');
    expect((await world.requests()).map(({ url }) => url.split('?')[0])).not.toContain('/peter/');
  });

  it('loses nothing that it prints between calls', async () => {
    const world = await newWorld();
    const { stdout, stderr, code } = await new Script({ script: 'prints.mjs', env: { WORLD: world.origin } }).ended;
    expect(code).toBe(0);
    expect(stdout).toBe(Array.from({ length: 300 }, (_, count) => `line ${count} London\n`).join(''));
    expect(stderr).toBe(Array.from({ length: 300 }, (_, count) => `error ${count}\n`).join(''));
  });
});

describe('a blocking client works', () => {
  it.each(['basic.mjs', 'basic.cjs'])('in a script of either format (%s)', async (script) => {
    const world = await newWorld();
    expect(await run({ script, env: { WORLD: world.origin } })).toEqual({ city: 'London', hooks: [] });
  });

  it('from both formats in one process, with one worker and one set of error classes', async () => {
    const world = await newWorld();
    const reports = await run({ script: 'both-formats.mjs', env: { WORLD: world.origin } });
    expect(reports).toEqual({ cities: ['London', 'London'], workers: 1, error: 'MixcloudError', known: true });
  });

  it("in the caller's own worker threads", async () => {
    const world = await newWorld();
    const reports = await run({ script: 'in-worker.mjs', env: { WORLD: world.origin } });
    expect(reports).toEqual({ city: 'London', codes: [{ city: 'London' }, { city: 'London' }] });
  });

  it.each(['basic.mjs', 'basic.cjs'])('under hooks of NODE_OPTIONS, at a path with spaces (%s)', async (script) => {
    const directory = join(await temporary(), 'two hooks');
    await mkdir(directory);
    const [imported, required] = [join(directory, 'imported.mjs'), join(directory, 'required.cjs')];
    await writeFile(imported, "(globalThis.hooks ??= []).push('imported');\n");
    await writeFile(required, "(globalThis.hooks ??= []).push('required');\n");
    const NODE_OPTIONS = `--require "${required}" --import "${pathToFileURL(imported).href}"`;
    const world = await newWorld();
    const reports = await run({ script, env: { WORLD: world.origin, NODE_OPTIONS } });
    expect(reports).toEqual({ city: 'London', hooks: ['required', 'imported'] });
  });

  it.each(['--max-old-space-size=256', '--openssl-legacy-provider', '--title=mine', '--enable-source-maps'])(
    'under the flag %s in NODE_OPTIONS, without a word about it',
    async (NODE_OPTIONS) => {
      const world = await newWorld();
      const { code, stdout, stderr } = await new Script({
        script: 'basic.mjs',
        env: { WORLD: world.origin, NODE_OPTIONS },
      }).ended;
      expect([code, JSON.parse(stdout), stderr]).toEqual([0, { city: 'London', hooks: [] }, '']);
    },
  );

  it.each(['basic.mjs', 'basic.cjs'])(
    'from a path with spaces, signs and letters of other scripts (%s)',
    { timeout: 40_000 },
    async (script) => {
      const home = join(await temporary(), 'τα μιξ μου, 100%20 & #1 – ünïcødé');
      const home2 = join(home, 'node_modules', 'mixcloud-client');
      await mkdir(home2, { recursive: true });
      await cp(join(ROOT, 'dist'), join(home2, 'dist'), { recursive: true });
      await cp(join(ROOT, 'package.json'), join(home2, 'package.json'));
      const needed = [
        'synckit',
        '@pkgr/core',
        '@dual-bundle/import-meta-resolve',
        'luxon',
        'undici',
        'form-data-encoder',
      ];
      for (const name of needed) {
        await cp(join(ROOT, 'node_modules', name), join(home, 'node_modules', name), { recursive: true });
      }
      await cp(scriptPath(script), join(home, script));
      const world = await newWorld();
      const reports = await run({ script: join(home, script), env: { WORLD: world.origin } });
      expect(reports).toEqual({ city: 'London', hooks: [] });
    },
  );
});

describe('importing', () => {
  const quiet = { packages: [], env: [], workers: 0, resources: 0 };

  it.each(['import', 'require'])('mixcloud-client/sync loads no undici and starts nothing (%s)', async (way) => {
    const world = await newWorld();
    const reports = await run({
      script: 'imports.cjs',
      args: [way, 'mixcloud-client/sync'],
      env: { WORLD: world.origin },
    });
    // Not even when it calls: undici is the worker's.
    expect(reports).toEqual({ ...quiet, called: { city: 'London', packages: ['synckit'] } });
  });

  it.each(['import', 'require'])('mixcloud-client loads no undici and starts nothing (%s)', async (way) => {
    expect(await run({ script: 'imports.cjs', args: [way, 'mixcloud-client'] })).toEqual(quiet);
  });
});
