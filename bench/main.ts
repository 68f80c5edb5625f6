/**
 * `npm run bench`: this package against bare undici, sync-fetch, make-synchronous and curl, taken in turn within one run
 * against a server on loopback in another process.
 *
 * `-- --quick` does less of everything, `--json` prints for machines, `--check` fails if a target is missed,
 * `--write` puts the table into docs/speed.md.
 */
import { parseArgs } from 'node:util';
import { writePage } from './page.ts';
import { json, printed } from './report.ts';
import { FULL, measure, QUICK } from './results.ts';
import { checkTargets } from './targets.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    check: { type: 'boolean' },
    write: { type: 'boolean' },
  },
});

const results = await measure(values.quick ? QUICK : FULL, (step) => process.stderr.write(`${step} …\n`));
const targets = checkTargets(results);
console.log(values.json ? json(results, targets) : printed(results, targets));
if (values.write) writePage(targets);
if (values.check && targets.some(({ met }) => met === false)) process.exitCode = 1;
