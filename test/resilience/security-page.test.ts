import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FUZZED, INPUTS_TRIED } from './fuzz/runs.ts';
import { LOAD_CALLS } from './load-calls.ts';
import { FAULTS_TRIED } from './matrix/index.ts';

const COUNTS = {
  'faults of servers': FAULTS_TRIED,
  'public methods and constructors': FUZZED,
  'inputs in each mode, always the same': INPUTS_TRIED.short,
  'inputs in each mode, others each time': INPUTS_TRIED.long,
  'mixed calls at 50 at once': LOAD_CALLS.async,
  'the same, blocking': LOAD_CALLS.sync,
};

// `npm run security-counts` writes them.
it('SECURITY.md has the counts of the tests', async () => {
  const path = fileURLToPath(new URL('../../SECURITY.md', import.meta.url));
  let page = readFileSync(path, 'utf8');
  for (const [what, count] of Object.entries(COUNTS)) {
    const cells = new RegExp(`^(\\| ${what}[^|]*\\| )([\\d ]+)(?= \\|)`, 'm');
    expect(page).toMatch(cells);
    page = page.replace(cells, (_, before, old) => before + String(count).padEnd(old.length));
  }
  await expect(page).toMatchFileSnapshot(path);
});
