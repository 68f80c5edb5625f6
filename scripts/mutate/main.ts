/**
 * Puts small faults into the code, one at a time, and runs the tests that should notice. What no test notices is printed.
 *
 * `npm run mutate` makes every mutant of the folders in `targets.ts`. `-- --sample 40 --seed 1` tries some of them, and
 * `-- --file retries` those of files whose path contains the word. `-- --faults` puts back the faults of `faults.ts`,
 * each of which has a test of its own that must fail. `--parallel 1` uses one processor in place of two.
 *
 * Stryker is not used: its current version needs Node.js 22, and it mutates what a test process imports itself, not the worker
 * thread nor the built package, in which most of the code mutated here runs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isEquivalent } from './equivalent.ts';
import { FAULTS } from './faults.ts';
import { findMutants, type Mutant } from './mutants.ts';
import { ROOT, Sandbox, type TestRun } from './sandbox.ts';
import { FOLDERS, testsOf } from './targets.ts';

// Seconds for the tests of one mutant. One that never ends counts as noticed.
const UNIT_LIMIT = 20;
const BUILT_LIMIT = 180;

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string', default: '' },
    parallel: { type: 'string', default: '2' },
    faults: { type: 'boolean', default: false },
  },
});

/** What became of one mutant. */
interface Outcome {
  readonly title: string;
  /** Tests that failed, or another reason why it was noticed. */
  readonly noticedBy: string | undefined;
}

/** Numbers from 0 to 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const random = createRandom(seed);
  const keyed = items.map((item) => ({ item, key: random() })).sort((one, other) => one.key - other.key);
  return keyed.slice(0, count).map(({ item }) => item);
}

function readSource(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function findAllMutants(): Mutant[] {
  const files = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`));
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return sources.flatMap((file) => findMutants(file, readSource(file)));
}

function noticed({ failed, timedOut, tests }: TestRun): string | undefined {
  if (!failed) return undefined;
  return timedOut ? 'tests that did not end' : (tests[0] ?? 'a test file that could not be loaded');
}

async function tryMutant(sandbox: Sandbox, mutant: Mutant): Promise<Outcome> {
  const { file, line, change, start, end, replacement } = mutant;
  const title = `${file}:${line}  ${change}`;
  const text = await sandbox.read(file);
  const { unit, built } = testsOf(file);
  return sandbox.withText(file, text.slice(0, start) + replacement + text.slice(end), async () => {
    if (unit.length > 0) {
      const run = await sandbox.test({ files: unit, built: false, limit: UNIT_LIMIT });
      if (run.failed) return { title, noticedBy: noticed(run) };
    }
    if (built.length === 0) return { title, noticedBy: undefined };
    if (!(await sandbox.build())) return { title, noticedBy: 'the build' };
    return { title, noticedBy: noticed(await sandbox.test({ files: built, built: true, limit: BUILT_LIMIT })) };
  });
}

async function tryFault(sandbox: Sandbox, fault: (typeof FAULTS)[number]): Promise<Outcome> {
  const { name, file, find, replace, test, title } = fault;
  const text = await sandbox.read(file);
  // The list has to be brought up to date.
  if (text.split(find).length !== 2)
    return { title: `${name} (${file} does not have once: ${find})`, noticedBy: undefined };
  // Unit tests import the file itself.
  const built = !test.startsWith('test/unit/');
  return sandbox.withText(
    file,
    text.replace(find, () => replace),
    async () => {
      if (built && !(await sandbox.build())) return { title: name, noticedBy: 'the build' };
      const run = await sandbox.test({ files: [test], name: title, built, limit: BUILT_LIMIT });
      return { title: `${name} (${test}: ${title})`, noticedBy: noticed(run) };
    },
  );
}

/** Checks that the tests pass without a fault: otherwise everything would seem to be noticed. */
async function checkBaseline(sandboxes: readonly Sandbox[], files: readonly string[]): Promise<void> {
  const tests = files.map(testsOf);
  const pending = [
    { files: [...new Set(tests.flatMap(({ unit }) => unit))], built: false, limit: 300 },
    ...[...new Set(tests.flatMap(({ built }) => built))].map((file) => ({ files: [file], built: true, limit: 300 })),
  ].values();
  await Promise.all(
    sandboxes.map(async (sandbox) => {
      if (!(await sandbox.build())) throw new Error('the package cannot be built');
      for (const selection of pending) {
        if (selection.files.length === 0) continue;
        const run = await sandbox.test(selection);
        if (run.failed) throw new Error(`tests fail without a fault: ${run.tests.join(', ')}\n${run.output}`);
      }
    }),
  );
}

/** Tries all of them, each worker in a copy of the project of its own. */
async function tryAll<T>(
  items: readonly T[],
  prepare: (sandboxes: readonly Sandbox[]) => Promise<void>,
  attempt: (sandbox: Sandbox, item: T) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const pending = items.values();
  const sandboxes = await Promise.all(Array.from({ length: Number(options.parallel) }, () => Sandbox.create()));
  const remove = () => Promise.all(sandboxes.map((sandbox) => sandbox.remove()));
  process.once('SIGINT', () => void remove().then(() => process.exit(130)));
  try {
    await prepare(sandboxes);
    await Promise.all(
      sandboxes.map(async (sandbox) => {
        for (const item of pending) {
          const began = performance.now();
          const outcome = await attempt(sandbox, item);
          outcomes.push(outcome);
          const seconds = ((performance.now() - began) / 1000).toFixed(1);
          const mark = outcome.noticedBy === undefined ? 'MISSED ' : 'noticed';
          console.log(
            `${mark} ${seconds.padStart(5)} s  ${outcome.title}${outcome.noticedBy ? `  [${outcome.noticedBy}]` : ''}`,
          );
        }
      }),
    );
  } finally {
    await remove();
  }
  return outcomes;
}

const startedAt = performance.now();
let outcomes: Outcome[];
let equivalent = 0;
if (options.faults) {
  const faults = FAULTS.filter(({ file, name }) => `${file} ${name}`.includes(options.file));
  outcomes = await tryAll(faults, async () => {}, tryFault);
} else {
  const all = findAllMutants().filter(({ file }) => file.includes(options.file));
  const real = all.filter((mutant) => !isEquivalent(mutant));
  equivalent = all.length - real.length;
  const mutants = options.sample ? sample(real, Number(options.sample), Number(options.seed)) : real;
  const files = mutants.map(({ file }) => file);
  const missing = files
    .flatMap((file) => Object.values(testsOf(file)).flat())
    .filter((test) => !existsSync(join(ROOT, test)));
  if (missing.length > 0) throw new Error(`targets.ts names tests that do not exist: ${missing.join(', ')}`);
  outcomes = await tryAll(mutants, (sandboxes) => checkBaseline(sandboxes, files), tryMutant);
}
const missed = outcomes.filter(({ noticedBy }) => noticedBy === undefined);
const score = (100 * (outcomes.length - missed.length)) / Math.max(outcomes.length, 1);
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
const left = equivalent > 0 ? `; ${equivalent} more change nothing (equivalent.ts)` : '';
console.log(
  `\n${outcomes.length - missed.length} of ${outcomes.length} noticed: ${score.toFixed(1)} %, in ${minutes} min${left}`,
);
if (missed.length > 0) console.log(`\nNot noticed:\n${missed.map(({ title }) => `  ${title}`).join('\n')}`);
process.exitCode = missed.length > 0 ? 1 : 0;
