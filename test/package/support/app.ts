import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { succeed } from './run.ts';

export const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

const CONSUMERS = fileURLToPath(new URL('../consumers', import.meta.url));

/** What `npm pack --json` tells of a tarball. */
export interface Packed {
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** The package as its users have it: packed, and installed by npm in a folder outside this project. */
export interface App {
  /** Has a space and letters beyond ASCII in its path, and the programs of `consumers`. */
  readonly folder: string;
  readonly tarball: string;
  readonly packed: Packed;
  remove(): Promise<void>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Packs the package, without building it, into a folder. */
export async function pack(folder: string): Promise<Packed> {
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', `--pack-destination=${folder}`];
  // npm 12 gives an object by package name, earlier ones a list.
  const [packed] = Object.values(JSON.parse(await succeed('npm', args, { cwd: PROJECT })) as Record<string, Packed>);
  if (!packed) throw new Error('npm pack told nothing');
  return packed;
}

/** Packs the package and installs it, with further packages of this project's lock file if they are named. */
export async function installApp(...further: readonly string[]): Promise<App> {
  const root = await mkdtemp(join(tmpdir(), 'mixcloud-client-'));
  const packed = await pack(root);
  const tarball = join(root, packed.filename);
  const folder = join(root, 'An app – εφαρμογή');
  await mkdir(folder);
  await cp(CONSUMERS, folder, { recursive: true });
  await writeManifests(folder, tarball, further);
  // By a lock file, npm needs nothing but tarballs, which it has from the installation of this project.
  await succeed('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  return { folder, tarball, packed, remove: () => rm(root, { recursive: true, force: true }) };
}

async function writeManifests(folder: string, tarball: string, further: readonly string[]): Promise<void> {
  const manifest = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as Record<string, object>;
  const { packages } = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8')) as Lock;
  const { name, version, dependencies, engines, bin } = manifest;
  const from = `file:${tarball}`;
  const all: Record<string, string> = { [String(name)]: from };
  const locked: Record<string, unknown> = {};
  for (const [path, entry] of Object.entries(packages)) {
    const wanted = further.some((one) => path === `node_modules/${one}`);
    if (wanted) all[path.replace('node_modules/', '')] = String(entry.version);
    if (path !== '' && (wanted || entry.dev !== true)) locked[path] = { ...entry, dev: undefined };
  }
  const app = { name: 'an-app', version: '1.0.0', private: true, dependencies: all };
  const lock = {
    name: app.name,
    version: app.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: app.name, version: app.version, dependencies: all },
      [`node_modules/${String(name)}`]: { version, resolved: from, dependencies, engines, bin },
      ...locked,
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(app, null, 2));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock, null, 2));
}
