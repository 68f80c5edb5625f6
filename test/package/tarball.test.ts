import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, installApp } from './support/app.ts';
import { PROJECT } from './support/pack.ts';
import { findCommand, run, succeed } from './support/run.ts';

/** A part of what `npm ls --json` tells. */
interface Tree {
  readonly dependencies?: Readonly<Record<string, Tree & { readonly version?: string }>>;
}

function packagesOf(tree: Tree): string[] {
  return Object.entries(tree.dependencies ?? {}).flatMap(([name, entry]) => [
    `${name}@${entry.version}`,
    ...packagesOf(entry),
  ]);
}

describe('the tarball', () => {
  let app: App;
  beforeAll(async () => {
    app = await installApp();
  });
  afterAll(() => app.remove());

  it('gives the right types and formats to every kind of resolution, in the eyes of attw', async () => {
    const { code, stdout, stderr } = await run(process.execPath, [
      findCommand(PROJECT, '@arethetypeswrong/cli', 'attw'),
      app.tarball,
      '--format',
      'json',
      '--profile',
      'strict',
    ]);
    const { problems } = JSON.parse(stdout) as { readonly problems?: object };
    expect({ problems, stderr }).toEqual({ problems: {}, stderr: '' });
    expect(code).toBe(0);
  });

  it('is content to publint, in its strictest mode', async () => {
    const { code, stdout } = await run(process.execPath, [
      findCommand(PROJECT, 'publint', 'publint'),
      '--strict',
      app.tarball,
    ]);
    expect(stdout).toContain('All good!');
    expect(code).toBe(0);
  });

  it('holds what is used and nothing else', () => {
    const paths = app.packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json']));
    const others = paths.filter((path) => !/^(?:LICENSE|README\.md|CHANGELOG\.md|package\.json)$/.test(path));
    expect(
      others.filter((path) => !/^(?:dist\/[\w-]+(?:\.d)?\.c?[jt]s|(?:sync|testing)\/package\.json)$/.test(path)),
    ).toEqual([]);
  });

  it('has lines that Node.js can print when one of them throws', async () => {
    const programs = app.packed.files
      .map(({ path }) => path)
      .filter((path) => /^dist\/(?!.*emulator).*\.c?js$/.test(path));
    expect(programs.length).toBeGreaterThan(7);
    const long = programs.map(async (path) => {
      const lines = (await readFile(join(app.folder, 'node_modules', 'mixcloud-client', path), 'utf8')).split('\n');
      return lines.filter((line) => line.length > 240 && !/^(?:im|ex)port /.test(line));
    });
    expect((await Promise.all(long)).flat()).toEqual([]);
  });

  it('is small', () => {
    expect(app.packed.size).toBeLessThanOrEqual(204_800);
  });

  it('declares everything once', () => {
    const declared = app.packed.files.filter(({ path }) => /\.d\.c?ts$/.test(path));
    const [modules, commonJs] = [/\.d\.ts$/, /\.d\.cts$/].map((form) => declared.filter(({ path }) => form.test(path)));
    // Those of the ES modules only lead to the others.
    expect(modules?.map(({ size }) => size < 100)).toEqual([true, true, true]);
    const ofClients = commonJs?.filter(({ path }) => !path.includes('testing')) ?? [];
    expect(ofClients.length).toBeGreaterThan(2);
    expect(ofClients.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(110_000);
  });

  it('brings ten packages at most', async () => {
    const tree = JSON.parse(await succeed('npm', ['ls', '--omit=dev', '--all', '--json'], { cwd: app.folder })) as Tree;
    const packages = new Set(packagesOf(tree));
    expect([...packages].filter((one) => one.startsWith('mixcloud-client@'))).toHaveLength(1);
    expect(packages.size - 1).toBeLessThanOrEqual(10);
  });

  it('runs nothing when it is installed, nor does what it brings', async () => {
    const lock = await readFile(join(app.folder, 'node_modules', '.package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as { readonly packages: Record<string, { hasInstallScript?: boolean }> };
    for (const path of Object.keys(packages)) {
      const manifest = JSON.parse(await readFile(join(app.folder, path, 'package.json'), 'utf8')) as {
        readonly scripts?: Readonly<Record<string, string>>;
      };
      const run = Object.keys(manifest.scripts ?? {}).filter((name) => /^(?:pre|post)?install$/.test(name));
      expect({ path, run }).toEqual({ path, run: [] });
    }
    expect(Object.values(packages).filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
  });
});
