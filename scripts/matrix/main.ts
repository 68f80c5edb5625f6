/**
 * Runs both clients wherever Node.js programs run. Each environment is a project in a temporary folder, with the package
 * installed from its tarball, and the few lines that a user writes.
 *
 * `npm run test:matrix` runs all rows; `npm run test:matrix -- jest vite` runs the rows whose name contains one of the words.
 * Both write the results into the tables of docs/environments.md and the README. The tools are installed from the npm registry. Linux on x64 only, as the
 * Node.js binaries are. `MATRIX_TARBALL` names another tarball of the package, and `MATRIX_KEEP=1` keeps the projects.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type WorldHandle } from '../../test/emulator/start.ts';
import { pack } from '../../test/package/support/pack.ts';
import { fetchNode } from './node.ts';
import { Project } from './project.ts';
import type { Cell, Check, Row, RowResult } from './row.ts';
import { GROUPS, ROWS } from './rows/index.ts';
import { toLine, toTable, updateTables } from './table.ts';

const KEEP = process.env.MATRIX_KEEP !== undefined;

async function runCheck(project: Project, title: string, check: Check): Promise<Cell> {
  const start = performance.now();
  const cell = await check(project).then(
    (text): Cell => ({ passed: true, text }),
    (error: unknown): Cell => ({ passed: false, text: error instanceof Error ? error.message : String(error) }),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${cell.passed ? 'ok  ' : 'FAIL'} ${title}: ${cell.passed ? cell.text : ''} (${seconds} s)`);
  if (!cell.passed) console.log(cell.text.trim().slice(0, 4000).replaceAll(/^/gm, '       '));
  return cell;
}

async function runRow(row: Row, tarball: string, world: WorldHandle, proxy: string): Promise<RowResult> {
  console.log(row.title);
  let project: Project | undefined;
  try {
    project = await Project.create(row, { node: await fetchNode(row.node ?? '24'), tarball, world, proxy });
    await row.prepare?.(project);
    const version = await row.version(project);
    const async = await runCheck(project, 'async', row.async);
    return { row, version, async, sync: await runCheck(project, 'sync', row.sync) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.log(`  FAIL to install: ${text}`);
    return { row, version: '', async: { passed: false, text }, sync: { passed: false, text } };
  } finally {
    if (KEEP) console.log(`  kept ${project?.folder}`);
    else await project?.remove();
  }
}

const words = process.argv.slice(2);
const rows = ROWS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (rows.length === 0) throw new Error(`No row is called so. The rows: ${ROWS.map(({ name }) => name).join(', ')}`);

const packed = await mkdtemp(join(tmpdir(), 'mixcloud-client-packed-'));
const emulator = await startEmulator();
const results: RowResult[] = [];
try {
  const tarball = process.env.MATRIX_TARBALL ?? join(packed, (await pack(packed)).filename);
  const { origin: proxy } = await emulator.startProxy();
  for (const row of rows) {
    const world = await emulator.world();
    results.push(await runRow(row, tarball, world, proxy));
    await world.close();
  }
} finally {
  await rm(packed, { recursive: true, force: true });
  await emulator.stop();
}
const date = new Date().toISOString().slice(0, 10);
const lines = results.map((result) => toLine(result, date));
console.log(`\n${toTable(lines)}`);
const failed = results.filter(({ async, sync }) => !async.passed || !sync.passed);
console.log(failed.length === 0 ? '\nEverything works.' : `\nFailed: ${failed.map(({ row }) => row.name).join(', ')}`);
await updateTables(
  lines,
  GROUPS.map((group) => group.map(({ title }) => title)),
);
process.exitCode = failed.length === 0 ? 0 : 1;
