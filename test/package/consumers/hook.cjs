// What `NODE_OPTIONS=--require` brings into every thread: a program that watches the process, say.
globalThis.hooked = (globalThis.hooked ?? 0) + 1;
