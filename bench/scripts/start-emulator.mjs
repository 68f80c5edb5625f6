import { startEmulator, startEmulatorSync } from 'mixcloud-client/testing';

const start = process.argv[2] === 'startEmulator' ? startEmulator : startEmulatorSync;
const before = performance.now();
const emulator = await start();
console.log(JSON.stringify(performance.now() - before));
await emulator.stop();
