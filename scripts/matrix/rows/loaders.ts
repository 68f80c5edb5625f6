/** What runs TypeScript without a build, and what installs packages otherwise than npm. */
import { type Format, type Mode, script } from '../programs.ts';
import type { Project } from '../project.ts';
import type { Row } from '../row.ts';

interface Loader extends Omit<Row, 'version' | 'async' | 'sync'> {
  /** The package whose version is shown. Without it, that of Node.js is. */
  readonly package?: string;
  readonly format: Format;
  readonly extension: string;
  readonly typed?: boolean;
  /** Command and arguments before the file's name. */
  readonly command: readonly [string, ...string[]];
  readonly version?: Row['version'];
}

function toRow({ package: shown, format, extension, typed = false, command, version, ...rest }: Loader): Row {
  const check = (mode: Mode) => async (project: Project) => {
    const file = `${mode}.${extension}`;
    await project.write(file, script(mode, format, typed));
    const [program, ...args] = command;
    return project.expectLine(program, [...args, file]);
  };
  const shownVersion = (project: Project) => (shown === undefined ? project.nodeVersion() : project.versionOf(shown));
  return { ...rest, version: version ?? shownVersion, async: check('async'), sync: check('sync') };
}

const TSCONFIG = JSON.stringify({
  compilerOptions: { module: 'commonjs', target: 'es2022', esModuleInterop: true, strict: true, skipLibCheck: true },
});

const LOADERS: readonly Loader[] = [
  {
    name: 'tsx',
    title: 'tsx',
    packages: ['tsx'],
    package: 'tsx',
    format: 'esm',
    extension: 'ts',
    typed: true,
    command: ['tsx'],
  },
  {
    name: 'ts-node',
    title: 'ts-node',
    packages: ['ts-node', 'typescript@5', '@types/node'],
    package: 'ts-node',
    format: 'esm',
    extension: 'ts',
    typed: true,
    prepare: (project) => project.write('tsconfig.json', TSCONFIG),
    command: ['ts-node'],
  },
  {
    name: 'swc',
    title: '@swc-node/register',
    packages: ['@swc-node/register', '@swc/core', 'typescript@5'],
    package: '@swc-node/register',
    format: 'esm',
    extension: 'ts',
    typed: true,
    prepare: (project) => project.write('tsconfig.json', TSCONFIG),
    command: ['node', '--require', '@swc-node/register'],
  },
  {
    name: 'type-stripping',
    title: 'Node.js, type stripping',
    format: 'esm',
    extension: 'mts',
    typed: true,
    command: ['node'],
  },
  {
    name: 'pnpm',
    title: 'pnpm',
    installer: 'pnpm',
    format: 'esm',
    extension: 'mjs',
    command: ['node'],
    version: async (project) => (await project.succeed('pnpm', ['--version'])).trim(),
  },
  {
    name: 'yarn-pnp',
    title: 'Yarn, Plug’n’Play',
    installer: 'yarn',
    format: 'cjs',
    extension: 'cjs',
    command: ['yarn', 'node'],
    version: async (project) => (await project.succeed('yarn', ['--version'])).trim(),
  },
];

export const LOADER_ROWS: readonly Row[] = LOADERS.map(toRow);
