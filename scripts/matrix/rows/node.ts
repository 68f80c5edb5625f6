/** Node.js itself: its versions, its permission model, single executables, and dispatchers of a later undici. */
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PROGRAMS, runProgram } from '../../../test/package/support/programs.ts';
import { NODE_VERSIONS } from '../node.ts';
import { type Mode, script } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';

const CONSUMERS = fileURLToPath(new URL('../../../test/package/consumers', import.meta.url));

/** The user's lines as both formats, and the programs of the package tests for one client. */
function check(mode: Mode) {
  return async (project: Project): Promise<string> => {
    for (const format of ['esm', 'cjs'] as const) {
      const file = `${mode}.${format === 'esm' ? 'mjs' : 'cjs'}`;
      await project.write(file, script(mode, format));
      await project.expectLine(project.node, ['--trace-warnings', '--throw-deprecation', file]);
    }
    if (mode === 'async') return 'yes';
    await cp(CONSUMERS, `${project.folder}/consumers`, { recursive: true });
    for (const program of PROGRAMS) {
      const outcome = await runProgram(project.node, `${project.folder}/consumers`, program, project.world);
      const { code, stdout, stderr } = outcome;
      if (code !== 0 || stdout !== 'ok\n' || stderr !== '') {
        throw new Error(`${program.title}: ended with ${code}\n${stdout}${stderr}`);
      }
    }
    return 'yes';
  };
}

const versions = NODE_VERSIONS.map(
  (node): Row => ({
    name: `node-${node}`,
    title: `Node.js ${node}`,
    node,
    version: (project) => project.nodeVersion(),
    async: check('async'),
    sync: check('sync'),
  }),
);

export const NODE_ROWS: readonly Row[] = versions;
