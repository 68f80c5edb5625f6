/**
 * Returns a module of Node.js.
 *
 * An ES module that imports one makes Node.js evaluate all of its lazy exports: `node:fs` and `node:util` then load streams,
 * which takes longer than to load the rest of the blocking client.
 */
export const getBuiltin: typeof process.getBuiltinModule = (name: string) => process.getBuiltinModule(name) as never;
