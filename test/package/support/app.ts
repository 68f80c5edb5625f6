import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import { type Packed, PROJECT, pack } from './pack.ts';
import { succeed } from './run.ts';

// A path that has a space and letters beyond ASCII.
const FOLDER = 'An app – εφαρμογή';

// Milliseconds.
const INSTALL_TIMEOUT = 25_000;

const CONSUMERS = fileURLToPath(new URL('../consumers', import.meta.url));

/** The package as its users have it: packed, and installed by npm in a folder outside this project. */
export interface App {
  /** Has a space and letters beyond ASCII in its path, and the programs of `consumers`. */
  readonly folder: string;
  readonly tarball: string;
  readonly packed: Packed;
  remove(): Promise<void>;
}

/** Where the package was packed and installed. */
interface Installed {
  readonly root: string;
  readonly packed: Packed;
}

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Packs the package and installs it, with further packages of this project if they are named. */
export async function installApp(...further: readonly string[]): Promise<App> {
  const installed = await installOnce();
  const root = await mkdtemp(join(tmpdir(), 'mixcloud-client-'));
  const folder = join(root, FOLDER);
  await cp(join(installed.root, FOLDER), folder, { recursive: true, verbatimSymlinks: true });
  for (const name of further) {
    const path = join('node_modules', name);
    await cp(join(PROJECT, path), join(folder, path), { recursive: true });
  }
  const tarball = join(installed.root, installed.packed.filename);
  return { folder, tarball, packed: installed.packed, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Packs and installs the package once for all test files, which run in several processes. */
async function installOnce(): Promise<Installed> {
  const root = inject('installed');
  const done = join(root, 'packed.json');
  try {
    await mkdir(join(root, FOLDER));
  } catch {
    // Another test file installs it, or has.
    const read = async () => JSON.parse(await readFile(done, 'utf8')) as Packed;
    return { root, packed: await vi.waitFor(read, { timeout: INSTALL_TIMEOUT, interval: 50 }) };
  }
  const packed = await pack(root);
  const folder = join(root, FOLDER);
  await cp(CONSUMERS, folder, { recursive: true });
  await writeManifests(folder, join(root, packed.filename));
  // By a lock file, npm needs nothing but tarballs, which it has from the installation of this project.
  await succeed('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  await writeFile(`${done}.new`, JSON.stringify(packed));
  await rename(`${done}.new`, done);
  return { root, packed };
}

async function writeManifests(folder: string, tarball: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as Record<string, object>;
  const { packages } = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8')) as Lock;
  const { name, version, dependencies, engines, bin } = manifest;
  const from = `file:${tarball}`;
  const all = { [String(name)]: from };
  const locked = Object.entries(packages).filter(([path, entry]) => path !== '' && entry.dev !== true);
  const app = { name: 'an-app', version: '1.0.0', private: true, dependencies: all };
  const lock = {
    name: app.name,
    version: app.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: app.name, version: app.version, dependencies: all },
      [`node_modules/${String(name)}`]: { version, resolved: from, dependencies, engines, bin },
      ...Object.fromEntries(locked),
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(app, null, 2));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock, null, 2));
}
