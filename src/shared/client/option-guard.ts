/** Rejects assignments to the settings of a client, which would have no effect. */
import { describe } from '../base/argument.ts';
import { findMisspelt } from '../base/spelling.ts';

/**
 * Makes assignments to read-only settings throw, and assignments to misspelt ones (`client.accesToken`).
 *
 * A proxy at the end of the prototype chain sees assignments to names that neither the client nor its classes have. The client
 * itself is an ordinary object, so calls cost nothing, and fields of subclasses, `client.close = …` and test doubles
 * work.
 *
 * @param prototype - Prototype of the base class of clients.
 * @param settings - Names of all settings, with an example of how to set each.
 * @param writable - Names of the settings that can be assigned.
 */
export function guardOptions(prototype: object, settings: readonly string[], writable: readonly string[]): void {
  for (const name of settings.filter((setting) => !writable.includes(setting))) {
    // Settings without a getter cannot be read: the proxy URL may contain a password.
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    Object.defineProperty(prototype, name, { configurable: true, ...descriptor, set: () => throwReadOnly(name) });
  }
  // An object of its own, so that `client instanceof Object` still holds.
  const end = Object.create(Object.getPrototypeOf(prototype));
  Object.setPrototypeOf(prototype, new Proxy(end, createTraps(settings)));
}

function createTraps(settings: readonly string[]): ProxyHandler<object> {
  return {
    set: (target, name, value, receiver) => {
      const likely = typeof name === 'string' ? findMisspelt(name, settings) : undefined;
      if (typeof name === 'string' && likely !== undefined) {
        // The value is not shown: it may be an access token.
        throw new TypeError(`${describe(name)} is not a setting of the client, did you mean ${describe(likely)}?`);
      }
      return Reflect.set(target, name, value, receiver);
    },
  };
}

function throwReadOnly(name: string): never {
  throw new TypeError(`${name}: cannot be changed after the client is created; give it as an option of a new client`);
}
