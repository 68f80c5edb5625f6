/** Finds the worker's file: beside this one, or, from a bundle, in the installed package. */
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getBuiltin } from '../../shared/base/builtin.ts';
import { VERSION } from '../../shared/base/version.ts';

/** Returns the path of the worker's file, or `undefined` if there is none that has all that it requires. */
export function findWorkerFile(): string | undefined {
  const installed = getPrograms().map((program) => () => findInstalled(program));
  for (const find of [findBeside, findByResolving, ...installed]) {
    const path = attempt(find);
    if (isComplete(path)) return path;
  }
  return undefined;
}

function isComplete(path: string | undefined): boolean {
  if (path === undefined || !getBuiltin('node:fs').existsSync(path)) return false;
  const require = nodeModule.createRequire(path);
  return attempt(() => ['synckit', ...findParts(path)].map((name) => require.resolve(name))) !== undefined;
}

/** The files of the package that the worker requires. A bundler that copies the worker as an asset leaves them behind. */
function findParts(path: string): string[] {
  const parts = getBuiltin('node:fs')
    .readFileSync(path, 'utf8')
    .matchAll(/\brequire\((['"])(\.\/[^'"]+)\1\)/g);
  return Array.from(parts, ([, , part = '']) => part);
}

// The build turns `import.meta.url` and `import.meta.resolve` into what CommonJS has in their place. Tracers, which copy
// the files that a program needs, follow the literal paths: the second one leads them to the worker's dependencies too.

function findBeside(): string {
  return fileURLToPath(new URL('./mixcloud-client-worker.cjs', import.meta.url));
}

function findByResolving(): string {
  const found = import.meta.resolve('./mixcloud-client-worker.cjs');
  return found.startsWith('file:') ? fileURLToPath(found) : found;
}

/** The worker of the package that a file would import, if it is of this version: others speak otherwise. */
function findInstalled(from: string): string | undefined {
  const manifest = nodeModule.createRequire(from).resolve('mixcloud-client/package.json');
  const { version } = JSON.parse(getBuiltin('node:fs').readFileSync(manifest, 'utf8')) as {
    readonly version?: unknown;
  };
  return version === VERSION ? join(dirname(manifest), 'dist', 'mixcloud-client-worker.cjs') : undefined;
}

/** The files that the package may be installed for: this one, which may be a bundle, and the program that was started. */
function getPrograms(): string[] {
  const programs = [attempt(() => fileURLToPath(import.meta.url)), process.argv[1]];
  return programs.filter((program) => program !== undefined);
}

/** The result of a function, or `undefined` if it throws. */
function attempt<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
