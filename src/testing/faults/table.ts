import { describe } from '../../shared/base/argument.ts';
import { findNearest } from '../../shared/base/spelling.ts';
import type { FaultName, FaultParameters } from '../handles/fault-options.ts';
import { CONTENT_FAULTS } from './content.ts';
import type { FaultDefinition, FaultTable } from './fault.ts';
import { LISTING_FAULTS } from './listing.ts';
import type { Parameter } from './parameters.ts';
import { STATUS_FAULTS } from './status.ts';
import { STRUCTURE_FAULTS } from './structure.ts';
import { TRANSPORT_FAULTS } from './transport.ts';
import { UPLOAD_FAULTS } from './uploads.ts';

/** Every fault by name. A new one is a new entry in one of these tables. */
const ALL = {
  ...TRANSPORT_FAULTS,
  ...UPLOAD_FAULTS,
  ...STATUS_FAULTS,
  ...CONTENT_FAULTS,
  ...STRUCTURE_FAULTS,
  ...LISTING_FAULTS,
};

type PublicFaults = {
  readonly [N in FaultName]: FaultDefinition<{
    readonly [P in keyof FaultParameters[N]]-?: Parameter<FaultParameters[N][P] | undefined>;
  }>;
};

/** The faults that the declarations name. The types of their parameters are checked against the declarations here. */
const PUBLIC_NAMES: { readonly [N in FaultName]: true } = {
  'rate-limit': true,
  'api-error': true,
  'refused-upload': true,
  'keyless-upload': true,
  'late-listing': true,
  'lost-response': true,
  'access-denied': true,
  reset: true,
  hang: true,
  'close-at-once': true,
  'reset-mid-body': true,
  'end-early': true,
  'close-mid-upload': true,
  'stall-upload': true,
  delay: true,
  slow: true,
  'slow-read': true,
  empty: true,
  'truncated-json': true,
  'html-200': true,
  'html-413': true,
  'html-429': true,
  'html-500': true,
  'html-502': true,
  'html-503': true,
  'html-504': true,
  unavailable: true,
};

const CHECKED: PublicFaults = ALL;
export const FAULTS: FaultTable = CHECKED;

/** Names of the faults that the declarations name. */
export const PUBLIC_FAULTS: readonly string[] = Object.keys(PUBLIC_NAMES);

/** The fault of a name, or throws a `TypeError` that names the likely one. */
export function findFault(name: unknown): FaultDefinition {
  const fault = typeof name === 'string' && Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
  return fault ?? throwUnknownFault(name);
}

export function throwUnknownFault(name: unknown): never {
  const likely = typeof name === 'string' ? findNearest(name, PUBLIC_FAULTS) : undefined;
  const hint = likely === undefined ? '' : `, did you mean ${JSON.stringify(likely)}?`;
  throw new TypeError(`fault name: no fault named ${describe(name)}${hint} (known: ${PUBLIC_FAULTS.join(', ')})`);
}
