/** Proxy traps of read-only models. */
import { describe } from '../base/argument.ts';
import { HIDDEN_TRAPS } from '../base/inspect.ts';

/** The part of a model's state that decides about changes. */
export interface Sealable {
  /** Whether the constructors of subclasses have run. Until then, they may set fields of their own. */
  sealed: boolean;
}

/**
 * Creates the traps that reject changes of a model. They throw, because in sloppy mode a `false` would be ignored.
 *
 * A field of a subclass takes precedence over the data, so a new field of the API cannot break the subclass. `isTaken` tells
 * which names cannot be defined once the constructors have run.
 */
export function createReadOnlyTraps<T extends object>(
  getState: (target: T) => Sealable,
  isTaken: (target: T, name: string | symbol) => boolean,
): ProxyHandler<T> {
  return {
    ...HIDDEN_TRAPS,
    set: (target, name, value, receiver) => {
      if (getState(target).sealed) throwReadOnly(name);
      // Compilers turn the fields of a class into assignments if they are told to.
      const member = findDescriptor(target, name);
      if (member?.set) Reflect.apply(member.set, receiver, [value]);
      else if (member?.get) throwReadOnly(name);
      else Reflect.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
      return true;
    },
    defineProperty(target, name, descriptor) {
      const taken = getState(target).sealed && isTaken(target, name);
      if (taken || descriptor.configurable !== true) throwReadOnly(name);
      return Reflect.defineProperty(target, name, descriptor);
    },
    deleteProperty: (_target, name) => throwReadOnly(name),
    setPrototypeOf: () => throwReadOnly('__proto__'),
    preventExtensions: () => false,
  };
}

function throwReadOnly(name: string | symbol): never {
  const field = typeof name === 'symbol' ? 'a symbol' : describe(name);
  throw new TypeError(`Cannot change ${field}: models are read-only; copy with { ...model } or model.data`);
}

function findDescriptor(target: object, name: string | symbol): PropertyDescriptor | undefined {
  for (let holder: object | null = target; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}
