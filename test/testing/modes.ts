import { Mixcloud, MixcloudOAuth } from 'mixcloud-client';
import { MixcloudOAuthSync, MixcloudSync } from 'mixcloud-client/sync';
import { startEmulator, startEmulatorSync } from 'mixcloud-client/testing';
import { onTestFinished } from 'vitest';

/**
 * Both handles with the client that each is for. As in `support/modes.ts`, a case is written once with the asynchronous types,
 * and `await` does nothing to what a blocking method has returned.
 */
export const handles = [
  { mode: 'async', startEmulator, Mixcloud, MixcloudOAuth },
  {
    mode: 'sync',
    startEmulator: startEmulatorSync as unknown as typeof startEmulator,
    Mixcloud: MixcloudSync as unknown as typeof Mixcloud,
    MixcloudOAuth: MixcloudOAuthSync as unknown as typeof MixcloudOAuth,
  },
] as const;

/** An emulator of the test's own, which ends with it. */
export async function newEmulator(
  start: typeof startEmulator,
  options?: Parameters<typeof startEmulator>[0],
): ReturnType<typeof startEmulator> {
  const emulator = await start(options);
  onTestFinished(async () => {
    await emulator.stop();
  });
  return emulator;
}
