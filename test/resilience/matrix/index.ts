import { CONTENT_CASES } from './content-cases.ts';
import type { FaultCase } from './fault-case.ts';
import { PLACE_CASES } from './place-cases.ts';
import { STRUCTURE_CASES } from './structure-cases.ts';
import { TRANSPORT_CASES } from './transport-cases.ts';
import { UPLOAD_CASES } from './upload-cases.ts';

export * from './fault-case.ts';
export { PLACE_CASES, type PlaceCase } from './place-cases.ts';

/** Faults of a server that can be reached. */
export const FAULT_CASES: readonly FaultCase[] = [
  ...TRANSPORT_CASES,
  ...CONTENT_CASES,
  ...STRUCTURE_CASES,
  ...UPLOAD_CASES,
];

/** How many faults each mode meets. */
export const FAULTS_TRIED = FAULT_CASES.length + PLACE_CASES.length;
