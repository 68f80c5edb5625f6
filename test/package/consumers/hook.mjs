// What `NODE_OPTIONS=--import` brings into every thread.
globalThis.hooked = (globalThis.hooked ?? 0) + 1;
