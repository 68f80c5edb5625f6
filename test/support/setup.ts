import fc from 'fast-check';

/**
 * The same inputs in every run, so that a red run is about the change that was made. `FAST_CHECK_SEED` gives others; what it
 * finds is a bug that was there before.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_123) });
