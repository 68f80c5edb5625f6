/** Mutants that change nothing that can be seen. */
import type { Mutant } from './mutants.ts';

interface Equivalent {
  readonly file: string;
  /** The change, as it is printed. */
  readonly change: string;
  readonly reason: string;
}

const EQUIVALENT: readonly Equivalent[] = [];

/** Whether a mutant is listed. One whose code has changed since is not. */
export function isEquivalent({ file, change }: Mutant): boolean {
  return EQUIVALENT.some((known) => known.file === file && known.change === change);
}
