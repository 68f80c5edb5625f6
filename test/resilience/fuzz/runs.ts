/** How many inputs are tried, and which. */
import { MAKINGS } from './makings.ts';
import { METHODS } from './methods.ts';

/** Inputs for each method in an ordinary test run, always the same ones. */
const SHORT = 50;
const SEED = 20_260_601;

/** Inputs for each method that the long run, `npm run test:fuzz`, tries; see its script. */
export const LONG = 2000;

const { FUZZ_RUNS, FUZZ_SEED } = process.env;

export const RUNS = FUZZ_RUNS === undefined ? SHORT : Number(FUZZ_RUNS);

// A long run is to find what no run has found before.
export const RUN_SEED = FUZZ_SEED !== undefined ? Number(FUZZ_SEED) : RUNS === SHORT ? SEED : Date.now() % 2 ** 31;

export const FUZZED = METHODS.length + MAKINGS.length;
export const INPUTS_TRIED = { short: FUZZED * SHORT, long: FUZZED * LONG };
