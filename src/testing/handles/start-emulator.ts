import { validateEmulatorOptions } from './arguments.ts';
import type { Emulator, EmulatorSync } from './emulator.ts';
import { AsyncEmulator, BlockingEmulator } from './emulator-client.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import { EmulatorThread } from './emulator-thread.ts';
import type { Started } from './messages.ts';

/** Under this symbol, a handle calls methods that only the project's own tests need. No declaration names it. */
const INTERNAL_CALL = Symbol.for('mixcloud-client:emulator');

/**
 * Starts an emulator of the Mixcloud API on a port of this machine, in a thread of its own. It does not keep the process alive.
 *
 * @example
 * ```ts
 * const emulator = await startEmulator();
 * const mixcloud = new Mixcloud(emulator.options({ as: 'stationowner' }));
 * await mixcloud.follow('bob');
 * (await emulator.state('stationowner')).following.includes('/bob/'); // true
 * await emulator.stop();
 * ```
 *
 * @throws TypeError - an option is not valid
 * @throws Error - the port is in use (`code` is `'EADDRINUSE'`), or no thread can be started
 */
export async function startEmulator(options?: EmulatorOptions): Promise<Emulator> {
  return (await startThread(options)).emulator;
}

/**
 * As {@link startEmulator}, but blocks until the emulator listens, and returns a handle whose methods block.
 *
 * @example
 * ```ts
 * using emulator = startEmulatorSync();
 * const mixcloud = new MixcloudSync(emulator.options());
 * String(mixcloud.get('bob')); // "<Resource: User '/bob/'>"
 * ```
 */
export function startEmulatorSync(options?: EmulatorOptions): EmulatorSync {
  const validated = validateEmulatorOptions('startEmulatorSync options', options);
  const thread = new EmulatorThread();
  try {
    return new BlockingEmulator(thread, thread.callBlocking('start', validated) as Started);
  } catch (error) {
    void thread.end();
    throw error;
  }
}

/** Starts an emulator, and returns its thread too. */
export async function startThread(
  options?: EmulatorOptions,
): Promise<{ readonly emulator: Emulator; readonly thread: EmulatorThread }> {
  const validated = validateEmulatorOptions('startEmulator options', options);
  const thread = new EmulatorThread();
  try {
    const emulator = new AsyncEmulator(thread, (await thread.call('start', validated)) as Started);
    Object.defineProperty(emulator, INTERNAL_CALL, { value: thread.call.bind(thread) });
    return { emulator, thread };
  } catch (error) {
    await thread.end();
    throw error;
  }
}
