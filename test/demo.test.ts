import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPaint } from '../demo/style.ts';
import { Script, type Settled } from './sync/run-script.ts';

const MAIN = fileURLToPath(new URL('../demo/main.ts', import.meta.url));
const TIMEOUT = 60_000;

/** Runs the demo as `npm run demo` does when the package is built. */
function demo(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Settled> {
  const flags = ['--import', 'tsx'];
  return new Script({ script: MAIN, args, env, flags, watchdog: TIMEOUT / 1000 }).ended;
}

describe('The demo', () => {
  it('walks through the main job in both forms and leaves nothing behind', { timeout: TIMEOUT }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mixcloud-demo-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { code, stdout, stderr } = await demo([], { TMPDIR: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const chapters = stdout.split('\n').filter((line) => line.startsWith('== '));
    expect(chapters).toEqual([
      '== const mixcloud = new Mixcloud() (asynchronous)',
      '== Many at once: new Mixcloud() (asynchronous)',
      '== const mixcloud = new MixcloudSync() (blocking)',
      '== Many at once: new MixcloudSync() (blocking)',
    ]);
    for (const [said, times] of [
      ['Bob, of London: 25 shows, 56 followers', 1],
      ['a DateTime: Friday, 5 June 2009, 23:16 UTC', 1],
      ["<ResourceList 'Popular Cloudcasts'>", 1],
      ["accessToken: '[set]'", 1],
      ['Now following bob', 1],
      ['100 %   48.0 of 48.0 MB', 1],
      ['ResourceNotFoundException: User does not exist.', 1],
      ['RangeError: tags: must be at most 5 entries, but got 6', 1],
      ['> const user = await mixcloud.get', 1],
      ['25 shows, from', 1],
    ] as const) {
      expect([said, stdout.split(said).length - 1]).toEqual([said, times]);
    }
    expect(stdout).toContain('Both forms told the same story');
    expect(stdout).toContain(join(folder, 'mixcloud-client-demo-'));
    // The second form is not told again, but compared step by step.
    const rows = stdout.split('\n').filter((line) => / +(?:<1|\d+) ms +(?:<1|\d+) ms {2}(?:same|differs)$/.test(line));
    expect(rows.length).toBe(stdout.split('\n').filter((line) => line.startsWith('  > ')).length);
    expect(rows.filter((line) => line.endsWith('differs'))).toEqual([]);
    // No terminal here: nothing may be drawn over, and nothing is coloured.
    for (const code of ['\r', '\u001b']) expect(stdout).not.toContain(code);
    expect((await readdir(folder)).filter((name) => name.startsWith('mixcloud-client-demo-'))).toEqual([]);
  });

  it.each([
    ['html-503', 'Fetch a user', 'in place of a user'],
    ['repeat-page@*/cloudcasts/', 'A whole list, a page read ahead', '10 !== 25'],
    ['access-denied@/oauth/*', 'Log in with a browser', 'The site did not grant access: access_denied'],
    ['error-200@*/follow/', 'An action', 'in place of a success'],
    ['sink-upload@/upload/', 'Edit it', 'Cloudcast does not exist'],
    ['reset@*/embed-html/', 'Embed code', 'MixcloudConnectionError'],
  ])('fails when the emulator is wrong: %s', { timeout: TIMEOUT }, async (fault, step, reason) => {
    const { code, stderr } = await demo(['--fault', fault]);
    expect(code).toBe(1);
    expect(stderr).toContain(`The demo went wrong at "${step}" (asynchronous): `);
    expect(stderr).toContain(reason);
  });

  it('says in one sentence that there is no network', { timeout: TIMEOUT }, async () => {
    // Nothing listens there, so that the real API is out of reach on any machine.
    const proxy = 'http://127.0.0.1:9';
    const env = { HTTPS_PROXY: proxy, https_proxy: proxy, NO_PROXY: '', no_proxy: '' };
    const { code, stdout, stderr } = await demo(['--live', 'spartacus'], env);
    expect(code).toBe(1);
    expect(stdout).toContain('The real API at https://api.mixcloud.com');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^\nThere is no network, or it does not reach the API \(.*ECONNREFUSED.*\)\.\n$/);
  });

  it.each([
    ['a terminal', true, true, '\u001b[1mtext\u001b[22m'],
    ['a terminal without colours, or with NO_COLOR', true, false, 'text'],
    ['a file', false, true, 'text'],
  ])('has colours on %s', (_name, isTTY, hasColors, painted) => {
    const paint = createPaint({ isTTY, hasColors: () => hasColors, write: () => true });
    expect(paint('bold', 'text')).toBe(painted);
  });

  it('says how it is called when it is called wrongly', { timeout: TIMEOUT }, async () => {
    const { code, stderr } = await demo(['--lvie', 'spartacus']);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: npm run demo [-- --live USER | --fault FAULT]');
  });
});
