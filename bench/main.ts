/**
 * `npm run bench`: this package against bare undici, `fetch`, got, sync-fetch, make-synchronous and curl, taken in turn
 * within one run against servers in other processes: one on loopback, and one with TLS that responds after 20 ms.
 *
 * `-- --quick` does less of everything, `--only NAME` measures one part, `--json` prints for machines, `--check` fails if a
 * target is missed, `--write` puts the table into docs/speed.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TRUST } from './trust.ts';

// Trust in a certificate is read when a process starts, so the run is a process of its own. It has the loader of this one.
const path = fileURLToPath(new URL('run.ts', import.meta.url));
const child = spawn(process.execPath, [...process.execArgv, path, ...process.argv.slice(2)], {
  env: { ...process.env, ...TRUST },
  stdio: 'inherit',
});
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
