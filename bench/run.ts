/** One run of the benchmark, in a process that trusts the certificate of the server with TLS. */
import { parseArgs } from 'node:util';
import { writePage } from './page.ts';
import { json, printed } from './report.ts';
import { FULL, measure, PART_NAMES, type PartName, QUICK } from './results.ts';
import { checkTargets } from './targets.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    json: { type: 'boolean' },
    check: { type: 'boolean' },
    write: { type: 'boolean' },
  },
});
if (values.write && values.only !== undefined) throw new Error('--write needs all parts, so it goes without --only');

const results = await measure(toParts(values.only), values.quick ? QUICK : FULL, (step) => {
  process.stderr.write(`${step} …\n`);
});
const targets = checkTargets(results);
console.log(values.json ? json(results, targets) : printed(results, targets));
if (values.write) writePage(targets);
if (values.check && targets.some(({ met }) => met === false)) process.exitCode = 1;

function toParts(only: string | undefined): readonly PartName[] {
  if (only === undefined) return PART_NAMES;
  const name = PART_NAMES.find((part) => part === only);
  if (name === undefined) throw new Error(`--only needs one of ${PART_NAMES.join(', ')}`);
  return [name];
}
