/** What the scripts of this folder share: plain JavaScript, as a user of the package would write it. */
import { inspect } from 'node:util';
import { MixcloudError, MixcloudWorkerError } from 'mixcloud-client';

export const { WORLD: world } = process.env;

/** Makes a call and says what it came to, and how long it took. */
export function attempt(act) {
  const began = performance.now();
  try {
    const value = act();
    return { ms: performance.now() - began, value };
  } catch (error) {
    return { ms: performance.now() - began, error: describe(error) };
  }
}

function describe(error) {
  const { name, message, code, stack, cause, sent } = error;
  const worker = error instanceof MixcloudWorkerError;
  const mixcloud = error instanceof MixcloudError;
  const text = inspect(error, { depth: 10 });
  return {
    name,
    message,
    code,
    sent,
    stack,
    worker,
    mixcloud,
    text,
    cause: cause && { name: cause.name, message: cause.message },
  };
}

/** Tells the test, on the last line of the output. */
export function tell(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Blocks, as the calls do: the event loop does not turn. */
export function block(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
