// Prints the milliseconds that importing a package takes.
const start = performance.now();
await import(process.argv[2]);
console.log(performance.now() - start);
