/** The tests of a user, in the installed package: those of the documents, and the first one that a newcomer writes. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_FAULTS } from '../../src/testing/faults/table.ts';
import { audio } from '../support/audio.ts';
import { readFences, TESTING_PAGE } from '../support/readme.ts';
import { type App, installApp } from './support/app.ts';
import { findCommand, run } from './support/run.ts';

const JEST = join(createRequire(import.meta.url).resolve('jest/package.json'), '..', 'bin', 'jest.js');

type Format = 'ESM' | 'CommonJS';
type Runner = 'node:test' | 'Jest';

const SNIPPETS = [
  ...readFences().filter(({ heading }) => heading === 'Testing your own code'),
  ...readFences(TESTING_PAGE),
].filter(({ language }) => language === 'js');

/** A first test in ten lines. */
function writeTest(format: Format, mode: 'async' | 'sync', runner: Runner): string {
  const [client, entry, start, wait] =
    mode === 'async'
      ? ['Mixcloud', 'mixcloud-client', 'startEmulator', 'await ']
      : ['MixcloudSync', 'mixcloud-client/sync', 'startEmulatorSync', ''];
  const load = (names: string, from: string) =>
    format === 'ESM' ? `import { ${names} } from '${from}';` : `const { ${names} } = require('${from}');`;
  return [
    ...(runner === 'Jest' ? [] : [load('test', 'node:test')]),
    load('strictEqual', 'node:assert'),
    load(client ?? '', entry ?? ''),
    load(start ?? '', 'mixcloud-client/testing'),
    `test('follows bob', ${mode === 'async' ? 'async ' : ''}() => {`,
    `  const emulator = ${wait}${start}();`,
    `  const mixcloud = new ${client}(emulator.options({ as: 'stationowner' }));`,
    `  ${wait}mixcloud.follow('bob');`,
    `  strictEqual((${wait}emulator.state('stationowner')).following[0], '/bob/');`,
    '});',
    '',
  ].join('\n');
}

describe('in the installed package, without a network,', { timeout: 60_000 }, () => {
  let app: App;
  beforeAll(async () => {
    app = await installApp();
    await writeFile(join(app.folder, 'show.mp3'), audio(100_000));
  });
  afterAll(() => app.remove());

  /** Runs a file of tests, and returns what failed, if anything did. */
  async function runTests(runner: Runner, name: string, code: string): Promise<string> {
    const path = join(app.folder, name);
    await writeFile(path, code);
    const args =
      runner === 'Jest'
        ? ['--experimental-vm-modules', '--no-warnings', JEST, '--rootDir', app.folder, '--runTestsByPath', path]
        : ['--test', path];
    const { code: exit, stdout, stderr } = await run(process.execPath, args, { cwd: app.folder });
    const passed = runner === 'Jest' ? /Tests: +1 passed, 1 total/.test(stderr) : /^(?:#|ℹ) pass 1$/m.test(stdout);
    return exit === 0 && passed ? '' : `ended with ${exit}\n${stdout}\n${stderr}`;
  }

  const cases = (['node:test', 'Jest'] as const).flatMap((runner) =>
    (['ESM', 'CommonJS'] as const).flatMap((format) =>
      (['async', 'sync'] as const).map((mode) => [runner, format, mode] as const),
    ),
  );
  it.each(cases)('a first test of ten lines passes: %s, %s, %s', async (runner, format, mode) => {
    const code = writeTest(format, mode, runner);
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
    const name = `first-${mode}-${runner.length}.test.${format === 'ESM' ? 'mjs' : 'cjs'}`;
    expect(await runTests(runner, name, code)).toBe('');
  });

  it.each(SNIPPETS.map((snippet) => [`line ${snippet.line}`, snippet] as const))(
    'the test of the documents passes: %s',
    async (_title, { code, line }) => {
      const isModule = !code.includes('require(');
      const runner = code.includes("'node:test'") ? 'node:test' : 'Jest';
      expect(await runTests(runner, `readme-${line}.test.${isModule ? 'mjs' : 'cjs'}`, code)).toBe('');
    },
  );

  it('the documents have a test of each kind', () => {
    const kinds = SNIPPETS.map(({ code }) => [
      /startEmulator\w*|MockAgent/.exec(code)?.[0],
      code.includes("'node:test'") ? 'node:test' : 'Jest',
    ]);
    expect(kinds).toEqual([
      ['startEmulatorSync', 'node:test'],
      ['startEmulator', 'Jest'],
      ['MockAgent', 'node:test'],
    ]);
  });

  it('docs/testing.md names every fault, and no other', () => {
    const page = readFileSync(TESTING_PAGE, 'utf8');
    const [, table = ''] = /^\| fault .*\n((?:\|.*\n)+)/m.exec(page) ?? [];
    const cells = table.split('\n').map((row) => row.split('|')[1] ?? '');
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual([...PUBLIC_FAULTS].sort());
  });

  it('the command is installed', async () => {
    const command = findCommand(app.folder, 'mixcloud-client', 'mixcloud-emulator');
    const { code, stdout } = await run(process.execPath, [command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: mixcloud-emulator');
  });
});
