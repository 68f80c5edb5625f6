/** Runtimes other than Node.js. */
import { type Mode, script } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';

function check(mode: Mode, command: string, args: readonly string[]) {
  return async (project: Project): Promise<string> => {
    for (const format of ['esm', 'cjs'] as const) {
      const file = `${mode}.${format === 'esm' ? 'mjs' : 'cjs'}`;
      await project.write(file, script(mode, format));
      await project.expectLine(command, [...args, file]);
    }
    return 'yes';
  };
}

export const RUNTIME_ROWS: readonly Row[] = [
  {
    name: 'bun',
    title: 'Bun',
    packages: ['bun'],
    version: (project) => project.versionOf('bun'),
    async: check('async', 'bun', ['run']),
    sync: check('sync', 'bun', ['run']),
  },
  {
    name: 'deno',
    title: 'Deno',
    packages: ['deno'],
    version: (project) => project.versionOf('deno'),
    async: check('async', 'deno', ['run', '--allow-all']),
    sync: check('sync', 'deno', ['run', '--allow-all']),
  },
];
