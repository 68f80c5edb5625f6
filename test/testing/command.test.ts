import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Mixcloud } from 'mixcloud-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../package/support/run.ts';

const PACKAGE = new URL('../../package.json', import.meta.url);
const { bin } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly bin: Readonly<Record<string, string>> };
const COMMAND = fileURLToPath(new URL(bin['mixcloud-emulator'] ?? '', PACKAGE));

const runCommand = (...args: string[]) => run(process.execPath, [COMMAND, ...args]);

/** Starts the command, and returns what it has printed once it has printed everything. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  for await (const text of child.stdout) {
    stdout += text;
    if (stdout.includes('Ctrl-C')) break;
  }
  const url = /listens on (\S+)/.exec(stdout)?.[1] ?? '';
  const stop = async (signal: NodeJS.Signals) => {
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = await exit;
    return { code, stderr };
  };
  return { stdout, url, stop };
}

describe('mixcloud-emulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says where it listens and with which tokens, and stops by %s',
    async (signal) => {
      const { stdout, url, stop } = await start('--seed', '3');
      const token = /stationowner +(\S+)/.exec(stdout)?.[1] ?? '';
      await using mixcloud = new Mixcloud({ apiRoot: url, accessToken: token });
      expect((await mixcloud.me()).key).toBe('/stationowner/');
      expect(stdout).toContain(`OAuth root     ${url}/oauth`);
      expect(await stop(signal)).toEqual({ code: 0, stderr: '' });
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  it('takes a port and an empty world', async () => {
    const first = await start();
    const { port } = new URL(first.url);
    const taken = await runCommand('--port', port);
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
    await first.stop('SIGINT');
    const second = await start('--port', port, '--world', 'empty');
    expect(second.url).toBe(first.url);
    expect(second.stdout).toContain('The world is empty');
    expect(await (await fetch(`${second.url}/popular/`)).json()).toEqual({ data: [], name: 'Popular Cloudcasts' });
    await second.stop('SIGINT');
  });

  it('explains itself', async () => {
    const { code, stdout, stderr } = await runCommand('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of ['--port', '--seed', '--world', '--help']) expect(stdout).toContain(option);
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--port', 'x'], '--port: expected a whole number, but got x'],
    [['--port', '70000'], 'port: must be at most 65535'],
    [['--world', 'full'], '--world: expected default or empty, but got full'],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: mixcloud-emulator');
  });
});
