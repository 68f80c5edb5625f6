/** The hook that Node.js offers to objects with their own form in `console.log`. */

/** The `inspect` function that Node.js passes to the hook. */
export type Inspect = (value: unknown, options?: object) => string;

/** Name of the method that `console.log` calls. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Shown in place of the traps where a console shows proxies, as the REPL does. */
export const HIDDEN_TRAPS: object = { [INSPECT]: () => 'read-only' };
