// undici in a worker of synckit, with nothing around it: what is left when this package is taken away. Like the package, it
// sets the default of later versions for Node.js 20.
import { setFlagsFromString } from 'node:v8';
import { runAsWorker } from 'synckit';
import { dispatchText } from './dispatch-text.mjs';

if (process.versions.node.startsWith('20.')) setFlagsFromString('--wasm-tiering-budget=13000000');

runAsWorker(dispatchText);
