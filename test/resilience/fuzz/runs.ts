/** How many inputs are tried, and which. */
import { MAKINGS } from './makings.ts';
import { METHODS } from './methods.ts';

/** Inputs for each method in an ordinary test run, always the same ones. */
const SHORT = 50;
const SEED = 20_260_601;

/** Inputs for each method that `npm run test:fuzz` tries, unless FUZZ_RUNS says otherwise. */
const LONG = 1000;

const { FUZZ_RUNS, FUZZ_SEED, npm_lifecycle_event: script } = process.env;

export const RUNS = FUZZ_RUNS === undefined ? (script === 'test:fuzz' ? LONG : SHORT) : Number(FUZZ_RUNS);

// A long run is to find what no run has found before.
export const RUN_SEED = FUZZ_SEED !== undefined ? Number(FUZZ_SEED) : RUNS === SHORT ? SEED : Date.now() % 2 ** 31;

export const FUZZED = METHODS.length + MAKINGS.length;
export const INPUTS_TRIED = { short: FUZZED * SHORT, long: FUZZED * LONG };
