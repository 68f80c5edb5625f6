import { defineConfig, type Options } from 'tsup';
import base from '../../tsup.config.ts';

const [entries, , , worker] = base as [Options, Options, Options, Options];

/** Builds what the contract tests load of the files that are mutated: both clients as ES modules, and the worker. */
export default defineConfig([{ ...entries, format: ['esm'], dts: false }, worker]);
