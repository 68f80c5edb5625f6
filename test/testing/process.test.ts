/** How an emulator behaves in processes and threads that use it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program to its end, without what the test runner has put into the environment. */
function runProgram(code: string, type: 'module' | 'commonjs', options: readonly string[] = []) {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, `--input-type=${type}`, '--eval', code], {
    cwd: ROOT,
    env: { ...env, NO_COLOR: '1' },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

const ASYNC = `
  const emulator = await startEmulator();
  const mixcloud = new Mixcloud(emulator.options());
  console.log((await mixcloud.get('bob')).name, (await emulator.requests()).length);
`;
const SYNC = `
  const emulator = startEmulatorSync();
  const mixcloud = new MixcloudSync(emulator.options());
  console.log(mixcloud.get('bob').name, emulator.requests().length);
`;
const OK = { status: 0, stdout: 'Bob 1\n', stderr: '' };

describe('a program that starts an emulator and stops nothing', () => {
  it.each([
    ['an ES module', 'module', ASYNC, 'import'],
    ['an ES module, blocking', 'module', SYNC, 'import'],
    ['CommonJS', 'commonjs', `(async () => {${ASYNC}})();`, 'require'],
    ['CommonJS, blocking', 'commonjs', SYNC, 'require'],
  ] as const)('ends by itself: %s', (_title, type, body, way) => {
    const imports = [
      ['{ startEmulator, startEmulatorSync }', 'mixcloud-client/testing'],
      ['{ Mixcloud }', 'mixcloud-client'],
      ['{ MixcloudSync }', 'mixcloud-client/sync'],
    ].map(([names, entry]) =>
      way === 'import' ? `import ${names} from '${entry}';` : `const ${names} = require('${entry}');`,
    );
    expect(runProgram(imports.join('\n') + body, type, ['--trace-warnings', '--throw-deprecation'])).toEqual(OK);
  });

  it('may be a worker thread', () => {
    const code = `
      const { Worker } = require('node:worker_threads');
      const { startEmulatorSync } = require('mixcloud-client/testing');
      const worker = new Worker(\`
        const { startEmulatorSync } = require('mixcloud-client/testing');
        const { MixcloudSync } = require('mixcloud-client/sync');
        ${SYNC}
      \`, { eval: true });
      worker.on('error', (error) => console.log(error));
    `;
    expect(runProgram(code, 'commonjs')).toEqual(OK);
  });

  it('may run under flags and hooks that are not for threads', () => {
    const code = `import { startEmulatorSync } from 'mixcloud-client/testing';
      import { MixcloudSync } from 'mixcloud-client/sync'; ${SYNC}`;
    expect(runProgram(code, 'module', ['--expose-gc', '--title=x', '--conditions=mine'])).toEqual(OK);
  });

  it('may be a console', () => {
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, ['--interactive'], {
      cwd: ROOT,
      env: { ...env, NO_COLOR: '1' },
      encoding: 'utf8',
      timeout: 20_000,
      input: "const { startEmulatorSync } = require('mixcloud-client/testing')\nstartEmulatorSync().port > 0\n.exit\n",
    });
    expect(stdout).toContain('true');
  });
});

describe('the thread of an emulator', () => {
  it('is noticed when it dies, by both ways to wait', () => {
    const code = `
      import * as threads from 'node:worker_threads';
      import { startEmulator, startEmulatorSync } from 'mixcloud-client/testing';
      const workers = [];
      process.on('worker', (worker) => workers.push(worker));
      const asynchronous = await startEmulator();
      const blocking = startEmulatorSync();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const say = (error) => console.log(error.message);
      // It may be answered before the thread ends.
      const pending = asynchronous.requests().catch(say);
      await Promise.all(workers.map((worker) => worker.terminate()));
      await pending;
      await asynchronous.requests().catch(say);
      try { blocking.requests(); } catch (error) { say(error); }
      await asynchronous.stop();
      blocking.stop();
    `;
    const { status, stdout, stderr } = runProgram(code, 'module');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim().split('\n').slice(-2)).toEqual(['The emulator was stopped', 'The emulator was stopped']);
  });

  it('may be used many times over by a caller that blocks', () => {
    const code = `
      import { startEmulatorSync } from 'mixcloud-client/testing';
      const emulator = startEmulatorSync({ world: 'empty' });
      for (let n = 0; n < 2000; n += 1) emulator.addUser({ username: 'user' + n });
      console.log(emulator.options({ as: 'user1999' }).accessToken.length > 20);
    `;
    expect(runProgram(code, 'module')).toEqual({ status: 0, stdout: 'true\n', stderr: '' });
  });
});
