import { fileURLToPath } from 'node:url';
import { createSyncFn } from 'synckit';

const fetchText = createSyncFn(fileURLToPath(new URL('undici-worker.mjs', import.meta.url)));
console.log(JSON.stringify(JSON.parse(fetchText(`${process.argv[2]}/bob/?metadata=1`))));
