import { EmulatorHandle } from './emulator-handle.ts';
import type { EmulatorThread } from './emulator-thread.ts';
import type { Started } from './messages.ts';

/** An emulator that {@link startEmulator} started. All of its methods return promises, except `options` and `oauthOptions`. */
export class Emulator extends EmulatorHandle<'async'> {
  readonly #thread: EmulatorThread;
  readonly #server: number;
  #stopped: Promise<void> | undefined;

  /** @internal */
  constructor(thread: EmulatorThread, started: Started) {
    super(async (method, argument, convert) => {
      // Rejects, instead of failing to clone, what a check has let through.
      return convert((await thread.call(method, argument, started.server)) as never);
    }, started);
    this.#thread = thread;
    this.#server = started.server;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Stops the emulator: `await using emulator = await startEmulator()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    // If the thread has failed, there is nothing left to stop.
    await this.#thread.call('stop', undefined, this.#server).catch(() => undefined);
    await this.#thread.end();
  }
}

/** An emulator that {@link startEmulatorSync} started. All of its methods block. */
export class EmulatorSync extends EmulatorHandle<'sync'> {
  readonly #thread: EmulatorThread;
  readonly #server: number;
  #stopped = false;

  /** @internal */
  constructor(thread: EmulatorThread, started: Started) {
    super(
      (method, argument, convert) => convert(thread.callBlocking(method, argument, started.server) as never),
      started,
    );
    this.#thread = thread;
    this.#server = started.server;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    try {
      this.#thread.callBlocking('stop', undefined, this.#server);
    } catch {
      // The thread has failed, so there is nothing left to stop.
    }
    void this.#thread.end();
  }

  /** Stops the emulator: `using emulator = startEmulatorSync()`. */
  [Symbol.dispose](): void {
    this.stop();
  }
}
