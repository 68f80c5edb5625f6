/** Test runners. */
import { type Format, type Mode, suite } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';

interface Runner extends Omit<Row, 'version' | 'async' | 'sync'> {
  /** The package whose version is shown. Without it, that of Node.js is. */
  readonly package?: string;
  readonly format: Format;
  readonly extension: string;
  readonly suite?: Parameters<typeof suite>[2];
  /** Command and arguments before the file's name. */
  readonly command: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  /** What the asynchronous client says where it cannot work. */
  readonly asyncError?: RegExp;
}

function toRow(runner: Runner): Row {
  const { package: shown, format, extension, suite: options = {}, command, env, asyncError, ...rest } = runner;
  const check = (mode: Mode) => async (project: Project) => {
    const file = `test/${mode}.test.${extension}`;
    await project.write(file, suite(mode, format, options));
    const [program, ...args] = command;
    if (mode === 'sync' || !asyncError) return project.expectResult(program, [...args, file], env ? { env } : {});
    await project.expectError(asyncError, program, [...args, file]);
    return 'an error that says what it needs';
  };
  return {
    ...rest,
    version: (project) => (shown === undefined ? project.nodeVersion() : project.versionOf(shown)),
    async: check('async'),
    sync: check('sync'),
  };
}

const jestConfig = (config: object) => (project: Project) =>
  project.write('jest.config.json', JSON.stringify({ testMatch: ['**/test/**/*.test.*'], ...config }));
const TYPED = { typed: true } as const;
const TSCONFIG = JSON.stringify({
  compilerOptions: { module: 'commonjs', target: 'es2022', esModuleInterop: true, strict: true, skipLibCheck: true },
});

const vitest = (pool: string): Runner => ({
  name: `vitest-${pool}`,
  title: `Vitest, ${pool}`,
  packages: ['vitest'],
  package: 'vitest',
  format: 'esm',
  extension: 'mjs',
  suite: { header: "import { test } from 'vitest';\n" },
  command: ['vitest', 'run', `--pool=${pool}`],
});

const RUNNERS: readonly Runner[] = [
  {
    name: 'jest-commonjs',
    title: 'Jest, CommonJS',
    packages: ['jest'],
    package: 'jest',
    format: 'cjs',
    extension: 'js',
    prepare: jestConfig({}),
    command: ['jest'],
  },
  {
    name: 'jest-esm',
    title: 'Jest, ES modules',
    packages: ['jest'],
    package: 'jest',
    format: 'esm',
    extension: 'mjs',
    prepare: jestConfig({ moduleFileExtensions: ['mjs', 'js', 'json'], transform: {} }),
    command: ['jest'],
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
  },
  {
    name: 'jest-jsdom',
    title: 'Jest, jsdom environment',
    packages: ['jest', 'jest-environment-jsdom'],
    package: 'jest-environment-jsdom',
    format: 'cjs',
    extension: 'js',
    prepare: jestConfig({ testEnvironment: 'jsdom' }),
    command: ['jest'],
    asyncError: /use the environment 'node'/,
  },
  {
    name: 'ts-jest',
    title: 'ts-jest',
    packages: ['jest', 'ts-jest', 'typescript@5', '@types/jest', '@types/node'],
    package: 'ts-jest',
    format: 'esm',
    extension: 'ts',
    suite: TYPED,
    async prepare(project) {
      await jestConfig({ transform: { '\\.ts$': 'ts-jest' } })(project);
      await project.write('tsconfig.json', TSCONFIG);
    },
    command: ['jest'],
  },
  {
    name: 'swc-jest',
    title: '@swc/jest',
    packages: ['jest', '@swc/jest', '@swc/core'],
    package: '@swc/jest',
    format: 'esm',
    extension: 'ts',
    suite: TYPED,
    prepare: jestConfig({ transform: { '\\.ts$': '@swc/jest' } }),
    command: ['jest'],
  },
  vitest('threads'),
  vitest('forks'),
  vitest('vmThreads'),
  {
    ...vitest('threads'),
    name: 'vitest-jsdom',
    title: 'Vitest, jsdom environment',
    packages: ['vitest', 'jsdom'],
    command: ['vitest', 'run', '--environment=jsdom'],
  },
  {
    name: 'mocha',
    title: 'Mocha',
    packages: ['mocha'],
    package: 'mocha',
    format: 'cjs',
    extension: 'cjs',
    suite: { test: 'it' },
    command: ['mocha', '--timeout=30000'],
  },
  {
    name: 'ava',
    title: 'AVA',
    packages: ['ava@7'],
    package: 'ava',
    format: 'esm',
    extension: 'mjs',
    suite: { header: "import test from 'ava';\n", parameter: 't' },
    command: ['ava'],
  },
  {
    name: 'node-test',
    title: '`node:test`',
    format: 'esm',
    extension: 'mjs',
    suite: { header: "import { test } from 'node:test';\n" },
    command: ['node', '--test'],
  },
];

export const RUNNER_ROWS: readonly Row[] = RUNNERS.map(toRow);
