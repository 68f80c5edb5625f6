/** An error class, whatever its constructor takes. */
type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/** The error that a call ends with, which must be of exactly this class, and not merely of one below it. */
export async function thrown<E extends Error>(type: ErrorClass<E>, call: () => unknown): Promise<E> {
  let result: unknown;
  try {
    result = await call();
  } catch (error) {
    if (Object.getPrototypeOf(error) === type.prototype) return error as E;
    throw new Error(`expected a ${type.name}, but got ${error instanceof Error ? error.stack : String(error)}`, {
      cause: error,
    });
  }
  throw new Error(`expected a ${type.name}, but the call gave ${typeof result}`);
}
