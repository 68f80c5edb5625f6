import { vi } from 'vitest';

/** Lets files be opened as in a process that has so many left. Until `vi.restoreAllMocks()`. */
export function limitFiles(free: number, code = 'EMFILE'): { readonly taken: number } {
  const fs = process.getBuiltinModule('node:fs');
  const { openSync, closeSync } = fs;
  const taken = new Set<number>();
  vi.spyOn(fs, 'openSync').mockImplementation((...given) => {
    if (taken.size >= free) throw Object.assign(new Error(`${code}: open`), { code });
    const file = openSync(...given);
    taken.add(file);
    return file;
  });
  vi.spyOn(fs, 'closeSync').mockImplementation((file) => {
    taken.delete(file);
    closeSync(file);
  });
  return {
    get taken() {
      return taken.size;
    },
  };
}
