import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { modes } from '../support/modes.ts';
import { newWorld } from '../support/world.ts';
import { run } from '../sync/run-script.ts';
import { newFolder, sparseFile } from './files.ts';

const scriptOf = (name: string) => fileURLToPath(new URL(`scripts/${name}`, import.meta.url));

interface Attempt {
  readonly value?: string;
  readonly error?: string;
}

describe.each(modes)('a process ($mode)', ({ mode }) => {
  it.each([[[]], [['--frozen-intrinsics', '--no-warnings']]])('may have frozen built-ins %j', async (flags) => {
    const { origin } = await newWorld();
    const told = await run({ script: scriptOf('frozen.mjs'), flags, env: { ORIGIN: origin, MODE: mode } });
    expect(told).toEqual({ city: 'London', year: 2009, items: Array(3).fill('cloudcast'), failure: 'MixcloudError' });
  });

  it.skipIf(process.platform !== 'linux')('that can open no more files is told so, and works again', async () => {
    const { origin } = await newWorld();
    const show = await sparseFile(await realpath(await newFolder()), 'show.mp3', 100_000);
    const env = { ORIGIN: origin, MODE: mode, TOKEN: OWNER_TOKEN, SHOW: show };
    const told = await run<Record<string, Attempt>>({ script: scriptOf('no-files.mjs'), env, maxFiles: 48 });
    const failure = {
      error: 'MixcloudConnectionError',
      code: 'EMFILE',
      sent: false,
      message: expect.stringContaining('too many files and connections are open (EMFILE); raise the limit'),
    };
    expect(told).toMatchObject({
      firstGet: { ...failure, method: 'GET' },
      firstUpload: { ...failure, method: 'POST' },
      laterGet: { value: expect.stringContaining('Resource') },
      file: { ...failure, method: 'POST' },
      connections: { ...failure, method: 'GET' },
      laterUpload: { value: expect.stringContaining('"success":true') },
      left: 0,
    });
  });
});

it('a dispatcher of undici 6 is refused by a message that says so, and a later one is used', async () => {
  const { origin } = await newWorld();
  const script = scriptOf('built-in-dispatcher.mjs');
  const told = await run<{ undici: string; results: string[] }>({ script, env: { ORIGIN: origin } });
  const isOld = Number.parseInt(told.undici, 10) < 7;
  const refused = 'TypeError: dispatcher: made by undici 6 or older, but undici 7 or later is needed';
  expect(told.results).toEqual(Array(2).fill(isOld ? refused : 'London'));
});
