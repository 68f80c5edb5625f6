/** Traps that make a model a read-only view. */
import { describe } from '../base/argument.ts';

function throwReadOnly(_target: object, name: string | symbol): never {
  const field = typeof name === 'symbol' ? 'a symbol' : describe(name);
  throw new TypeError(
    `Cannot change ${field}: models of the API's answers are read-only; copy with { ...model } or model.data`,
  );
}

/** Refuses every change, also in sloppy mode, where a trap's `false` would pass in silence. */
export const READ_ONLY = {
  set: throwReadOnly,
  deleteProperty: throwReadOnly,
  setPrototypeOf: (target: object): never => throwReadOnly(target, '__proto__'),
  preventExtensions: (): boolean => false,
} as const;

/** Lets the fields of a caller's subclass be made, and nothing that hides or fixes a field of the data. */
export function defineMember(
  target: object,
  name: string | symbol,
  descriptor: PropertyDescriptor,
  taken: boolean,
): boolean {
  if (taken || descriptor.configurable !== true) throwReadOnly(target, name);
  return Reflect.defineProperty(target, name, descriptor);
}
