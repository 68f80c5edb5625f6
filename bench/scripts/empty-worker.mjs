// Replies at once.
import { runAsWorker } from 'synckit';

const texts = new Map();

runAsWorker(({ length }) => {
  const text = texts.get(length) ?? Buffer.alloc(length, 'x').toString('latin1');
  texts.set(length, text);
  return { status: 200, text };
});
