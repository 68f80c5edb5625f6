import type { Project } from './project.ts';

/** What a client did in an environment: the text for the table's cell. A failure is thrown. */
export type Check = (project: Project) => Promise<string>;

/** One environment: a project with the package installed, and the few lines that a user writes there. */
export interface Row {
  /** Name for the command line. */
  readonly name: string;
  /** Name in the table. */
  readonly title: string;
  /** Version of Node.js that runs it. @default '24' */
  readonly node?: string;
  /** Packages to install beside, as `name` or `name@range`. */
  readonly packages?: readonly string[];
  /** @default 'npm' */
  readonly installer?: 'npm' | 'pnpm' | 'yarn';
  /** Returns the version for the table. */
  version(project: Project): Promise<string>;
  /** Runs once before both checks: writes the configuration. */
  prepare?(project: Project): Promise<void>;
  readonly async: Check;
  readonly sync: Check;
}

/** What became of a row. */
export interface RowResult {
  readonly row: Row;
  readonly version: string;
  readonly async: Cell;
  readonly sync: Cell;
}

export interface Cell {
  readonly passed: boolean;
  /** Text for the table, or the failure. */
  readonly text: string;
}
