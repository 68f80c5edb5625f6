/** A worker that replies with what it was told, after a while, or ends in the way that it was told. */
const { runAsWorker } = require('synckit');

runAsWorker(async ({ say, after = 0, end }) => {
  if (end === 'throw') throw new Error('an error of the worker');
  if (end === 'exit') process.exit(3);
  if (end === 'memory') setImmediate(fillMemory);
  if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
  return say;
});

function fillMemory() {
  for (const kept = []; ; ) kept.push(Array(1000).fill(kept.length));
}
