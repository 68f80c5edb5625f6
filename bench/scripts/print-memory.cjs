// Preloaded into a program: prints at its end how much memory it took.
const { isMainThread } = require('node:worker_threads');
const { peakMemory } = require('./peak-memory.cjs');

if (isMainThread) process.on('exit', () => console.error(peakMemory()));
