import { CONTENT } from './content.ts';
import type { FaultTable } from './fault.ts';
import { STATUS } from './status.ts';
import { STRUCTURE } from './structure.ts';
import { TRANSPORT } from './transport.ts';

/**
 * Every fault by name, each with a line that says what it does. A new one is a new entry in one of the four tables; it can
 * then be armed through the handle, or called by a path such as `/fault/NAME:PARAM/bob/`.
 */
export const FAULTS: FaultTable = { ...TRANSPORT, ...STATUS, ...CONTENT, ...STRUCTURE };

export function faultNamed(name: string) {
  const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
  if (!fault) throw new Error(`there is no fault named ${JSON.stringify(name)}`);
  return fault;
}
