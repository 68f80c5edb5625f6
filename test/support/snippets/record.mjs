/** What an annotated snippet calls to tell what its lines gave, and what of it is written down when it ends. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';

const file = process.env.SNIPPET_RECORDS ?? '';
const records = [];
process.on('exit', () => writeFileSync(file, JSON.stringify(records)));
// Where the files are that snippets upload.
process.chdir(dirname(file));

export function gives(line, value) {
  // A string in the page's own quotes; a model by its short name, which is how it introduces itself.
  const text = typeof value === 'object' && /^</.test(String(value)) ? String(value) : shown(value);
  records.push({ line, text });
}

export async function fails(line, call) {
  try {
    await call();
    records.push({ line, text: 'nothing was thrown' });
  } catch (error) {
    records.push({ line, text: `throws ${error.name}: ${error.message}` });
  }
}

function shown(value) {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true, depth: 5 });
}
