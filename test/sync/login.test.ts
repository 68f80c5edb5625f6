import { describe, expect, it } from 'vitest';
import { OWNER_APP, OWNER_TOKEN } from '../emulator/start.ts';
import { isPortOpen } from '../support/browser.ts';
import { newWorld } from '../support/world.ts';
import { Script } from './run-script.ts';

const { clientId, clientSecret } = OWNER_APP;

/** Starts a program that logs in, up to the line that it prints. */
async function begin(mode: string) {
  const { oauthRoot } = await newWorld();
  const env = { OAUTH_ROOT: oauthRoot, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, MODE: mode };
  const script = new Script({ script: 'login.mjs', env });
  const [, line = ''] = await script.line(/^(.*)\n/, 'stderr');
  const redirectUri = new URL(new URL(line).searchParams.get('redirect_uri') ?? '');
  return { script, line, port: Number(redirectUri.port) };
}

describe.each(['async', 'sync'])('a program that logs in (%s)', (mode) => {
  it('prints the URL as one line on stderr, and ends once it has the token', async () => {
    const { script, line, port } = await begin(mode);
    expect(await isPortOpen(port)).toBe(true);
    const page = await fetch(line);
    expect(await page.text()).toContain('Logged in');
    const { code, stdout, stderr } = await script.ended;
    expect(JSON.parse(stdout)).toEqual({ token: OWNER_TOKEN });
    expect([code, stderr]).toEqual([0, `${line}\n`]);
    expect(await isPortOpen(port)).toBe(false);
  });

  it('ends at Ctrl-C, and with it the port', async () => {
    const { script, port } = await begin(mode);
    expect(await isPortOpen(port)).toBe(true);
    script.end('SIGINT');
    expect(await script.ended).toMatchObject({ code: null, stdout: '' });
    expect(await isPortOpen(port)).toBe(false);
  });
});

describe('programs of a cluster that log in', () => {
  it('have a port each', async () => {
    const { ports } = await new Script({ script: 'cluster-login.mjs' }).reports<{ ports: number[] }>();
    expect(ports).toHaveLength(2);
    expect(new Set(ports).size).toBe(2);
  });
});
