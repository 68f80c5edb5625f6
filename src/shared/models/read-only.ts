/** Proxy traps of read-only models. */
import { describe } from '../base/argument.ts';

function throwReadOnly(_target: object, name: string | symbol): never {
  const field = typeof name === 'symbol' ? 'a symbol' : describe(name);
  throw new TypeError(`Cannot change ${field}: models are read-only; copy with { ...model } or model.data`);
}

/** Throws for every change. In sloppy mode, a trap that returns `false` would be ignored. */
export const READ_ONLY = {
  set: throwReadOnly,
  deleteProperty: throwReadOnly,
  setPrototypeOf: (target: object): never => throwReadOnly(target, '__proto__'),
  preventExtensions: (): boolean => false,
} as const;

/** Defines a field of a subclass. Throws if it would hide a field of the data or cannot be changed later. */
export function defineMember(
  target: object,
  name: string | symbol,
  descriptor: PropertyDescriptor,
  taken: boolean,
): boolean {
  if (taken || descriptor.configurable !== true) throwReadOnly(target, name);
  return Reflect.defineProperty(target, name, descriptor);
}
