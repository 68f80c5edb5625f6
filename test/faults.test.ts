import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULTS } from '../scripts/mutate/faults.ts';

it.each(FAULTS)('the code that can be given the fault "$name" is there once', ({ file, find, test }) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  expect(source.split(find)).toHaveLength(2);
  expect(() => readFileSync(new URL(`../${test}`, import.meta.url))).not.toThrow();
});
