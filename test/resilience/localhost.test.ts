import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { newWorld } from '../support/world.ts';
import { run } from '../sync/run-script.ts';

const script = (name: string) => new URL(`scripts/${name}`, import.meta.url);

describe.each(['async', 'sync'])('the name localhost (%s)', (mode) => {
  const call = async (addresses: string) => {
    const world = await newWorld();
    const { port } = new URL(world.origin);
    const env = {
      ADDRESSES: addresses,
      NODE_OPTIONS: `--import ${pathToFileURL(script('localhost-elsewhere.mjs').pathname).href}`,
    };
    return run<{ key?: string; name?: string; message?: string }>({
      script: script('to-localhost.mjs').pathname,
      args: [mode, port, OWNER_TOKEN],
      env,
    });
  };

  it('is not connected to at an address of another machine', async () => {
    const { name, message } = await call('192.0.2.7');
    expect(name).toBe('MixcloudConnectionError');
    expect(message).toContain('localhost resolves to 192.0.2.7, which is no loopback address');
  });

  it('is connected to at its loopback addresses alone', async () => {
    expect(await call('192.0.2.7,127.0.0.1')).toEqual({ key: '/bob/' });
  });
});
