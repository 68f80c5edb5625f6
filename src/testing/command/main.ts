#!/usr/bin/env node
/** The program `mixcloud-emulator`: runs an emulator until it is interrupted, for programs in any language. */
import { parseArgs } from 'node:util';
import type { Emulator } from '../handles/emulator.ts';
import type { EmulatorOptions } from '../handles/emulator-options.ts';
import { startThread } from '../handles/start-emulator.ts';

const HELP = `Usage: mixcloud-emulator [options]

Runs an emulator of the Mixcloud API on this machine. It prints where it listens and
with which access tokens, and runs until it is interrupted (Ctrl-C).

Options:
  --port NUMBER   port on 127.0.0.1 (default: a free one)
  --seed NUMBER   number that the data is made up from (default: 0)
  --world NAME    'default', or 'empty' for a world without data
  --help          show this text
`;

/** The tokens that are printed; in the default world every user has one. */
const SHOWN_USERS = ['stationowner', 'Night_Listener', 'bob'];

class UsageError extends Error {}

function parseOptions(): EmulatorOptions | 'help' {
  const text = { type: 'string' } as const;
  const options = { port: text, seed: text, world: text, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values } = parseArgs({ options });
    if (values.help) return 'help';
    const { world } = values;
    if (world !== undefined && world !== 'default' && world !== 'empty') {
      throw new UsageError(`--world: expected default or empty, but got ${world}`);
    }
    return { port: parseNumber('--port', values.port), seed: parseNumber('--seed', values.seed), world };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw new UsageError(`${name}: expected a whole number, but got ${value}`);
  return Number(value);
}

function describeEmulator(emulator: Emulator): string {
  const { oembedRoot } = emulator.options();
  const { oauthRoot, clientId, clientSecret } = emulator.oauthOptions();
  const lines = [
    `mixcloud-emulator listens on ${emulator.url}`,
    '',
    `API root       ${emulator.url}`,
    `OAuth root     ${oauthRoot}`,
    `oEmbed root    ${oembedRoot}`,
    `client id      ${clientId}`,
    `client secret  ${clientSecret}`,
    '',
    ...describeTokens(emulator),
    '',
    'Press Ctrl-C to stop.',
    '',
  ];
  return lines.join('\n');
}

function describeTokens(emulator: Emulator): string[] {
  try {
    const tokens = SHOWN_USERS.map((as) => `  ${as.padEnd(15)}${emulator.options({ as }).accessToken}`);
    return ['Access tokens (made up, and worth nothing elsewhere):', ...tokens];
  } catch {
    return ['The world is empty: there are no users, and no access tokens.'];
  }
}

async function main(): Promise<void> {
  const options = parseOptions();
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const { emulator, thread } = await startThread(options);
  thread.keepAlive(() => {
    // After `stop` the process ends by itself; otherwise the emulator has failed.
    if (!stopping) process.exitCode = 1;
  });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping = true;
      void emulator.stop().then(() => process.exit(0));
    });
  }
  process.stdout.write(describeEmulator(emulator));
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || error instanceof RangeError;
  process.stderr.write(`mixcloud-emulator: ${error instanceof Error ? error.message : error}\n`);
  if (isUsage) process.stderr.write(`\n${HELP}`);
  process.exitCode = isUsage ? 2 : 1;
});
