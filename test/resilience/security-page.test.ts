import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

const path = fileURLToPath(new URL('../../SECURITY.md', import.meta.url));

it('SECURITY.md names every value of NODE_DEBUG with which undici prints URLs', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('undici/lib/core/diagnostics.js'), 'utf8');
  const names = [...source.matchAll(/debuglog\('(\w+)'\)/g)].map(([, name]) => name);
  expect(names).toContain('undici');
  const page = readFileSync(path, 'utf8');
  // The package opens no web sockets.
  for (const name of names.filter((one) => one !== 'websocket')) expect(page).toContain(`NODE_DEBUG=${name}`);
});

// `npm run security-counts` writes them.
it('SECURITY.md has the counts of the tests', async () => {
  let page = readFileSync(path, 'utf8');
  for (const [what, count] of Object.entries(COUNTS)) {
    const cells = new RegExp(`^(\\| ${what}[^|]*\\| )([\\d ]+)(?= \\|)`, 'm');
    expect(page).toMatch(cells);
    page = page.replace(cells, (_, before, old) => before + String(count).padEnd(old.length));
  }
  await expect(page).toMatchFileSnapshot(path);
});
