import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FUZZED, INPUTS_TRIED } from './fuzz/runs.ts';
import { LOAD_CALLS } from './load-calls.ts';
import { FAULTS_TRIED } from './matrix/index.ts';

const page = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');

it.each([
  ['faults of servers', FAULTS_TRIED],
  ['public methods and constructors', FUZZED],
  ['inputs in each mode, always the same', INPUTS_TRIED.short],
  ['inputs in each mode, others each time', INPUTS_TRIED.long],
  ['mixed calls at 50 at once', LOAD_CALLS.async],
  ['the same, blocking', LOAD_CALLS.sync],
])('SECURITY.md has the count of the tests: %s', (what, count) => {
  const [, cells] = new RegExp(`^\\| ${what}[^|]*\\| ([\\d ]+) \\|`, 'm').exec(page) ?? [];
  expect(cells?.replaceAll(' ', '')).toBe(String(count));
});
