import type { Row } from '../row.ts';
import { BUNDLER_ROWS } from './bundlers.ts';
import { LOADER_ROWS } from './loaders.ts';
import { NEXT_ROWS } from './next.ts';
import { NODE_ROWS } from './node.ts';
import { RUNNER_ROWS } from './runners.ts';
import { RUNTIME_ROWS } from './runtimes.ts';
import { UNUSUAL_ROWS } from './unusual.ts';

/** All environments, in the order of the table. Those of one group stand together in the README. */
export const GROUPS: readonly (readonly Row[])[] = [
  NODE_ROWS,
  UNUSUAL_ROWS,
  RUNTIME_ROWS,
  RUNNER_ROWS,
  LOADER_ROWS,
  [...BUNDLER_ROWS, ...NEXT_ROWS],
];

export const ROWS: readonly Row[] = GROUPS.flat();
