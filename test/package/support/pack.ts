import { fileURLToPath } from 'node:url';
import { succeed } from './run.ts';

/** The folder of this project. */
export const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** What `npm pack --json` tells of a tarball. */
export interface Packed {
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs the package, without building it, into a folder. */
export async function pack(folder: string): Promise<Packed> {
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', `--pack-destination=${folder}`];
  // npm 12 gives an object by package name, earlier ones a list.
  const [packed] = Object.values(JSON.parse(await succeed('npm', args, { cwd: PROJECT })) as Record<string, Packed>);
  if (!packed) throw new Error('npm pack told nothing');
  return packed;
}
