/**
 * `mixcloud-client/testing`: an emulator of the Mixcloud API, for tests of code that uses this package.
 *
 * Its folders: `handles` is what a test holds. `control`, `api`, `faults`, `server` and `world` run in the emulator's thread, and
 * each imports only those that follow it. `command` is the program `mixcloud-emulator`. Nothing else in the package imports
 * this folder.
 */
export type { Emulator, EmulatorHandle, EmulatorSync, HandleMode, ReturnedBy } from './handles/emulator.ts';
export type {
  AccountOptions,
  CloudcastFields,
  EmulatorClientOptions,
  EmulatorOAuthOptions,
  EmulatorOptions,
  UserFields,
} from './handles/emulator-options.ts';
export type { FaultName, FaultOptions, FaultParameters, FaultTarget, NamedFault } from './handles/fault-options.ts';
export type { FileRecord, RequestRecord, UploadRecord, UserState } from './handles/records.ts';
export { startEmulator, startEmulatorSync } from './handles/start-emulator.ts';
