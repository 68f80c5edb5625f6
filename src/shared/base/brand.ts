const BRANDED = new WeakSet<object>();

/**
 * Sets the exported name of a class, and makes `value instanceof type` true across copies of the package.
 *
 * A process may load an ES module and a CommonJS copy. Therefore a registered symbol on the prototype identifies the
 * class, not the identity of the constructor. undici recognises its own classes the same way.
 */
export function brand(type: { readonly prototype: object }, name: string): void {
  BRANDED.add(type);
  const mark = Symbol.for(`mixcloud-client:${name}`);
  Object.defineProperty(type, 'name', { value: name, configurable: true });
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // Subclasses inherit this method, but have no brand of their own. The ordinary rule holds for them.
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === 'object' && value !== null && Reflect.get(value, mark) === true;
    },
  });
}

/** Returns whether a class is one of this package, and not a subclass that a caller wrote. */
export function isBranded(type: object): boolean {
  return BRANDED.has(type);
}
