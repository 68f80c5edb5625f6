/**
 * Gives a class the name that it is exported under, and makes `value instanceof type` hold for every copy of the package in a process.
 *
 * An ES module and a CommonJS copy may be loaded side by side. A class is therefore recognised by a registered symbol
 * on its prototype, not by the identity of the constructor.
 */
export function brand(type: { readonly prototype: object }, name: string): void {
  const mark = Symbol.for(`mixcloud-client:${name}`);
  Object.defineProperty(type, 'name', { value: name, configurable: true });
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // A caller's subclass inherits this method, but is not what was branded: the ordinary rule is right for it.
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === 'object' && value !== null && Reflect.get(value, mark) === true;
    },
  });
}
