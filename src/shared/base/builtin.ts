// Node.js checks the name each time, which takes as long as to set a timer. Every response needs one.
const modules = new Map<string, unknown>();

/**
 * Returns a module of Node.js.
 *
 * An ES module that imports one makes Node.js evaluate all of its lazy exports: `node:fs` and `node:util` then load streams,
 * which takes longer than to load the rest of the blocking client.
 */
export const getBuiltin: typeof process.getBuiltinModule = (name: string) => {
  const module = modules.get(name) ?? process.getBuiltinModule(name);
  modules.set(name, module);
  return module as never;
};
