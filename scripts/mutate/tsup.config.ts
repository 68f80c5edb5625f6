import { defineConfig, type Options } from 'tsup';
import base from '../../tsup.config.ts';

const [commonJs, modules] = base as [Options, Options];

/** Builds what the contract tests load of the files that are mutated: both clients, and the worker. */
export default defineConfig([commonJs, modules]);
