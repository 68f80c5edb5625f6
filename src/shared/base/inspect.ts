/** The hook by which Node.js lets an object decide how `console.log` shows it. */

/** A function that shows a value, as Node.js hands it to whoever shows itself. */
export type Inspect = (value: unknown, options?: object) => string;

/** The method that `console.log` asks for. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');
