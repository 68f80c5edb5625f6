/** `npm run demo`: builds the package only if its sources are newer than `dist`, and says so before it does. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const SOURCES = ['src/', 'package.json', 'tsup.config.ts'];
const PROGRAMS = ['dist/index.js', 'dist/sync.cjs', 'dist/mixcloud-client-worker.cjs', 'dist/emulator.cjs'];

process.stdout.write('The demo of mixcloud-client: its main job in both forms, against an emulator of the API.\n');
if (!isFresh()) {
  process.stdout.write('Building the package first. This takes some ten seconds…\n');
  rmSync(new URL('dist', ROOT), { recursive: true, force: true });
  exitUnlessDone(run(['node_modules/tsup/dist/cli-default.js', '--no-dts', '--silent']));
}
exitUnlessDone(run(['--import', 'tsx', 'demo/main.ts', ...process.argv.slice(2)]));

function isFresh() {
  const built = PROGRAMS.map((path) => getTime(new URL(path, ROOT)));
  return Math.min(...built) > Math.max(...SOURCES.map((path) => getTime(new URL(path, ROOT))));
}

/** When a file or any file in a folder was last changed, or 0 if it is not there. */
function getTime(url) {
  const stats = statSync(url, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  const entries = readdirSync(url, { withFileTypes: true });
  return Math.max(
    0,
    ...entries.map((entry) => getTime(new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, url))),
  );
}

function run(args) {
  return spawnSync(process.execPath, args, { cwd: fileURLToPath(ROOT), stdio: 'inherit' });
}

function exitUnlessDone({ status }) {
  if (status !== 0) process.exit(status ?? 1);
}
