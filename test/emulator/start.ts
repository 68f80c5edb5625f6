import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Emulator } from './handles.ts';

export * from '../../src/testing/world/constants.ts';
export { Emulator, ProxyHandle, WorldHandle } from './handles.ts';
export type * from './protocol.ts';
export { certificatePath } from './tls.ts';

/**
 * Starts the emulator of the built package, with many worlds and with proxies, in a process that all test files can call. The
 * process ends with its parent, and does not keep it alive. `packageFolder` is an unpacked package to use in place of `dist`.
 */
export async function startEmulator(packageFolder?: string): Promise<Emulator> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  // `--import` with a bare name would be looked up from the working directory, wherever that is.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const child = fork(main, {
    cwd: dirname(main),
    execArgv: ['--import', loader],
    env: { ...env, ...(packageFolder !== undefined && { EMULATOR_PACKAGE: packageFolder }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`the emulator ended before it listened (${code ?? signal})`)),
    );
  });
  child.removeAllListeners('exit');
  child.unref();
  child.channel?.unref();
  return new Emulator(url, child);
}

/** The emulator that another process started. */
export function connectEmulator(controlUrl: string): Emulator {
  return new Emulator(controlUrl);
}
